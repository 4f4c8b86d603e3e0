import type { Ward } from '$lib/domain/agencies/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** The key changes with the pack's text, so that a pack that was loaded again is never served from memory. */
export async function findPackKey(db: Queryable): Promise<{ id: string; key: string } | null> {
	const [row] = await db<{ id: string; key: string }[]>`
		select p.id, md5(p.pack::text) as key from exchange e join rule_packs p on p.id = e.pack_id`;
	return row ?? null;
}

export async function findPack(db: Queryable, id: string): Promise<unknown> {
	const [row] = await db<{ pack: unknown }[]>`select pack from rule_packs where id = ${id}`;
	return row?.pack ?? null;
}

export async function listWards(db: Queryable): Promise<Ward[]> {
	return db<Ward[]>`select code, name, formerly from wards order by code`;
}

export async function findWard(db: Queryable, code: string): Promise<Ward | null> {
	const [row] = await db<Ward[]>`select code, name, formerly from wards where code = ${code}`;
	return row ?? null;
}

/** Locks the sector against being moved to another department meanwhile. False when the table has no such sector. */
export async function lockSectorShared(tx: Tx, id: string): Promise<boolean> {
	const rows = await tx`select id from sectors where id = ${id} for share`;
	return rows.length === 1;
}

/** A person who holds a post in an agency at an instant, with the name the public may see. */
export type OfficerRow = { accountId: string; name: string; role: 'officer' | 'lead' };

export async function listOfficers(db: Queryable, agencyId: string, now: string): Promise<OfficerRow[]> {
	return db<OfficerRow[]>`
		select distinct on (p.account_id) p.account_id as "accountId", p.public_name as name, p.role
		from posts p join accounts a on a.id = p.account_id
		where p.agency_id = ${agencyId} and p.role in ('officer', 'lead') and a.state = 'active'
			and p.valid_from <= ${now} and (p.valid_to is null or p.valid_to > ${now})
		order by p.account_id, p.role, p.valid_from`;
}
