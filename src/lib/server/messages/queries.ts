import { sendingAtMostMs } from '$lib/domain/messages/retries.ts';
import type { MessageKey, MessageRow, MessageState } from '$lib/domain/messages/schema.ts';
import type { Channel, Language } from '$lib/domain/messages/template.ts';
import type { TemplateName } from '$lib/domain/messages/templates.ts';
import type { Tx } from '$lib/server/db/pool.ts';

export type NewMessage = {
	readonly id: string;
	/** Null = somebody who has no account yet. */
	readonly accountId: string | null;
	readonly channel: Channel;
	readonly template: TemplateName;
	readonly language: Language;
	readonly paramsSealed: string;
	readonly addressSealed: string | null;
	readonly subjectRef: string | null;
	readonly now: string;
	readonly notAfter: string | null;
};

/** Without an address it is written down as what it is: something nobody could be told. */
export const insertMessage = (tx: Tx, row: NewMessage): Promise<void> => insertMessages(tx, [row]);

export async function insertMessages(tx: Tx, rows: readonly NewMessage[]): Promise<void> {
	await tx`
		insert into messages (id, account_id, channel, template, language, params_sealed, address_sealed, state,
			last_error, subject_ref, created_at, due_at, not_after)
		select id, "accountId", channel, template, language, "paramsSealed", "addressSealed",
			case when "addressSealed" is null then 'failed' else 'queued' end,
			case when "addressSealed" is null then 'no_address' end, "subjectRef", now, now, "notAfter"
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as (
			id uuid, "accountId" uuid, channel text, template text, language text, "paramsSealed" text,
			"addressSealed" text, "subjectRef" text, now timestamptz, "notAfter" timestamptz)`;
}

/** Sealed with the account's own key, as the profile keeps them. Asked as the system. */
export async function findContacts(
	tx: Tx,
	accountId: string
): Promise<{ email: string | null; phone: string | null } | null> {
	const [row] = await tx<{ email: string | null; phone: string | null }[]>`
		select email_sealed as email, phone_sealed as phone from account_profiles where account_id = ${accountId}`;
	return row ?? null;
}

export const listContacts = (
	tx: Tx,
	accountIds: readonly string[]
): Promise<{ accountId: string; email: string | null; phone: string | null }[]> =>
	tx<{ accountId: string; email: string | null; phone: string | null }[]>`
		select account_id as "accountId", email_sealed as email, phone_sealed as phone
		from account_profiles where account_id = any(${[...accountIds]}::uuid[])`;

/** One that is being sent now, by whoever took it. */
export type TakenMessage = {
	readonly id: string;
	readonly channel: Channel;
	/** What was stored: maybe of a template that an older program knew. */
	readonly template: string;
	readonly language: Language;
	readonly paramsSealed: string | null;
	readonly addressSealed: string | null;
	readonly attempts: number;
	readonly notAfter: string | null;
};

/**
 * Takes at most `limit` that are due, oldest first, and says of them that they are being sent: whoever else looks passes
 * over them. Those of a program that ended while sending are among them.
 */
export const takeDue = (tx: Tx, now: string, limit: number): Promise<TakenMessage[]> => tx<TakenMessage[]>`
	update messages set state = 'sending', sending_at = ${now}, attempts = attempts + 1
	where id in (
		select id from messages
		where state in ('queued', 'sending') and due_at <= ${now}
			and (state = 'queued' or sending_at <= ${now}::timestamptz - make_interval(secs => ${sendingAtMostMs / 1_000}))
		order by due_at, id limit ${limit} for update skip locked)
	returning id, channel, template, language, params_sealed as "paramsSealed", address_sealed as "addressSealed",
		attempts, not_after as "notAfter"`;

export type Outcome =
	| { readonly state: 'sent'; readonly at: string }
	| { readonly state: 'kept' }
	| { readonly state: 'failed'; readonly code: string }
	| { readonly state: 'queued'; readonly code: string; readonly dueAt: string };

