import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	keptReach,
	maskAddress,
	messageStates,
	type KeptDaysBack,
	type KeptWaiting,
	type MessageKey,
	type MessagePage,
	type MessageRow,
	type MessageState,
	type OpenedMessage
} from '$lib/domain/messages/schema.ts';
import type { LetterPurpose } from '$lib/domain/personal-data/looks.ts';
import { channels, type Channel } from '$lib/domain/messages/template.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { enqueue } from '$lib/server/jobs/enqueue.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { openMessage } from './deliver.ts';
import { postOffice } from './office.ts';
import {
	countKept,
	countStates,
	findRow,
	listRows,
	queueAgain,
	queueKept,
	type StoredRow
} from './queries.ts';

/** What became of messages, newest first, for staff: nothing of what they say, addresses masked. */
export async function listMessages(
	db: Sql,
	ask: { states: readonly MessageState[]; after: MessageKey | null; limit: number },
	now: string
): Promise<MessagePage> {
	const { transports } = postOffice();
	return transaction(db, 'system:messages', async (tx) => {
		const states = ask.states.length === 0 ? messageStates : ask.states;
		const rows = await listRows(tx, states, ask.after, ask.limit + 1);
		const items = await withAddresses(tx, rows.slice(0, ask.limit));
		const last = items.at(-1);
		return {
			items,
			next: rows.length > ask.limit && last ? { createdAt: last.createdAt, id: last.id } : null,
			counts: await countStates(tx),
			connected: { email: transports.email !== undefined, sms: transports.sms !== undefined },
			keptWaiting: await keptWaiting(tx, now)
		};
	});
}

/** The channels that have somewhere to send to. */
const connected = (): Channel[] =>
	channels.filter((channel) => postOffice().transports[channel] !== undefined);

async function keptWaiting(tx: Tx, now: string): Promise<KeptWaiting> {
	const counts: Record<KeptDaysBack, number> = { 1: 0, 3: 0, 7: 0 };
	for (const days of keptReach) counts[days] = await countKept(tx, connected(), now, days);
	return counts;
}

async function withAddresses(tx: Tx, rows: readonly StoredRow[]): Promise<MessageRow[]> {
	const sealed = rows.flatMap(({ addressSealed }) => (addressSealed === null ? [] : [addressSealed]));
	const opened = await unseal(tx, sealed);
	return rows.map(({ addressSealed, paramsSealed: _, accountId: __, ...row }) => {
		const address = addressSealed === null ? null : opened[sealed.indexOf(addressSealed)];
		return { ...row, address: address ? maskAddress(address) : null };
	});
}

/**
 * What a message says, written into the record as opened by this person (TG-16.2). One that holds a one-time code is
 * shown only while it is kept here: where nothing is sent nobody could register otherwise.
 */
export function openForStaff(
	db: Sql,
	actor: Actor,
	id: string,
	said: LetterPurpose,
	now: string
): Promise<Result<OpenedMessage>> {
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<OpenedMessage>> => {
		const row = await asSystem(ctx, 'messages', (tx) => findRow(tx, id));
		if (!row) return no('not_found');
		const opened = await asSystem(ctx, 'messages', (tx) => openMessage(tx, postOffice().sender, row));
		const entry = {
			action: 'message.opened',
			subject: `message:${id}`,
			data: { template: row.template, purpose: said.purpose }
		};
		const { accountId } = row;
		if (accountId === null) await audit(ctx, entry);
		else await noteLook(ctx, actor, { accountId, what: 'letter', ...said, ref: null, agencyId: null }, entry);
		if (typeof opened === 'string') return ok({ state: opened });
		const { subject, text, sms, secret } = opened.rendered;
		if (secret && row.state !== 'kept') return ok({ state: 'hidden' });
		return ok({ state: 'readable', subject, text: row.channel === 'sms' ? sms : text });
	});
}

/** Sends it once more, to where it went, with all its tries. */
export function sendAgain(db: Sql, by: { actorId: string; now: string }, id: string): Promise<Result<void>> {
	return write(db, by, async (ctx): Promise<Result<void>> => {
		const row = await asSystem(ctx, 'messages', (tx) => findRow(tx, id));
		if (!row) return no('not_found');
		const queued = await asSystem(ctx, 'messages', (tx) => queueAgain(tx, id, ctx.now));
		if (!queued) return no('illegal_transition');
		await enqueue(ctx.tx, 'messages');
		await audit(ctx, { action: 'message.resent', subject: `message:${id}`, data: { from: row.state } });
		return ok(undefined);
	});
}

/**
 * Sends what was kept while there was nowhere to send to, not older than so many days and not what has run out. Somebody
 * of the staff says so: a mail server that is connected after weeks of trying out must not write to everybody by itself.
 */
export function sendKept(
	db: Sql,
	by: { actorId: string; now: string },
	days: KeptDaysBack
): Promise<Result<{ queued: number }>> {
	return write(db, by, async (ctx) => {
		const queued = await asSystem(ctx, 'messages', (tx) => queueKept(tx, connected(), ctx.now, days));
		if (queued > 0) await enqueue(ctx.tx, 'messages');
		await audit(ctx, { action: 'messages.kept_sent', subject: 'messages', data: { days, queued } });
		return ok({ queued });
	});
}
