import { z } from 'zod';
import { may, type Actor } from '../accounts/permissions.ts';
import type { Calendar } from '../agencies/schema.ts';
import { countTerm, type TermLength } from '../calendar/terms.ts';
import type { CountedTerm } from '../calendar/working-days.ts';
import { id, requiredText } from '../kernel/fields.ts';
import type { Machine } from '../kernel/machine.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import { kinds } from './kinds.ts';

/** LAW-data-subject: what a member may ask; `leak` = a complaint that the data reached others (TG-16.5). */
export const requestKinds = ['view', 'correct', 'withdraw', 'restrict', 'object', 'delete', 'leak'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** What about: one kind of data, or everything. */
export const requestAbouts = ['all', ...kinds] as const;
export type RequestAbout = (typeof requestAbouts)[number];

export const requestOutcomes = ['done', 'partly', 'refused'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

export const requestStates = ['received', 'acknowledged', 'answered', 'withdrawn'] as const;
export type RequestState = (typeof requestStates)[number];
export type RequestEvent = 'acknowledge' | 'extend' | 'answer' | 'withdraw';

/** What the member hears of a request while it is answered. */
export const toldSteps = ['acknowledged', 'extended', 'answered'] as const;
export type ToldStep = (typeof toldSteps)[number];

/** An answer given at once acknowledges too. Late is no state: it is a fact of the clock, written once. */
export const requestMachine: Machine<RequestState, RequestEvent> = {
	name: 'data request',
	initial: 'received',
	table: {
		received: {
			acknowledge: 'acknowledged',
			extend: 'acknowledged',
			answer: 'answered',
			withdraw: 'withdrawn'
		},
		acknowledged: {
			acknowledge: null,
			extend: 'acknowledged',
			answer: 'answered',
			withdraw: 'withdrawn'
		},
		answered: { acknowledge: null, extend: null, answer: null, withdraw: null },
		withdrawn: { acknowledge: null, extend: null, answer: null, withdraw: null }
	}
};

export const isWaiting = (state: RequestState): boolean => requestMachine.table[state].answer !== null;

/** TG-19.5: nobody answers what he or she asked. */
export const canAnswerRequest = (actor: Actor, request: { accountId: string }): boolean =>
	may(actor, 'data.answer', {}) && request.accountId !== actor.id;

/** Put off once, where the law allows it, and only while the first term still runs; by how much. */
export function checkExtension(
	request: {
		readonly rule: { readonly extension: TermLength | null; readonly clause: string };
		readonly extendedAt: string | null;
		readonly dueAt: string;
	},
	now: string
): Result<TermLength> {
	const { rule, extendedAt, dueAt } = request;
	if (rule.extension === null || extendedAt !== null || now >= dueAt)
		return no('illegal_transition', { clause: rule.clause, facts: { event: 'extend' } });
	return ok(rule.extension);
}

/** LAW-data-subject: the term after it was put off: on from its first last day, which is the day that does not count. */
export const extendedTerm = (dueAt: string, length: TermLength, calendar: Calendar): CountedTerm =>
	countTerm({ from: new Date(Date.parse(dueAt) - 1).toISOString(), length, calendar });

/** What is late at `now`, and has not been written down as such yet. Ends of terms are exclusive. */
export const lateness = (
	request: {
		readonly acknowledgedAt: string | null;
		readonly acknowledgeBy: string;
		readonly dueAt: string;
		readonly acknowledgeLateAt: string | null;
		readonly answerLateAt: string | null;
	},
	now: string
): { readonly acknowledge: boolean; readonly answer: boolean } => ({
	acknowledge:
		request.acknowledgedAt === null && request.acknowledgeLateAt === null && now >= request.acknowledgeBy,
	answer: request.answerLateAt === null && now >= request.dueAt
});

const words = requiredText(4_000);
export const requestAsk = z.strictObject({
	/** Made by the device: what is sent twice is one request. */
	id,
	kind: z.enum(requestKinds),
	about: z.enum(requestAbouts),
	text: words
});
export type RequestAsk = z.output<typeof requestAsk>;
export const requestNamed = z.strictObject({ id });
export const requestExtend = z.strictObject({ id, reason: words });
export const requestAnswer = z.strictObject({ id, outcome: z.enum(requestOutcomes), answer: words });
export type RequestAnswer = z.output<typeof requestAnswer>;
export const requestList = z.strictObject({ which: z.enum(['open', 'ended']) });

/** What a list shows: nothing of the person. */
export type RequestLine = {
	readonly id: string;
	readonly code: string;
	readonly kind: RequestKind;
	readonly about: RequestAbout;
	readonly state: RequestState;
	readonly outcome: RequestOutcome | null;
	readonly law: string;
	readonly receivedAt: string;
	readonly acknowledgeBy: string;
	readonly acknowledgedAt: string | null;
	readonly dueAt: string;
	readonly lastDay: string;
	readonly countedDays: readonly string[];
	readonly skippedDays: readonly { readonly day: string; readonly reason: string }[];
	readonly extendedAt: string | null;
	readonly endedAt: string | null;
	/** Something is due, and its term has passed. */
	readonly overdue: boolean;
	/** Whether either term ever passed without what was due. */
	readonly late: boolean;
};

/** As its member sees it. */
export type OwnRequest = RequestLine & {
	readonly text: string;
	readonly extensionReason: string;
	readonly answer: string;
};

/** As whoever answers sees it, opened by name; the look is on record. */
export type RequestDetail = OwnRequest & {
	readonly name: string;
	readonly contact: string;
	readonly answeredByName: string;
	readonly mayAnswer: boolean;
	/** The last day it may be put off to, once; null = it may not. */
	readonly extendsTo: string | null;
};

export type RequestCounts = {
	readonly open: number;
	/** Past either term, and still without what was due. */
	readonly overdue: number;
	/** Answered after the term, in all. */
	readonly answeredLate: number;
};
