import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type PurgeRow = {
	readonly businessId: string;
	readonly accountId: string;
	/** Pictures of the card in any of its versions. */
	readonly hashes: string[];
};

/**
 * Businesses whose card pictures nobody needs any more: every department decided before `before`, or the account is closed,
 * and no case about the business is open.
 */
export const listPurgeable = (db: Queryable, before: string): Promise<PurgeRow[]> =>
	db<PurgeRow[]>`
		select b.id as "businessId", b.account_id as "accountId", array_agg(distinct f.hash) as hashes
		from businesses b join accounts a on a.id = b.account_id
		join business_versions v on v.business_id = b.id and v.identity_files <> '{}'
		cross join unnest(v.identity_files) as f (hash)
		where ${notNeeded(db, before)}
		group by b.id, b.account_id order by b.id`;

const notNeeded = (db: Queryable, before: string) => db`
	not exists (select from cases c where c.state = 'open' and b.id in (c.subject_id, c.business_id)
		and c.kind in ('business', 'reconfirmation'))
	and (a.state = 'closed' or (
		select max(c.decided_at) from cases c where c.kind = 'business' and c.subject_id = b.id) < ${before})`;

/** Asked again with the business held: somebody may have sent a new version since. */
export async function isPurgeable(tx: Tx, businessId: string, before: string): Promise<boolean> {
	const rows = await tx`
		select from businesses b join accounts a on a.id = b.account_id
		where b.id = ${businessId} and ${notNeeded(tx, before)}`;
	return rows.length === 1;
}

/** Of these pictures, those that are shown elsewhere too: with goods, or as another paper. */
export async function listUsedElsewhere(
	tx: Tx,
	row: { businessId: string; hashes: readonly string[] }
): Promise<string[]> {
	const rows = await tx<{ hash: string }[]>`
		select hash from unnest(${[...row.hashes]}::text[]) as t (hash)
		where exists (select from listings l where l.business_id = ${row.businessId}
				and (l.content -> 'photos' ? hash or l.published_content -> 'photos' ? hash))
			or exists (select from listings l join listing_versions v on v.listing_id = l.id
				where l.business_id = ${row.businessId} and v.content -> 'photos' ? hash)
			or exists (select from business_versions v, jsonb_array_elements(v.content -> 'papers') p
				where v.business_id = ${row.businessId} and p -> 'files' ? hash)`;
	return rows.map(({ hash }) => hash);
}

export async function clearIdentityFiles(tx: Tx, businessId: string): Promise<void> {
	await tx`
		update business_versions set identity_files = '{}'
		where business_id = ${businessId} and identity_files <> '{}'`;
}

export async function listCasesOf(tx: Tx, businessId: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		select id from cases where kind = 'business' and subject_id = ${businessId} order by id`;
	return rows.map(({ id }) => id);
}
