import type { ProposalKey, ProposalTopic } from '$lib/domain/proposals/schema.ts';
import type { ProposalOutcome, ProposalState } from '$lib/domain/proposals/states.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** A proposal as it is stored: its words sealed with the key of its sender. */
export type ProposalRow = {
	readonly id: string;
	readonly code: string;
	readonly accountId: string;
	readonly topic: ProposalTopic;
	readonly textSealed: string;
	readonly state: ProposalState;
	readonly sentAt: string;
	readonly takenBy: string | null;
	readonly takenAt: string | null;
	readonly answerSealed: string | null;
	readonly answeredBy: string | null;
	readonly answeredAt: string | null;
	readonly doneSealed: string | null;
	readonly doneBy: string | null;
	readonly doneAt: string | null;
	/** The account is closed: nobody is there to be told. */
	readonly senderLeft: boolean;
};
/** With the name of whoever sent it, sealed; null = there is none any more. */
export type NamedRow = ProposalRow & { readonly nameSealed: string | null };

const senderLeft = (db: Queryable) => db`
	exists (select from accounts s where s.id = p.account_id and s.state = 'closed')`;
const columns = (db: Queryable) => db`
	p.id, p.code, p.account_id as "accountId", p.topic, p.text_sealed as "textSealed", p.state, p.sent_at as "sentAt",
	p.taken_by_name as "takenBy", p.taken_at as "takenAt", p.answer_sealed as "answerSealed",
	p.answered_by_name as "answeredBy", p.answered_at as "answeredAt",
	p.done_sealed as "doneSealed", p.done_by_name as "doneBy", p.done_at as "doneAt",
	${senderLeft(db)} as "senderLeft"`;
const named = (db: Queryable) => db`
	select ${columns(db)}, a.name_sealed as "nameSealed"
	from proposals p left join account_profiles a on a.account_id = p.account_id`;
const waiting = (db: Queryable) => db`p.state in ('sent', 'considering')`;

export async function nextProposalCode(tx: Tx, prefix: string): Promise<string> {
	const [row] = await tx<{ code: string }[]>`
		select ${prefix}::text || '-G' || readable_number(nextval('proposal_numbers')) as code`;
	if (!row) throw new Error('the sequence of proposals returned nothing');
	return row.code;
}

/** False when the id exists already, whoever it belongs to. */
export async function insertProposal(
	tx: Tx,
	row: Pick<ProposalRow, 'id' | 'code' | 'accountId' | 'topic' | 'textSealed' | 'sentAt'> & {
		readonly deviceTime: string;
	}
): Promise<boolean> {
	const rows = await tx`
		insert into proposals (id, code, account_id, topic, text_sealed, device_time, sent_at)
		values (${row.id}, ${row.code}, ${row.accountId}, ${row.topic}, ${row.textSealed}, ${row.deviceTime},
			${row.sentAt})
		on conflict (id) do nothing returning id`;
	return rows.length === 1;
}

/** Row-level security makes another member's proposal one that does not exist. */
export async function findProposal(db: Queryable, id: string): Promise<NamedRow | null> {
	const [row] = await db<NamedRow[]>`${named(db)} where p.id = ${id}`;
	return row ?? null;
}

export async function lockProposal(tx: Tx, id: string): Promise<ProposalRow | null> {
	const [row] = await tx<ProposalRow[]>`select ${columns(tx)} from proposals p where p.id = ${id} for update`;
	return row ?? null;
}

export const listOwnProposals = (db: Queryable, accountId: string): Promise<ProposalRow[]> =>
	db<ProposalRow[]>`
		select ${columns(db)} from proposals p where p.account_id = ${accountId} order by p.sent_at desc, p.id`;

export async function countWaitingOf(tx: Tx, accountId: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		select count(*)::int as n from proposals p where p.account_id = ${accountId} and ${waiting(tx)}`;
	return row?.n ?? 0;
}

/** Those that wait, the oldest first; asked as the system. */
export const listWaiting = (tx: Tx, after: ProposalKey | null, limit: number): Promise<NamedRow[]> =>
	tx<NamedRow[]>`
		${named(tx)} where ${waiting(tx)}
			and (${after === null} or (p.sent_at, p.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
		order by p.sent_at, p.id limit ${limit}`;

/** Those that were accepted and are not done, the oldest first; asked as the system. */
export const listPromised = (tx: Tx, after: ProposalKey | null, limit: number): Promise<NamedRow[]> =>
	tx<NamedRow[]>`
		${named(tx)} where p.state = 'accepted' and not ${senderLeft(tx)}
			and (${after === null} or (p.answered_at, p.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
		order by p.answered_at, p.id limit ${limit}`;

/** Those that were answered, the newest first; asked as the system. */
export const listAnswered = (tx: Tx, after: ProposalKey | null, limit: number): Promise<NamedRow[]> =>
	tx<NamedRow[]>`
		${named(tx)} where p.answered_at is not null
			and (${after === null} or (p.answered_at, p.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
		order by p.answered_at desc, p.id desc limit ${limit}`;

export async function updateTaken(
	tx: Tx,
	row: { id: string; by: string; byName: string; now: string }
): Promise<void> {
	await tx`
		update proposals set state = 'considering', taken_by = ${row.by}, taken_by_name = ${row.byName},
			taken_at = ${row.now}
		where id = ${row.id}`;
}

export async function updateAnswered(
	tx: Tx,
	row: { id: string; outcome: ProposalOutcome; answerSealed: string; by: string; byName: string; now: string }
): Promise<void> {
	await tx`
		update proposals set state = ${row.outcome}, answer_sealed = ${row.answerSealed}, answered_by = ${row.by},
			answered_by_name = ${row.byName}, answered_at = ${row.now}
		where id = ${row.id}`;
}

export async function updateDone(
	tx: Tx,
	row: { id: string; doneSealed: string; by: string; byName: string; now: string }
): Promise<void> {
	await tx`
		update proposals set state = 'done', done_sealed = ${row.doneSealed}, done_by = ${row.by},
			done_by_name = ${row.byName}, done_at = ${row.now}
		where id = ${row.id}`;
}

export async function updateWithdrawn(tx: Tx, id: string): Promise<void> {
	await tx`update proposals set state = 'withdrawn' where id = ${id}`;
}
