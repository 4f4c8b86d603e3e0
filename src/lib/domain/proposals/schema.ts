import { z } from 'zod';
import { id, instant, text } from '../kernel/fields.ts';
import { proposalOutcomes, proposalStates, type ProposalState } from './states.ts';

/** TG-3.4a: what members propose to the Board, or point out to it. */
export const proposalTopics = ['feature', 'list', 'fault', 'rule', 'other'] as const;
export type ProposalTopic = (typeof proposalTopics)[number];

export const shortestProposal = 10;
export const longestProposal = 2000;
const words = text(longestProposal).pipe(z.string().min(shortestProposal));

export const proposalSend = z.strictObject({ proposalId: id, topic: z.enum(proposalTopics), text: words });
export type ProposalSend = z.output<typeof proposalSend>;

/**
 * `user:<sender>`, collection `mine`, beside the own listings and told from them by its `kind`. Text, answer and
 * the later word are sealed in the feed, null after erasure.
 */
export const proposalDocSchema = z.strictObject({
	kind: z.literal('proposal'),
	id,
	/** What people read out, "TG-G42-17". */
	code: z.string(),
	topic: z.enum(proposalTopics),
	text: z.string().nullable(),
	state: z.enum(proposalStates),
	/** The server's receipt. */
	sentAt: instant,
	/** Null while there is none. */
	answer: z.string().nullable(),
	answeredBy: z.string().nullable(),
	answeredAt: instant.nullable(),
	/** What was said later of one that was accepted first: it is done. Absent in documents from before there was such a word. */
	doneWords: z.string().nullish(),
	doneBy: z.string().nullish(),
	doneAt: instant.nullish(),
	updatedAt: instant
});

/**
 * What its document is called: both kinds of `mine` have ids that devices make, and nobody may take the name of somebody's
 * listing for it.
 */
export const proposalDocId = (proposalId: string): string => `proposal:${proposalId}`;
export type ProposalDoc = z.output<typeof proposalDocSchema>;

/** The last row of a page: the next one begins after it. */
export const proposalKey = z.strictObject({ at: instant, id });
export type ProposalKey = z.output<typeof proposalKey>;
export const proposalList = z.strictObject({
	which: z.enum(['open', 'promised', 'answered']),
	after: proposalKey.nullable()
});
export type ProposalList = z.output<typeof proposalList>;

/** A proposal in the list of whoever answers. Whose it is stays masked: the answer goes by the exchange. */
export type ProposalLine = Pick<
	ProposalDoc,
	'id' | 'code' | 'topic' | 'sentAt' | 'answeredBy' | 'answeredAt'
> & {
	readonly state: ProposalState;
	/** `N. T. Tư`; '' = erased. */
	readonly person: string;
	/** Who of the Board considers it; null = nobody has said so. */
	readonly takenBy: string | null;
	readonly takenAt: string | null;
};
export type ProposalPage = { readonly items: readonly ProposalLine[]; readonly next: ProposalKey | null };

/** One proposal, opened; the look is on record. '' = none, or erased. */
export type OpenedProposal = ProposalLine & {
	readonly text: string;
	readonly answer: string;
	readonly doneWords: string;
	readonly doneBy: string | null;
	readonly doneAt: string | null;
	/** False for one's own, and where it is answered. */
	readonly mayAnswer: boolean;
	/** It was accepted, and may now be said to be done. */
	readonly mayCarryOut: boolean;
};

export const proposalNamed = z.strictObject({ id });
/** Nobody is left with "seen": the sender reads why. */
export const proposalAnswer = z.strictObject({ id, outcome: z.enum(proposalOutcomes), answer: words });
export type ProposalAnswer = z.output<typeof proposalAnswer>;

/** What was accepted is done: the sender reads what was made of it. */
export const proposalDone = z.strictObject({ id, words });
export type ProposalDone = z.output<typeof proposalDone>;
