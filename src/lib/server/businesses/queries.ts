import type { BusinessContent, BusinessState } from '$lib/domain/businesses/schema.ts';
import type { BusinessKind } from '$lib/domain/businesses/states.ts';
import type { CaseState } from '$lib/domain/moderation/states.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type BusinessRow = {
	id: string;
	accountId: string;
	name: string;
	kind: BusinessKind;
	intro: string;
	wardCode: string;
	place: string;
	phone: string;
	state: BusinessState;
	/** The last version that was sent; 0 = opened without a registration. */
	rev: number;
	createdAt: string;
};

const columns = (db: Queryable) => db`
	id, account_id as "accountId", name, kind, intro, ward_code as "wardCode", place, phone, state, rev,
	created_at as "createdAt"`;

export async function findBusiness(db: Queryable, id: string): Promise<BusinessRow | null> {
	const [row] = await db<BusinessRow[]>`select ${columns(db)} from businesses where id = ${id}`;
	return row ?? null;
}

export async function findBusinessOf(db: Queryable, accountId: string): Promise<BusinessRow | null> {
	const [row] = await db<
		BusinessRow[]
	>`select ${columns(db)} from businesses where account_id = ${accountId}`;
	return row ?? null;
}

export async function lockBusinessById(tx: Tx, id: string): Promise<BusinessRow | null> {
	const [row] = await tx<BusinessRow[]>`select ${columns(tx)} from businesses where id = ${id} for update`;
	return row ?? null;
}

/**
 * The same after its owner, in the order of everybody who holds both (TG-9.2, TG-15.1): who decides about a business may
 * make its owner a seller.
 */
export async function lockBusinessAndOwner(tx: Tx, id: string): Promise<BusinessRow | null> {
	await tx`
		select from accounts where id = (select account_id from businesses where id = ${id}) for no key update`;
	return lockBusinessById(tx, id);
}

/** False when the account has a business, or the id is somebody's. */
export async function insertPending(
	tx: Tx,
	row: { id: string; accountId: string; content: BusinessContent; now: string }
): Promise<boolean> {
	const { content } = row;
	const rows = await tx`
		insert into businesses (id, account_id, name, kind, intro, ward_code, place, phone, state, created_at)
		values (${row.id}, ${row.accountId}, ${content.name}, ${content.kind}, ${content.intro},
			${content.places[0]?.wardCode ?? ''}, ${content.places[0]?.place ?? ''}, ${content.phone}, 'pending',
			${row.now})
		on conflict do nothing returning id`;
	return rows.length === 1;
}

/** Makes a version the one everybody sees. */
export async function updateShown(tx: Tx, id: string, content: BusinessContent): Promise<void> {
	await tx`
		update businesses set name = ${content.name}, kind = ${content.kind}, intro = ${content.intro},
			ward_code = ${content.places[0]?.wardCode ?? ''}, place = ${content.places[0]?.place ?? ''},
			phone = ${content.phone}
		where id = ${id}`;
}

export async function updateRev(tx: Tx, id: string, rev: number): Promise<void> {
	await tx`update businesses set rev = ${rev} where id = ${id}`;
}

export async function updateConfirmed(tx: Tx, id: string, now: string): Promise<void> {
	await tx`
		update businesses set state = 'confirmed', confirmed_at = coalesce(confirmed_at, ${now})
		where id = ${id} and state = 'pending'`;
}

export type VersionRow = {
	rev: number;
	content: BusinessContent;
	personSealed: string;
	identityMask: string;
	submittedAt: string;
};

export async function insertBusinessVersion(
	tx: Tx,
	row: VersionRow & {
		businessId: string;
		identityFiles: readonly string[];
		agreement: { version: string; hash: string; acceptedAt: string };
		deviceTime: string;
	}
): Promise<void> {
	await tx`
		insert into business_versions (business_id, rev, content, person_sealed, identity_mask, identity_files, agreement,
			submitted_at, device_time)
		values (${row.businessId}, ${row.rev}, ${JSON.stringify(row.content)}::text::jsonb, ${row.personSealed},
			${row.identityMask}, ${[...row.identityFiles]}::text[],
			${JSON.stringify(row.agreement)}::text::jsonb, ${row.submittedAt}, ${row.deviceTime})`;
}

export async function findBusinessVersion(
	db: Queryable,
	id: string,
	rev: number
): Promise<VersionRow | null> {
	const [row] = await db<VersionRow[]>`
		select rev, content, person_sealed as "personSealed", identity_mask as "identityMask",
			submitted_at as "submittedAt"
		from business_versions where business_id = ${id} and rev = ${rev}`;
	return row ?? null;
}

