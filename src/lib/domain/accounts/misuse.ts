import { z } from 'zod';
import { vietnamDay } from '../calendar/working-days.ts';
import { id, instant, text } from '../kernel/fields.ts';
import { longestPassword } from './passwords.ts';

/** TG-16.1: "somebody uses my account". What the member gets at once. */
export type MisuseReceipt = { readonly code: string; readonly at: string; readonly sessionsEnded: number };

/** A session that was shut out, as the member's own list showed it. `deviceName` '' = unknown. */
export const endedSession = z.strictObject({
	deviceName: z.string(),
	createdAt: instant,
	/** Null when it was never noted. */
	seenAt: instant.nullable()
});
export type EndedSession = z.output<typeof endedSession>;

/** A report in the Board's list. Whose it is stays masked: the answer goes by the exchange. */
export type MisuseLine = {
	readonly id: string;
	readonly code: string;
	/** `N. T. Tư`; '' = erased. */
	readonly person: string;
	readonly sessionsEnded: number;
	readonly at: string;
	/** Null = nobody has answered yet. */
	readonly answeredAt: string | null;
};

/** One report, opened; the look is on record. */
export type MisuseReport = MisuseLine & {
	readonly note: string;
	/** Null for reports of before devices were kept with them. */
	readonly sessions: readonly EndedSession[] | null;
	readonly answer: string;
	readonly answeredBy: string;
};

/** What became of one's own report. */
export type OwnMisuseReport = MisuseReceipt & {
	readonly answeredAt: string | null;
	/** '' while there is none. */
	readonly answer: string;
	readonly answeredBy: string;
};

/** As typed: a password is compared, never cleaned. */
const password = z.string().max(longestPassword);
export const misuse = z.strictObject({ password, next: password, note: text(1000) });
export const misuseFilter = z.strictObject({ answered: z.boolean() });
export const misuseOpened = z.strictObject({ id });
/** Nobody is left with "seen": the member reads why it is over. */
export const misuseAnswer = z.strictObject({ id, answer: text(1000).pipe(z.string().min(10)) });
export type MisuseAnswer = z.output<typeof misuseAnswer>;
export const shortestAnswer = 10;

/** Initials and the given name, which stands last: enough to tell two reports apart, too little to look somebody up. */
export function maskedName(name: string): string {
	const words = name.split(' ').filter((word) => word !== '');
	const given = words.pop();
	return given === undefined ? '' : [...words.map((word) => `${[...word][0] ?? ''}.`), given].join(' ');
}

/** Whole days in Vietnam since a report came; 0 = today. */
export const waitingDays = (at: string, now: string): number =>
	Math.round((Date.parse(vietnamDay(now)) - Date.parse(vietnamDay(at))) / 86_400_000);
