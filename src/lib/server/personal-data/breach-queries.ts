import type { AffectedCriteria, BreachCounts } from '$lib/domain/personal-data/breaches.ts';
import type { Kind } from '$lib/domain/personal-data/kinds.ts';
import type { BreachRule } from '$lib/domain/personal-data/rules.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type BreachRow = {
	readonly id: string;
	readonly code: string;
	readonly foundAt: string;
	readonly recordedAt: string;
	readonly what: string;
	readonly kinds: Kind[];
	readonly consequences: string;
	readonly measures: string;
	readonly harmful: boolean;
	readonly rule: BreachRule;
	readonly dueAt: string;
	readonly authorityToldAt: string | null;
	readonly authorityName: string | null;
	readonly authorityReference: string | null;
	readonly membersToldAt: string | null;
	readonly membersWords: string | null;
	readonly membersAdvice: string | null;
	readonly rev: number;
	readonly closedAt: string | null;
	readonly conclusions: string | null;
	readonly affected: number;
	readonly untold: number;
	readonly unreachable: number;
};

const columns = (db: Queryable) => db`
	b.id, b.code, b.found_at as "foundAt", b.recorded_at as "recordedAt", b.what, b.kinds, b.consequences, b.measures,
	b.harmful, b.rule, b.due_at as "dueAt", b.authority_told_at as "authorityToldAt",
	b.authority_name as "authorityName", b.authority_reference as "authorityReference",
	b.members_told_at as "membersToldAt", b.members_words as "membersWords", b.members_advice as "membersAdvice", b.rev,
	b.closed_at as "closedAt", b.conclusions,
	(select count(*)::int from data_breach_members m where m.breach_id = b.id) as affected,
	(select count(*)::int from data_breach_members m
		join person_keys k on k.account_id = m.account_id and k.wrapped is not null
		where m.breach_id = b.id and m.told_at is null) as untold,
	(select count(*)::int from data_breach_members m left join account_profiles p using (account_id)
		where m.breach_id = b.id and coalesce(p.email_sealed, p.phone_sealed) is null) as unreachable`;

export async function nextBreachCode(tx: Tx, prefix: string): Promise<string> {
	const [row] = await tx<{ code: string }[]>`
		select ${prefix}::text || '-R' || readable_number(nextval('data_breach_numbers')) as code`;
	if (!row) throw new Error('the sequence of breaches returned nothing');
	return row.code;
}

export const listBreaches = (db: Queryable): Promise<BreachRow[]> =>
	db<BreachRow[]>`
		select ${columns(db)} from data_breaches b
		order by b.closed_at is not null, case when b.closed_at is null then b.due_at end, b.found_at desc, b.id`;

export async function findBreach(db: Queryable, id: string): Promise<BreachRow | null> {
	const [row] = await db<BreachRow[]>`select ${columns(db)} from data_breaches b where b.id = ${id}`;
	return row ?? null;
}

export async function lockBreach(tx: Tx, id: string): Promise<BreachRow | null> {
	await tx`select from data_breaches where id = ${id} for update`;
	return findBreach(tx, id);
}

export async function countBreaches(db: Queryable, now: string): Promise<BreachCounts> {
	const [row] = await db<BreachCounts[]>`
		select count(*) filter (where closed_at is null)::int as open,
			count(*) filter (where harmful and authority_told_at is null and due_at < ${now})::int as overdue,
			count(*) filter (where authority_told_at > due_at)::int as "toldLate"
		from data_breaches`;
	return row ?? { open: 0, overdue: 0, toldLate: 0 };
}

type Content = Pick<BreachRow, 'id' | 'what' | 'consequences' | 'measures' | 'harmful'> & {
	readonly kinds: readonly Kind[];
};

export async function insertBreach(
	tx: Tx,
	row: Content & Pick<BreachRow, 'code' | 'foundAt' | 'rule' | 'dueAt'> & { by: string; now: string }
): Promise<void> {
	await tx`
		insert into data_breaches (id, code, found_at, recorded_at, recorded_by, what, kinds, consequences, measures, harmful,
			rule, due_at)
		values (${row.id}, ${row.code}, ${row.foundAt}, ${row.now}, ${row.by}, ${row.what}, ${[...row.kinds]}::text[],
			${row.consequences}, ${row.measures}, ${row.harmful}, ${JSON.stringify(row.rule)}::text::jsonb, ${row.dueAt})`;
}