/** Other businesses registered with the same number. */
export async function countSameNumber(db: Queryable, businessId: string): Promise<number> {
	const [row] = await db<{ count: number }[]>`
		select count(*)::int as count from business_identities o
		join business_identities i on i.number_index = o.number_index
		where i.business_id = ${businessId} and o.business_id <> ${businessId}`;
	return row?.count ?? 0;
}

/** An answer of a department that is still the last one about these sectors. */
export type AnswerRow = {
	caseId: string;
	agencyId: string;
	agencyName: string;
	sectors: string[];
	code: string;
	round: number;
	rev: number;
	state: CaseState;
	receivedAt: string;
	lastDay: string;
	decidedAt: string | null;
	decidedByName: string;
	reasonCodes: string[];
	note: string;
};

export async function listAnswers(db: Queryable, businessId: string): Promise<AnswerRow[]> {
	return db<AnswerRow[]>`
		select c.id as "caseId", c.agency_id as "agencyId", a.name as "agencyName", last.sectors, c.code,
			c.round, c.subject_rev as rev, c.state, c.received_at as "receivedAt", c.last_day as "lastDay",
			c.decided_at as "decidedAt", coalesce(c.decided_by_name, '') as "decidedByName",
			c.reason_codes as "reasonCodes", c.note
		from cases c join agencies a on a.id = c.agency_id
		cross join lateral (select array(
			select asked.id from unnest(c.sectors) as asked (id)
			where not exists (select from cases l where l.kind = 'business' and l.subject_id = c.subject_id
				and l.subject_rev > c.subject_rev and asked.id = any(l.sectors))) as sectors) as last
		where c.kind = 'business' and c.subject_id = ${businessId} and last.sectors <> '{}'
		order by c.agency_id, c.round`;
}

/** The version that was confirmed last for one of these sectors; null when none ever was. */
export async function findConfirmedRev(
	db: Queryable,
	businessId: string,
	sectors: readonly string[]
): Promise<number | null> {
	const [row] = await db<{ rev: number | null }[]>`
		select max(subject_rev) as rev from cases
		where kind = 'business' and subject_id = ${businessId} and state = 'approved'
			and sectors && ${[...sectors]}::text[]`;
	return row?.rev ?? null;
}

export type SectorRow = { sectorId: string; confirmedRev: number; suspendedFor: string | null };

export async function listSectors(db: Queryable, businessId: string): Promise<SectorRow[]> {
	return db<SectorRow[]>`
		select sector_id as "sectorId", confirmed_rev as "confirmedRev", suspended_for as "suspendedFor"
		from business_sectors where business_id = ${businessId} order by sector_id`;
}

export async function upsertSectors(
	tx: Tx,
	businessId: string,
	sectors: readonly string[],
	rev: number,
	now: string
): Promise<void> {
	await tx`
		insert into business_sectors (business_id, sector_id, confirmed_at, confirmed_rev)
		select ${businessId}, id, ${now}, ${rev} from unnest(${[...sectors]}::text[]) as t (id)
		on conflict (business_id, sector_id) do update set confirmed_at = excluded.confirmed_at,
			confirmed_rev = excluded.confirmed_rev, suspended_for = null, suspended_at = null`;
}

/** Every sector there is, for a business whose papers were checked by hand before there were registrations. */
export async function insertAllSectors(tx: Tx, businessId: string, now: string): Promise<void> {
	await tx`
		insert into business_sectors (business_id, sector_id, confirmed_at, confirmed_rev)
		select ${businessId}, id, ${now}, 0 from sectors on conflict do nothing`;
}

export async function deleteSectors(tx: Tx, businessId: string, sectors: readonly string[]): Promise<void> {
	await tx`
		delete from business_sectors
		where business_id = ${businessId} and sector_id = any(${[...sectors]}::text[])`;
}

/** Held until the transaction ends, so that nobody closes the sector meanwhile; null = it was never confirmed. */
export async function lockSectorShared(
	tx: Tx,
	businessId: string,
	sectorId: string
): Promise<Pick<SectorRow, 'suspendedFor'> | null> {
	const [row] = await tx<Pick<SectorRow, 'suspendedFor'>[]>`
		select suspended_for as "suspendedFor" from business_sectors
		where business_id = ${businessId} and sector_id = ${sectorId} for share`;
	return row ?? null;
}

/** Closes a sector for the paper that ran out, or opens it again with null. The caller holds the business. */
export async function updateSuspended(
	tx: Tx,
	businessId: string,
	sectorId: string,
	paper: string | null,
	now: string
): Promise<void> {
	await tx`
		update business_sectors set suspended_for = ${paper}, suspended_at = ${paper && now}
		where business_id = ${businessId} and sector_id = ${sectorId}`;
}
