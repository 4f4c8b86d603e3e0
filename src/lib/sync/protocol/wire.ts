import { z } from 'zod';
import { postRoles, roles, type Actor } from '$lib/domain/accounts/permissions.ts';
import { id, instant } from '$lib/domain/kernel/fields.ts';
import type { Refusal, RefusalCode } from '$lib/domain/kernel/refusal.ts';
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
	actorId: id.nullable(),
	collection: z.enum(collectionNames),
	positions: z.record(z.string().max(80), position),
	limit: z.int().min(1).max(1000),
	/** Some of it is read again from the start, and what does not come is to go: `late` is wanted (sync 9). */
	sweeps: z.boolean().optional()
});
export type PullRequest = z.output<typeof pullRequest>;

// What the exchange says back. Older devices read it too: fields are added, never renamed or taken away (sync 16).

export const feedRow = z.object({
	audience,
	id: z.string(),
	version: z.int(),
	/** null = gone from this audience. */
	doc: z.unknown()
});
export type FeedRow = Readonly<z.output<typeof feedRow>>;

export const pullPage = z.object({
	outcome: z.literal('page'),
	rows: z.array(feedRow.readonly()).readonly(),
	/** The new position of every audience the caller has; the caller purges audiences not named here. */
	positions: z.record(z.string(), position).readonly(),
	/** Audiences whose tombstones the device missed: they come from the beginning, what does not come is swept (sync 9). */
	again: z.array(audience).readonly().optional(),
	/** True when a further pull would bring more rows. */
	more: z.boolean(),
	/** Where it was asked for: something was changed behind the reading, and comes when the horizon has passed it. */
	late: z.boolean().optional(),
	horizon: z.int(),
	epoch: z.string(),
	/** Every version below it is in a backup; null = the exchange keeps none. Missing before protocol 2 (sync 13). */
	watermark: z.int().nullable().optional(),
	/** The server's clock. */
	serverTime: instant
});
export type PullPage = Readonly<z.output<typeof pullPage>>;

/** What a request learns about its session instead of an answer (sync 2, 6). */
export const sessionEnd = z.object({
	outcome: z.literal('session'),
	session: z.enum(['expired', 'ended', 'locked', 'revoked'])
});
export type SessionEnd = Readonly<z.output<typeof sessionEnd>>;

const wrongUser = z.object({ outcome: z.literal('wrong_user') });
export type WrongUser = Readonly<z.output<typeof wrongUser>>;
const retryAfter = z.object({ outcome: z.literal('retry'), afterMs: z.number() });
export type RetryAfter = Readonly<z.output<typeof retryAfter>>;
const upgradeNeeded = z.object({ outcome: z.literal('upgrade') });

export const pullAnswer = z.discriminatedUnion('outcome', [
	pullPage,
	sessionEnd,
	wrongUser,
	retryAfter,
	upgradeNeeded
]);
export type PullAnswer = PullPage | Readonly<Exclude<z.output<typeof pullAnswer>, { outcome: 'page' }>>;

/** A command on the wire. `input` is checked against its own schema on the server, one by one. */
export const wireCommand = z.strictObject({
	id,
	/** The device's own counter: gives the order, never time. */
	seq: z.int().min(1),
	name: z.enum(commandNames).or(z.string().max(60)),
	input: z.unknown(),
	/** The device's clock when the person acted; recorded, decides nothing (sync 12). */
	deviceTime: instant,
	/** Ids of earlier commands this one builds on: refused with them (sync 2). */
	after: z.array(id).max(20),
	/** The exchange had taken it before it was restored: what it builds on may not be back yet (sync 13). */
	again: z.boolean().optional()
});
export type WireCommand = z.output<typeof wireCommand>;

export const pushRequest = z.strictObject({
	protocol: z.int(),
	actorId: id,
	deviceId: id,
	commands: z.array(wireCommand).min(1).max(50)
});
export type PushRequest = z.output<typeof pushRequest>;

/** A code an older device does not know is said in general words, so a new one needs no new version. */
export const refusal: z.ZodType<Refusal> = z.object({
	code: z.string().transform((code) => code as RefusalCode),
	clause: z.string().optional(),
	fields: z.record(z.string(), z.string()).readonly().optional(),
	facts: z
		.record(z.string(), z.union([z.string(), z.number()]))
		.readonly()
		.optional(),
	retry: z.boolean().optional()
});

export const commandAnswer = z.discriminatedUnion('outcome', [
	z.object({
		id: z.string(),
		outcome: z.enum(['applied', 'duplicate']),
		version: z.int(),
		receipt: z.string(),
		receivedAt: instant
	}),
	z.object({ id: z.string(), outcome: z.literal('refused'), refusal, receivedAt: instant }),
	z.object({ id: z.string(), outcome: z.literal('retry'), afterMs: z.number() })
]);
export type CommandAnswer = Readonly<z.output<typeof commandAnswer>>;

export const pushAnswer = z.discriminatedUnion('outcome', [
	z.object({
		outcome: z.literal('answers'),
		answers: z.array(commandAnswer.readonly()).readonly(),
		serverTime: instant,
		epoch: z.string(),
		/** As in a page of the pull. */
		watermark: z.int().nullable().optional()
	}),
	sessionEnd,
	wrongUser,
	retryAfter,
	upgradeNeeded
]);
export type PushAnswer = Readonly<z.output<typeof pushAnswer>>;

const isOneOf =
	<T extends string>(known: readonly T[]) =>
	(name: string): name is T =>
		known.some((one) => one === name);
/** A role this build does not know gives nothing here, so a new one needs no new version. */
const isRole = isOneOf(roles);
const isPostRole = isOneOf(postRoles);
const actor: z.ZodType<Actor> = z.object({
	id: z.string(),
	name: z.string(),
	roles: z
		.array(z.string())
		.transform((names) => names.filter(isRole))
		.readonly(),
	posts: z
		.array(z.object({ agencyId: z.string(), role: z.string() }))
		.transform((posts) =>
			posts.flatMap(({ agencyId, role }) => (isPostRole(role) ? [{ agencyId, role }] : []))
		)
		.readonly(),
	businessId: z.string().nullable()
});

/** `GET /api/session`: who is signed in, for the device to remember. */
export const sessionAnswer = z.discriminatedUnion('outcome', [
	z.object({
		outcome: z.literal('actor'),
		actor,
		/** Names the session for a sign-out; it opens nothing. */
		session: z.string().optional(),
		serverTime: instant,
		epoch: z.string()
	}),
	z.object({ outcome: z.literal('nobody'), serverTime: instant }),
	sessionEnd
]);
export type SessionAnswer = Readonly<z.output<typeof sessionAnswer>>;

/** One SSE message on `/api/events`: no data, only where to look (sync 11). `*` = everywhere. */
export const poke = z.object({
	audience: audience.or(z.literal('*')),
	collections: z.array(z.string()).readonly()
});
export type Poke = Readonly<z.output<typeof poke>>;