export async function updateBreach(tx: Tx, row: Content): Promise<void> {
	await tx`
		update data_breaches set what = ${row.what}, kinds = ${[...row.kinds]}::text[], consequences = ${row.consequences},
			measures = ${row.measures}, harmful = ${row.harmful}, rev = rev + 1
		where id = ${row.id}`;
}

/** Members, and those who were: whose data it was then. An erased account has none left. */
const matching = (db: Queryable, criteria: AffectedCriteria) => db`
	select a.id from accounts a join person_keys k on k.account_id = a.id and k.wrapped is not null
	where (${criteria.role} = 'any' or ${criteria.role} = any(a.roles))
		and (${criteria.registeredFrom}::date is null
			or (a.created_at at time zone 'Asia/Ho_Chi_Minh')::date >= ${criteria.registeredFrom}::date)
		and (${criteria.registeredTo}::date is null
			or (a.created_at at time zone 'Asia/Ho_Chi_Minh')::date <= ${criteria.registeredTo}::date)
		and ((${criteria.orderedFrom}::date is null and ${criteria.orderedTo}::date is null) or exists (
			select from orders o where a.id in (o.buyer_id, o.seller_account_id)
				and (${criteria.orderedFrom}::date is null
					or (o.placed_at at time zone 'Asia/Ho_Chi_Minh')::date >= ${criteria.orderedFrom}::date)
				and (${criteria.orderedTo}::date is null
					or (o.placed_at at time zone 'Asia/Ho_Chi_Minh')::date <= ${criteria.orderedTo}::date)))`;

/** How many the criteria would add. */
export async function countMatching(db: Queryable, id: string, criteria: AffectedCriteria): Promise<number> {
	const [row] = await db<{ n: number }[]>`
		select count(*)::int as n from (${matching(db, criteria)}) found
		where not exists (select from data_breach_members m where m.breach_id = ${id} and m.account_id = found.id)`;
	return row?.n ?? 0;
}

export async function insertMatching(tx: Tx, id: string, criteria: AffectedCriteria): Promise<number> {
	const rows = await tx`
		insert into data_breach_members (breach_id, account_id)
		select ${id}, found.id from (${matching(tx, criteria)}) found on conflict do nothing returning account_id`;
	return rows.length;
}

export async function insertAffected(tx: Tx, id: string, accountIds: readonly string[]): Promise<number> {
	const rows = await tx`
		insert into data_breach_members (breach_id, account_id)
		select ${id}, one from unnest(${[...accountIds]}::uuid[]) one on conflict do nothing returning account_id`;
	return rows.length;
}

export async function deleteAffected(tx: Tx, id: string): Promise<number> {
	const rows = await tx`
		delete from data_breach_members where breach_id = ${id} and told_at is null returning account_id`;
	return rows.length;
}

/** Those who were not told yet and still have a key to seal a letter with. */
export async function listUntold(tx: Tx, id: string): Promise<string[]> {
	const rows = await tx<{ accountId: string }[]>`
		select m.account_id as "accountId" from data_breach_members m
		join person_keys k on k.account_id = m.account_id and k.wrapped is not null
		where m.breach_id = ${id} and m.told_at is null order by 1`;
	return rows.map(({ accountId }) => accountId);
}

export async function updateTold(
	tx: Tx,
	row: { id: string; words: string; advice: string; now: string }
): Promise<void> {
	await tx`
		update data_breach_members set told_at = ${row.now} where breach_id = ${row.id} and told_at is null`;
	await tx`
		update data_breaches set members_told_at = ${row.now}, members_words = ${row.words}, members_advice = ${row.advice}
		where id = ${row.id}`;
}

export async function updateAuthorityTold(
	tx: Tx,
	row: { id: string; at: string; to: string; reference: string }
): Promise<void> {
	await tx`
		update data_breaches set authority_told_at = ${row.at}, authority_name = ${row.to},
			authority_reference = ${row.reference}
		where id = ${row.id}`;
}

export async function updateClosedBreach(
	tx: Tx,
	row: { id: string; conclusions: string; now: string }
): Promise<void> {
	await tx`
		update data_breaches set closed_at = ${row.now}, conclusions = ${row.conclusions} where id = ${row.id}`;
}
