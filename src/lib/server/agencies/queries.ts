import type { AgencyChange, RecordedChange } from '$lib/domain/agencies/changes.ts';
import type { Absence } from '$lib/domain/agencies/duty.ts';
import type { Agency, Category, Sector, Ward } from '$lib/domain/agencies/schema.ts';
import type { ReferenceChange } from '$lib/domain/reference/changes.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** The key changes with the pack's text and with every change since, so that an old one is never served from memory. */
export async function findPackKey(db: Queryable): Promise<{ id: string; key: string } | null> {
	const [row] = await db<{ id: string; key: string }[]>`
		select p.id, md5(p.pack::text || coalesce((
			select string_agg(c.id::text || (c.withdrawn_at is null), ',' order by c.seq)
			from agency_changes c where c.pack_id = p.id), '') || coalesce((
			select string_agg(c.id::text || (c.withdrawn_at is null), ',' order by c.seq)
			from reference_changes c where c.pack_id = p.id), '')) as key
		from exchange e join rule_packs p on p.id = e.pack_id`;
	return row ?? null;
}

/** The pack as it was loaded, and the changes that stand, in the order they were entered. */
type FoundPack = { pack: unknown; agencies: AgencyChange[]; reference: ReferenceChange[] };
export async function findPack(db: Queryable, id: string): Promise<FoundPack | null> {
	const [row] = await db<FoundPack[]>`
		select pack, coalesce((
			select jsonb_agg(c.change order by c.seq) from agency_changes c
			where c.pack_id = p.id and c.withdrawn_at is null), '[]') as agencies, coalesce((
			select jsonb_agg(c.change order by c.seq) from reference_changes c
			where c.pack_id = p.id and c.withdrawn_at is null), '[]') as reference
		from rule_packs p where p.id = ${id}`;
	return row ?? null;
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

/** Whoever changes an agency holds every sector: submissions and decisions wait, or are waited for. */
export async function lockSectors(tx: Tx): Promise<void> {
	await tx`select id from sectors order by id for update`;
}

/** Brings the table that rows refer to in line with the pack and its changes. */
export async function upsertAgencies(tx: Tx, agencies: readonly Agency[]): Promise<void> {
	const rows = agencies.map((agency) => ({ ...agency, formerNames: agency.formerNames ?? [] }));
	await tx`
		insert into agencies (id, name, kind, successor_id, effective_from, effective_to, former_names)
		select id, name, kind, "successorId", "effectiveFrom", "effectiveTo", "formerNames"
		from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as a (id text, name text, kind text,
			"successorId" text, "effectiveFrom" date, "effectiveTo" date, "formerNames" jsonb)
		on conflict (id) do update set name = excluded.name, kind = excluded.kind, successor_id = excluded.successor_id,
			effective_from = excluded.effective_from, effective_to = excluded.effective_to,
			former_names = excluded.former_names`;
}

/** The same for categories: one that ended stays for the goods that name it. */
export async function upsertCategories(tx: Tx, categories: readonly Category[]): Promise<void> {
	await tx`
		insert into categories (id, name, sector_id)
		select id, name, "sectorId"
		from jsonb_to_recordset(${JSON.stringify(categories)}::text::jsonb) as c (id text, name text, "sectorId" text)
		on conflict (id) do update set name = excluded.name, sector_id = excluded.sector_id`;
}

/** The same for who answers for which sector on which day. */
export async function replaceSectorAgencies(tx: Tx, sectors: readonly Sector[]): Promise<void> {
	await tx`delete from sector_agencies`;
	await tx`
		insert into sector_agencies (sector_id, agency_id, effective_from, effective_to)
		select id, "agencyId", "effectiveFrom", "effectiveTo"
		from jsonb_to_recordset(${JSON.stringify(sectors)}::text::jsonb) as s (id text, "agencyId" text,
			"effectiveFrom" date, "effectiveTo" date)`;
}

export async function insertChange(
	tx: Tx,
	row: {
		id: string;
		packId: string;
		change: AgencyChange;
		reason: string;
		decision: string;
		madeAt: string;
		madeBy: string;
		madeByName: string;
	}
): Promise<void> {
	await tx`
		insert into agency_changes (id, pack_id, agency_id, kind, effective_on, change, reason, decision, made_at,
			made_by, made_by_name)
		values (${row.id}, ${row.packId}, ${row.change.agencyId}, ${row.change.kind}, ${row.change.on},
			${JSON.stringify(row.change)}::text::jsonb, ${row.reason}, ${row.decision}, ${row.madeAt}, ${row.madeBy},
			${row.madeByName})`;
}

/** Every change of the pack in force, oldest first. */
export async function listChanges(db: Queryable): Promise<RecordedChange[]> {
	return db<RecordedChange[]>`
		select c.id, c.change, c.reason, c.decision, c.made_at as "madeAt", c.made_by_name as "madeByName",
			c.withdrawn_at as "withdrawnAt"
		from agency_changes c join exchange e on e.pack_id = c.pack_id order by c.seq`;
}

export async function updateWithdrawn(tx: Tx, id: string, by: string, at: string): Promise<void> {
	await tx`update agency_changes set withdrawn_at = ${at}, withdrawn_by = ${by} where id = ${id}`;
}

/** Renamings, mergers and moved sectors whose day has come and of which nobody was told yet; each is given out once. */
export async function takeUntoldChanges(
	tx: Tx,
	now: string
): Promise<{ id: string; change: AgencyChange }[]> {
	return tx<{ id: string; change: AgencyChange }[]>`
		update agency_changes c set told_at = ${now}
		from exchange e
		where e.pack_id = c.pack_id and c.told_at is null and c.withdrawn_at is null
			and c.kind in ('renamed', 'merged', 'sector_moved') and c.effective_on <= vietnam_day(${now})
		returning c.id, c.change`;
}

/** A person who holds a post in an agency at an instant, with the name the public may see. */
export type OfficerRow = { accountId: string; name: string; role: 'officer' | 'lead' };

/** Whoever holds a post there now, or in an agency whose work it took over. */
export async function listOfficers(db: Queryable, agencyId: string, now: string): Promise<OfficerRow[]> {
	return db<OfficerRow[]>`
		select distinct on (p.account_id) p.account_id as "accountId", p.public_name as name, p.role
		from posts p join accounts a on a.id = p.account_id
		where p.agency_id = any(acts_for(acting_agency(${agencyId}, ${now}), ${now}))
			and p.role in ('officer', 'lead') and a.state = 'active'
			and p.valid_from <= ${now} and (p.valid_to is null or p.valid_to > ${now})
		order by p.account_id, p.role, p.valid_from`;
}

/** An agency, and which sectors of a case belong to it. */
export type CasePlace = { readonly agencyId: string; readonly sectors: readonly string[] };

/** Whom an open case belongs to at an instant, with what of it; first the part that stays where it is. */
export async function listCasePlaces(
	db: Queryable,
	of: { readonly sectors: readonly string[]; readonly agencyId: string },
	now: string
): Promise<CasePlace[]> {
	return db<CasePlace[]>`
		select agency_id as "agencyId", sectors from case_places(${[...of.sectors]}::text[], ${of.agencyId}, ${now})`;
}

/** Null for an agency nobody knows. */
export async function findActing(db: Queryable, agencyId: string, now: string): Promise<string | null> {
	const [row] = await db<{ id: string | null }[]>`select acting_agency(${agencyId}, ${now}) as id`;
	return row?.id ?? null;
}

/** Absences of an agency that touch `now`'s day. */
export async function listAbsencesOn(db: Queryable, agencyId: string, now: string): Promise<Absence[]> {
	return db<Absence[]>`
		select account_id as "accountId", substitute_id as "substituteId", away_from as "from", away_to as "to"
		from post_absences
		where agency_id = any(acts_for(acting_agency(${agencyId}, ${now}), ${now})) and ended_at is null
			and away_from <= vietnam_day(${now}) and away_to >= vietnam_day(${now})
		order by made_at, id`;
}

export type AbsenceRow = Absence & { readonly id: string; readonly agencyId: string };

/** Absences of an agency that are not over yet. */
export async function listAbsences(db: Queryable, agencyId: string, now: string): Promise<AbsenceRow[]> {
	return db<AbsenceRow[]>`
		select id, agency_id as "agencyId", account_id as "accountId", substitute_id as "substituteId",
			away_from as "from", away_to as "to"
		from post_absences
		where agency_id = any(acts_for(acting_agency(${agencyId}, ${now}), ${now})) and ended_at is null
			and away_to >= vietnam_day(${now})
		order by away_from, id`;
}

export async function insertAbsence(
	tx: Tx,
	row: AbsenceRow & { readonly madeAt: string; readonly madeBy: string }
): Promise<void> {
	await tx`
		insert into post_absences (id, agency_id, account_id, substitute_id, away_from, away_to, made_at, made_by)
		values (${row.id}, ${row.agencyId}, ${row.accountId}, ${row.substituteId}, ${row.from}, ${row.to},
			${row.madeAt}, ${row.madeBy})`;
}

export async function lockAbsence(tx: Tx, id: string): Promise<AbsenceRow | null> {
	const [row] = await tx<AbsenceRow[]>`
		select id, agency_id as "agencyId", account_id as "accountId", substitute_id as "substituteId",
			away_from as "from", away_to as "to"
		from post_absences where id = ${id} and ended_at is null for update`;
	return row ?? null;
}

export async function endAbsenceRow(tx: Tx, id: string, at: string): Promise<void> {
	await tx`update post_absences set ended_at = ${at} where id = ${id}`;
}

export type AgencyFigures = { agencyId: string; openCases: number; officers: number };

/** Open cases and people with a post, by the agency that acts for them now. */
export async function listFigures(db: Queryable, now: string): Promise<AgencyFigures[]> {
	return db<AgencyFigures[]>`
		select a.id as "agencyId",
			(select count(*)::int from cases c
				where c.state = 'open' and c.agency_id = any(acts_for(a.id, ${now}))) as "openCases",
			(select count(distinct p.account_id)::int from posts p
				where p.agency_id = any(acts_for(a.id, ${now})) and p.valid_from <= ${now}
					and (p.valid_to is null or p.valid_to > ${now})) as officers
		from agencies a`;
}
