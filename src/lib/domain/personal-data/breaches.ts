import { z } from 'zod';
import { writtenInstant } from '../calendar/instant.ts';
import { id, instant, requiredText, text } from '../kernel/fields.ts';
import { kinds, type Kind } from './kinds.ts';
import type { BreachRule } from './rules.ts';

const hourMs = 3_600_000;
const longest = 4_000;
const words = requiredText(longest);

/** A breach as it is written down; nobody's name belongs into it. */
const breachContent = {
	what: words,
	kinds: z.array(z.enum(kinds)).min(1).max(kinds.length),
	consequences: words,
	/** What was done, and is being done, about it. */
	measures: words,
	/** Whether it can harm anybody. */
	harmful: z.boolean()
};
export const breachRecord = z.strictObject({ id, foundAt: instant, ...breachContent });
export type BreachRecord = z.output<typeof breachRecord>;
export const breachRevision = z.strictObject({ id, rev: z.int(), ...breachContent });
export type BreachRevision = z.output<typeof breachRevision>;
export const breachNamed = z.strictObject({ id });

const day = z.iso.date().nullable();
/** Which members it concerns, by what the exchange knows of them. Days count in Vietnam, both ends included. */
export const affectedCriteria = z.strictObject({
	role: z.enum(['any', 'buyer', 'seller']),
	registeredFrom: day,
	registeredTo: day,
	/** Who bought or sold between these days; both empty = whether or not. */
	orderedFrom: day,
	orderedTo: day
});
export type AffectedCriteria = z.output<typeof affectedCriteria>;
export const affectedAdd = z.strictObject({ id, criteria: affectedCriteria });
/** One phone, e-mail or user name each, whole. */
export const affectedNames = z.strictObject({ id, names: z.array(text(254)).min(1).max(500) });

export const authorityTold = z.strictObject({
	id,
	at: instant,
	to: requiredText(300),
	reference: requiredText(200)
});
export type AuthorityTold = z.output<typeof authorityTold>;
/** In plain words, for people: what happened, and what they should do now. */
export const membersNotice = z.strictObject({ id, words: requiredText(1_000), advice: requiredText(1_000) });
export type MembersNotice = z.output<typeof membersNotice>;
export const breachClosing = z.strictObject({ id, conclusions: words });

/** What the clock and the closing are asked of. */
export type BreachFacts = {
	readonly harmful: boolean;
	readonly dueAt: string;
	readonly authorityToldAt: string | null;
	/** When the last of them were told. */
	readonly membersToldAt: string | null;
	readonly closedAt: string | null;
	readonly affected: number;
	/** Of those affected, who was not told yet and can be. */
	readonly untold: number;
};

export type ClockState = 'not_needed' | 'running' | 'overdue' | 'told' | 'told_late';
export type BreachClock = { readonly state: ClockState; readonly leftMs: number };

/** LAW-data-breach: calendar hours from the moment it was found, weekends and holidays included. */
export const breachDueAt = (foundAt: string, hours: number): string =>
	new Date(Date.parse(foundAt) + hours * hourMs).toISOString();

/** Where the clock of the notice to the authority is. The very end of the last hour is still in time. */
export function breachClock(breach: BreachFacts, now: string): BreachClock {
	const { authorityToldAt, dueAt } = breach;
	const leftMs = Date.parse(dueAt) - Date.parse(authorityToldAt ?? now);
	if (authorityToldAt !== null) return { state: leftMs < 0 ? 'told_late' : 'told', leftMs };
	if (!breach.harmful) return { state: 'not_needed', leftMs };
	return { state: leftMs < 0 ? 'overdue' : 'running', leftMs };
}

export type OpenDuty = 'authority' | 'affected' | 'members';

/** What has to be done before a breach may be closed. */
export function openDuties(breach: BreachFacts): OpenDuty[] {
	if (!breach.harmful) return [];
	const duties: [OpenDuty, boolean][] = [
		['authority', breach.authorityToldAt === null],
		['affected', breach.affected === 0],
		['members', breach.untold > 0]
	];
	return duties.filter(([, open]) => open).map(([duty]) => duty);
}

export type BreachLine = BreachFacts & {
	readonly id: string;
	readonly code: string;
	readonly foundAt: string;
	readonly what: string;
	readonly kinds: readonly Kind[];
	readonly hours: number;
};

export type BreachDetail = BreachLine & {
	readonly rev: number;
	readonly recordedAt: string;
	readonly consequences: string;
	readonly measures: string;
	readonly law: string;
	readonly authority: string;
	readonly authorityName: string | null;
	readonly authorityReference: string | null;
	readonly membersWords: string | null;
	readonly membersAdvice: string | null;
	/** Of those affected, who has no address a letter could go to. */
	readonly unreachable: number;
	readonly conclusions: string | null;
	/** The notice to the authority with every particular the rule asks for, ready to be sent. */
	readonly notice: string;
};

export type BreachCounts = { readonly open: number; readonly overdue: number; readonly toldLate: number };

/** What the notice to the authority says besides the breach itself. */
export type NoticeFacts = {
	readonly controller: string;
	readonly contact: string;
	readonly kindWords: readonly string[];
};

/** The notice to the authority from the rule's template. Throws when the template names what nobody knows. */
export function authorityNotice(
	rule: Pick<BreachRule, 'authority' | 'law' | 'notice'>,
	breach: Pick<BreachDetail, 'code' | 'foundAt' | 'what' | 'consequences' | 'measures' | 'affected'>,
	facts: NoticeFacts
): string {
	// The template ends the sentence itself.
	const controller = facts.controller.replace(/\.$/, '');
	const known: Readonly<Record<string, string>> = {
		authority: rule.authority,
		law: rule.law,
		code: breach.code,
		foundAt: writtenInstant(breach.foundAt),
		what: breach.what,
		kinds: facts.kindWords.join('; '),
		affected: String(breach.affected),
		consequences: breach.consequences,
		measures: breach.measures,
		controller,
		contact: facts.contact
	};
	return rule.notice
		.map((line) =>
			line.replace(/\{(\w+)\}/g, (_, name: string) => {
				const value = known[name];
				if (value === undefined) throw new Error(`the notice names {${name}}, which nobody knows`);
				return value;
			})
		)
		.join('\n');
}