/** Writes down what became of it; nothing when somebody else has taken it meanwhile. */
export async function putOutcome(tx: Tx, taken: TakenMessage, outcome: Outcome): Promise<boolean> {
	const rows = await tx`
		update messages set state = ${outcome.state},
			last_error = ${'code' in outcome ? outcome.code : null},
			due_at = coalesce(${'dueAt' in outcome ? outcome.dueAt : null}, due_at),
			sent_at = ${outcome.state === 'sent' ? outcome.at : null}
		where id = ${taken.id} and state = 'sending' and attempts = ${taken.attempts}
		returning id`;
	return rows.length > 0;
}

/** Forgets address and parameters of what is old; the line stays. Returns how many. */
export async function forgetOld(tx: Tx, before: string, now: string): Promise<number> {
	const rows = await tx`
		update messages set params_sealed = null, address_sealed = null, forgotten_at = ${now}
		where params_sealed is not null and created_at < ${before}
			and state in ('sent', 'failed', 'kept')
		returning id`;
	return rows.length;
}

export type StoredRow = Omit<MessageRow, 'address'> & {
	readonly addressSealed: string | null;
	readonly paramsSealed: string | null;
	readonly accountId: string | null;
};

const stored = (tx: Tx) => tx`
	id, account_id as "accountId", channel, template, language, state, attempts, last_error as error,
	address_sealed as "addressSealed", params_sealed as "paramsSealed", subject_ref as "subjectRef",
	created_at as "createdAt", due_at as "dueAt", sent_at as "sentAt"`;

/** Newest first, after the row `after`; asked as the system. */
export const listRows = (
	tx: Tx,
	states: readonly MessageState[],
	after: MessageKey | null,
	limit: number
): Promise<StoredRow[]> => tx<StoredRow[]>`
	select ${stored(tx)} from messages
	where state = any(${[...states]}) and (${after === null}
		or (created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
	order by created_at desc, id desc limit ${limit}`;

export async function countStates(tx: Tx): Promise<Record<MessageState, number>> {
	const rows = await tx<{ state: MessageState; n: number }[]>`
		select state, count(*) as n from messages group by state`;
	const of = (state: MessageState) => rows.find((row) => row.state === state)?.n ?? 0;
	return {
		queued: of('queued'),
		sending: of('sending'),
		sent: of('sent'),
		failed: of('failed'),
		kept: of('kept')
	};
}

const sendable = (tx: Tx, channels: readonly Channel[], now: string) => tx`
	state = 'kept' and channel = any(${[...channels]}) and params_sealed is not null and address_sealed is not null
	and (not_after is null or not_after > ${now})`;
const since = (tx: Tx, now: string, days: number) => tx`${now}::timestamptz - make_interval(days => ${days})`;

/** Kept messages of these channels that are still worth sending, and not older than so many days. */
export async function countKept(
	tx: Tx,
	channels: readonly Channel[],
	now: string,
	days: number
): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		select count(*)::int as n from messages
		where ${sendable(tx, channels, now)} and created_at > ${since(tx, now, days)}`;
	return row?.n ?? 0;
}

/** Queues them, from the beginning with all their tries; says how many. */
export async function queueKept(
	tx: Tx,
	channels: readonly Channel[],
	now: string,
	days: number
): Promise<number> {
	const rows = await tx`
		update messages set state = 'queued', attempts = 0, last_error = null, due_at = ${now}
		where ${sendable(tx, channels, now)} and created_at > ${since(tx, now, days)}
		returning id`;
	return rows.length;
}

export async function findRow(tx: Tx, id: string): Promise<StoredRow | null> {
	const [row] = await tx<StoredRow[]>`select ${stored(tx)} from messages where id = ${id}`;
	return row ?? null;
}

/** From the beginning, with all its tries; false when it is on its way, or there is nothing left to send. */
export async function queueAgain(tx: Tx, id: string, now: string): Promise<boolean> {
	const rows = await tx`
		update messages set state = 'queued', attempts = 0, last_error = null, due_at = ${now}, sent_at = null
		where id = ${id} and state in ('sent', 'failed', 'kept')
			and params_sealed is not null and address_sealed is not null
		returning id`;
	return rows.length > 0;
}
