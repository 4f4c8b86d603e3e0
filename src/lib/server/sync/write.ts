import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { insertLines, type AuditData, type AuditLine } from '$lib/server/audit/audit.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import type { Audience, CollectionName } from '$lib/sync/protocol/collections.ts';
import { poke } from './poker.ts';
import type { Due } from './publish.ts';

/** What every write of the exchange carries. `now` is the server's receipt, ISO in UTC. */
export type WriteContext = {
	readonly tx: Tx;
	/** Account id, or `system:<name>` for a job. */
	readonly actorId: string;
	readonly now: string;
	/** The device's clock when the person acted; equals `now` for writes made on the server. */
	readonly deviceTime: string;
	/** The command this write came with, for the audit. */
	readonly commandId: string | null;
	/** Filled by `publish`: what to poke once the transaction is committed. */
	readonly touched: Touched;
	/** Filled by `audit`: its lines, written before the commit. */
	readonly lines: AuditLine[];
	/** In a transaction that several commands share: filled by `publish`, and published together at its end. */
	readonly due?: Due[];
};

/** What a service gets that carries out a person's command. */
export type CommandContext = WriteContext & {
	readonly actor: Actor;
	/** What the command's own line in the audit says besides: filled by `auditWithCommand`. */
	readonly details?: AuditData;
};

export type Touched = {
	version: number;
	readonly audiences: Map<Audience, Set<CollectionName>>;
	/** Members with something new in their box, to be woken. */
	readonly news: Set<string>;
};

/**
 * Opens one transaction as `actorId`, runs `work`, commits, then lets the poker know. Every write of the
 * exchange, command or job, goes through here; a thrown error rolls everything back and pokes nobody.
 */
export async function write<T>(
	db: Sql,
	by: { actorId: string; now: string; deviceTime?: string; commandId?: string | null },
	work: (ctx: WriteContext) => Promise<T>
): Promise<T> {
	const touched: Touched = { version: 0, audiences: new Map(), news: new Set() };
	const result = await transaction(db, by.actorId, async (tx) => {
		const lines: AuditLine[] = [];
		const done = await work({
			tx,
			actorId: by.actorId,
			now: by.now,
			deviceTime: by.deviceTime ?? by.now,
			commandId: by.commandId ?? null,
			touched,
			lines
		});
		await insertLines(tx, lines);
		return done;
	});
	poke(touched);
	return result;
}

/**
 * Runs `work` as a named system actor inside the same transaction, then becomes the actor again: to read a
 * projection for somebody else's audience, or to write a notification into another member's box.
 */
export async function asSystem<T>(ctx: WriteContext, name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	// Commands of a shared transaction run beside each other: none may change who the others are.
	if (ctx.due) throw new Error('a shared transaction has one actor');
	const become = (actor: string) => ctx.tx`select set_config('san.actor', ${actor}, true)`;
	await become(`system:${name}`);
	try {
		const result = await work(ctx.tx);
		await become(ctx.actorId);
		return result;
	} catch (error) {
		// Nobody may go on as the system; when the transaction is already lost, its own error is the one to tell.
		await become(ctx.actorId).catch(() => undefined);
		throw error;
	}
}

export const newId = (): string => randomUUID();

/**
 * The id of what a command makes besides its own subject. The same command makes the same id again: what other devices
 * did with it finds it after a restore, when its maker has offered the command once more (sync 13).
 */
export function madeBy(ctx: WriteContext, what: string): string {
	if (ctx.commandId === null) return newId();
	const hex = createHash('sha256').update(`${ctx.commandId}\n${what}`).digest('hex');
	// A UUID of version 8: of our own making.
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`a${hex.slice(17, 20)}`,
		hex.slice(20, 32)
	].join('-');
}
