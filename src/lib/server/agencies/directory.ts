import type { AgencyChange, RecordedChange } from '$lib/domain/agencies/changes.ts';
import {
	actingAgency,
	directoryOn,
	focalPointOn,
	inForce,
	namesOn,
	type DirectoryEntry
} from '$lib/domain/agencies/rules.ts';
import type { Agency, FocalPoint } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { Queryable } from '$lib/server/db/pool.ts';
import { currentPack } from './pack.ts';
import {
	listAbsences,
	listChanges,
	listFigures,
	listOfficers,
	type AbsenceRow,
	type OfficerRow
} from './queries.ts';

export type AgencyLine = {
	readonly id: string;
	readonly name: string;
	readonly kind: Agency['kind'];
	/** `planned` = begins later; `ended` carries who took over. */
	readonly state: 'acting' | 'planned' | 'ended';
	readonly effectiveFrom: string;
	readonly effectiveTo: string | null;
	readonly successorName: string | null;
	readonly focalPoint: FocalPoint | null;
	readonly openCases: number;
	readonly officers: number;
	/** The next change that is planned, by its day. */
	readonly next: { readonly kind: RecordedChange['change']['kind']; readonly on: string } | null;
};

/** A sector that moves is in the history of both. */
const isAbout = (change: AgencyChange, agencyId: string): boolean =>
	change.agencyId === agencyId || (change.kind === 'sector_moved' && change.toAgencyId === agencyId);

/** Every agency of the pack as an administrator sees it today: those in force, those to come, those that ended. */
export async function agencyList(db: Queryable, now: string): Promise<AgencyLine[]> {
	const pack = await currentPack(db);
	const day = vietnamDay(now);
	const figures = new Map((await listFigures(db, now)).map((row) => [row.agencyId, row]));
	const changes = await listChanges(db);
	return pack.agencies.map((agency) => lineOf(agency));

	function lineOf(agency: Agency): AgencyLine {
		const ended = agency.effectiveTo !== null && agency.effectiveTo < day;
		const heir = agency.effectiveTo === null ? null : actingAgency(pack, agency.successorId ?? '', day);
		const [next] = changes
			.filter((one) => isAbout(one.change, agency.id) && !one.withdrawnAt && one.change.on > day)
			.map(({ change }) => ({ kind: change.kind, on: change.on }))
			.sort((a, b) => (a.on < b.on ? -1 : 1));
		return {
			id: agency.id,
			name: namesOn(agency, day).name,
			kind: agency.kind,
			state: inForce(agency, day) ? 'acting' : ended ? 'ended' : 'planned',
			effectiveFrom: agency.effectiveFrom,
			effectiveTo: agency.effectiveTo,
			successorName: heir && namesOn(heir, day).name,
			focalPoint: focalPointOn(agency, day),
			openCases: ended ? 0 : (figures.get(agency.id)?.openCases ?? 0),
			officers: ended ? 0 : (figures.get(agency.id)?.officers ?? 0),
			next: next ?? null
		};
	}
}

export type AgencyDetail = {
	readonly line: AgencyLine;
	readonly address: string;
	readonly phone: string;
	readonly email: string;
	readonly before: DirectoryEntry['before'];
	/** Sectors it answers for today. */
	readonly sectors: readonly { readonly id: string; readonly name: string }[];
	/** Of every sector, also those that have gone. */
	readonly sectorNames: Readonly<Record<string, string>>;
	/** Newest first. */
	readonly changes: readonly RecordedChange[];
	readonly officers: readonly OfficerRow[];
	readonly absences: readonly AbsenceRow[];
};

/** One agency with its history; null when the pack has none of this id. */
export async function agencyDetail(
	db: Queryable,
	agencyId: string,
	now: string
): Promise<AgencyDetail | null> {
	const pack = await currentPack(db);
	const day = vietnamDay(now);
	const agency = pack.agencies.find((one) => one.id === agencyId);
	const line = (await agencyList(db, now)).find((one) => one.id === agencyId);
	if (!agency || !line) return null;
	const ended = line.state === 'ended';
	return {
		line,
		address: agency.address,
		phone: agency.phone,
		email: agency.email,
		before: directoryOn(pack, day).find((one) => one.id === agencyId)?.before ?? [],
		sectors: pack.sectors
			.filter((sector) => inForce(sector, day) && actingAgency(pack, sector.agencyId, day)?.id === agencyId)
			.map(({ id, name }) => ({ id, name })),
		sectorNames: Object.fromEntries(pack.sectors.map(({ id, name }) => [id, name])),
		changes: (await listChanges(db)).filter((one) => isAbout(one.change, agencyId)).reverse(),
		officers: ended ? [] : await listOfficers(db, agencyId, now),
		absences: ended ? [] : await listAbsences(db, agencyId, now)
	};
}
