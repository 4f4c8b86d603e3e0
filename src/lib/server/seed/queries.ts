import type { RulePack, Ward } from '$lib/domain/agencies/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** Makes `pack` the one in force. */
export async function upsertPack(tx: Tx, pack: RulePack): Promise<void> {
	await tx`
		insert into rule_packs (id, pack) values (${pack.id}, ${JSON.stringify(pack)}::text::jsonb)
		on conflict (id) do update set pack = excluded.pack, loaded_at = now()`;
	await tx`update exchange set pack_id = ${pack.id}`;
}

/** What rows refer to, agencies and categories apart. A sector that left the pack stays for the rows that name it. */
export async function upsertPackTables(tx: Tx, pack: RulePack, wards: readonly Ward[]): Promise<void> {
	await tx`
		insert into sectors (id, name, agency_id, effective_from, effective_to)
		select id, name, "agencyId", "effectiveFrom", "effectiveTo"
		from jsonb_to_recordset(${JSON.stringify(pack.sectors)}::text::jsonb) as s (id text, name text,
			"agencyId" text, "effectiveFrom" date, "effectiveTo" date)
		on conflict (id) do update set name = excluded.name, agency_id = excluded.agency_id,
			effective_from = excluded.effective_from, effective_to = excluded.effective_to`;
	await tx`
		insert into wards (code, name, formerly)
		select code, name, array(select jsonb_array_elements_text(formerly))
		from jsonb_to_recordset(${JSON.stringify(wards)}::text::jsonb) as w (code text, name text, formerly jsonb)
		on conflict (code) do update set name = excluded.name, formerly = excluded.formerly`;
}

export async function hasPack(db: Queryable): Promise<boolean> {
	const [row] = await db<{ there: boolean }[]>`select pack_id is not null as there from exchange`;
	return row?.there ?? false;
}

export async function hasPeople(db: Queryable): Promise<boolean> {
	const [row] = await db<{ there: boolean }[]>`select exists (select from accounts) as there`;
	return row?.there ?? false;
}

/** The open case of a listing or a need, for the officer who holds it. */
export async function findOpenCaseOf(
	db: Queryable,
	subjectId: string
): Promise<{ id: string; listingRev: number; agencyId: string; assigneeId: string | null } | null> {
	const [row] = await db<{ id: string; listingRev: number; agencyId: string; assigneeId: string | null }[]>`
		select id, subject_rev as "listingRev", agency_id as "agencyId", assignee_id as "assigneeId"
		from cases where subject_id = ${subjectId} and state = 'open'`;
	return row ?? null;
}

/** 0 when the server has not seen the listing yet. */
export async function findListingRev(db: Queryable, listingId: string): Promise<number> {
	const [row] = await db<{ rev: number }[]>`select rev from listings where id = ${listingId}`;
	return row?.rev ?? 0;
}

export async function findPublishedRev(db: Queryable, listingId: string): Promise<number> {
	const [row] = await db<{ rev: number | null }[]>`
		select published_rev as rev from listings where id = ${listingId}`;
	if (row?.rev == null) throw new Error(`listing ${listingId} is not public`);
	return row.rev;
}

/** Unread notifications of an account that came before an instant; asked as that account. */
export async function listUnreadBefore(tx: Tx, accountId: string, before: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		select id from notifications where account_id = ${accountId} and read_at is null and at < ${before}
		order by at, id`;
	return rows.map((row) => row.id);
}
