import { z } from 'zod';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { commandNames } from './commands.ts';
import { collectionNames, type Audience } from './collections.ts';

/** Where a device stands in one audience of one collection; version 0 and id '' = the beginning. */
export const position = z.strictObject({
	version: z.int().min(0),
	id: z.string().max(80),
	/** Every tombstone below it was seen, or is of something never seen; the server's word, handed back (sync 9). */
	since: z.int().min(0).optional()
});
export type Position = z.output<typeof position>;

export const audience = z
	.string()
	.max(80)
	.regex(/^(public|(user|agency|role):[a-z0-9-]+)$/)
	.transform((value) => value as Audience);

export const pullRequest = z.strictObject({
	protocol: z.int(),
	/** Who the device believes is signed in (null = nobody: public audiences only). */
	actorId: z.uuid().nullable(),
	collection: z.enum(collectionNames),
	positions: z.record(z.string().max(80), position),
	limit: z.int().min(1).max(1000)
});
export type PullRequest = z.output<typeof pullRequest>;

export type FeedRow = {
	readonly audience: Audience;
	readonly id: string;
	readonly version: number;
	/** null = gone from this audience. */
	readonly doc: unknown;
};

export type PullPage = {
	readonly outcome: 'page';
	readonly rows: readonly FeedRow[];
	/** The new position of every audience the caller has; the caller purges audiences not named here. */
	readonly positions: Readonly<Record<string, Position>>;
	/** Audiences whose tombstones the device missed: they come from the beginning, what does not come is swept (sync 9). */
	readonly again?: readonly Audience[];
	/** True when a further pull would bring more rows. */
	readonly more: boolean;
	readonly horizon: number;
	readonly epoch: string;
	/** ISO instant of the server's clock. */
	readonly serverTime: string;
};

/** What a request learns about its session instead of an answer (sync 2, 6). */
export type SessionEnd = {
	readonly outcome: 'session';
	readonly session: 'expired' | 'ended' | 'locked' | 'revoked';
};
export type WrongUser = { readonly outcome: 'wrong_user' };
export type RetryAfter = { readonly outcome: 'retry'; readonly afterMs: number };
export type UpgradeNeeded = { readonly outcome: 'upgrade' };

export type PullAnswer = PullPage | SessionEnd | WrongUser | RetryAfter | UpgradeNeeded;

/** A command on the wire. `input` is checked against its own schema on the server, one by one. */
export const wireCommand = z.strictObject({
	id: z.uuid(),
	/** The device's own counter: gives the order, never time. */
	seq: z.int().min(1),
	name: z.enum(commandNames).or(z.string().max(60)),
	input: z.unknown(),
	/** The device's clock when the person acted; recorded, decides nothing (sync 12). */
	deviceTime: z.iso.datetime({ offset: true }),
	/** Ids of earlier commands this one builds on: refused with them (sync 2). */
	after: z.array(z.uuid()).max(20)
});
export type WireCommand = z.output<typeof wireCommand>;

export const pushRequest = z.strictObject({
	protocol: z.int(),
	actorId: z.uuid(),
	deviceId: z.uuid(),
	commands: z.array(wireCommand).min(1).max(50)
});
export type PushRequest = z.output<typeof pushRequest>;

export type CommandAnswer =
	| {
			readonly id: string;
			readonly outcome: 'applied' | 'duplicate';
			readonly version: number;
			readonly receipt: string;
			readonly receivedAt: string;
	  }
	| {
			readonly id: string;
			readonly outcome: 'refused';
			readonly refusal: Refusal;
			readonly receivedAt: string;
	  }
	| { readonly id: string; readonly outcome: 'retry'; readonly afterMs: number };

export type PushAnswer =
	| {
			readonly outcome: 'answers';
			readonly answers: readonly CommandAnswer[];
			readonly serverTime: string;
			readonly epoch: string;
	  }
	| SessionEnd
	| WrongUser
	| RetryAfter
	| UpgradeNeeded;

/** `GET /api/session`: who is signed in, for the device to remember. */
export type SessionAnswer =
	| { readonly outcome: 'actor'; readonly actor: Actor; readonly serverTime: string; readonly epoch: string }
	| { readonly outcome: 'nobody'; readonly serverTime: string }
	| SessionEnd;

/** One SSE message on `/api/events`: no data, only where to look (sync 11). `*` = everywhere. */
export type Poke = { readonly audience: Audience | '*'; readonly collections: readonly string[] };
