import { z } from 'zod';
import { addDays } from '../calendar/working-days.ts';
import { id, instant, requiredText, text } from '../kernel/fields.ts';
import { no, ok, type Result } from '../kernel/refusal.ts';
import { actingAgency, agencyFaults, inForce, namesOn } from './rules.ts';
import { agencyKinds, type Agency, type RulePack, type Sector } from './schema.ts';

/** Departments open, are renamed, merge, and name focal points, each from a day on. The pack's own file never changes. */
const agencyId = z.string().regex(/^[a-z0-9-]{2,40}$/);
const from = { on: z.iso.date() };
const names = { name: requiredText(160), shortName: requiredText(60) };
const office = { phone: requiredText(40), email: z.email() };

export const agencyChangeSchema = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('opened'),
		agencyId,
		...from,
		...names,
		agencyKind: z.enum(agencyKinds),
		address: requiredText(200),
		...office
	}),
	z.strictObject({ kind: z.literal('renamed'), agencyId, ...from, ...names }),
	z.strictObject({ kind: z.literal('merged'), agencyId, ...from, successorId: agencyId }),
	z.strictObject({ kind: z.literal('contact'), agencyId, ...from, address: requiredText(200), ...office }),
	/** TG-3.2: another department answers for a sector from a day on, and neither of them ends. */
	z.strictObject({
		kind: z.literal('sector_moved'),
		/** Who answered for it until then. */
		agencyId,
		...from,
		sectorId: agencyId,
		toAgencyId: agencyId
	}),
	/** CT-5.2, BP-9.3: the contact is the office's, so it may be published. */
	z.strictObject({ kind: z.literal('focal_point'), agencyId, ...from, name: requiredText(120), ...office })
]);
export type AgencyChange = z.output<typeof agencyChangeSchema>;

/** What an administrator asks for: the change, with why and by which decision. */
export const agencyChangeInput = z.strictObject({
	change: agencyChangeSchema,
	reason: requiredText(500),
	/** Number and date of the decision it rests on, when there is one. */
	decision: text(120)
});
export type AgencyChangeInput = z.output<typeof agencyChangeInput>;

/** A change as it stands on record. */
export const recordedChange = z.strictObject({
	id,
	change: agencyChangeSchema,
	reason: z.string(),
	decision: z.string(),
	madeAt: instant,
	madeByName: z.string(),
	/** Taken back before its day came. */
	withdrawnAt: instant.nullable()
});
export type RecordedChange = z.output<typeof recordedChange>;

/** The pack with what administrators have changed since, past and planned; in the order of the days it takes effect. */
export function withChanges(pack: RulePack, changes: readonly AgencyChange[]): RulePack {
	if (changes.length === 0) return pack;
	const inOrder = changes
		.map((change, at) => ({ change, at }))
		.sort((a, b) => (a.change.on === b.change.on ? a.at - b.at : a.change.on < b.change.on ? -1 : 1));
	const agencies = inOrder.reduce<readonly Agency[]>(
		(all, { change }) =>
			change.kind === 'sector_moved'
				? all
				: change.kind === 'opened'
					? [...all, openedBy(change)]
					: all.map((agency) => (agency.id === change.agencyId ? changed(agency, change) : agency)),
		pack.agencies
	);
	const sectors = inOrder.reduce<readonly Sector[]>(
		(all, { change }) =>
			change.kind === 'sector_moved' ? all.flatMap((sector) => moved(sector, change)) : all,
		pack.sectors
	);
	return { ...pack, agencies: [...agencies], sectors: [...sectors] };
}

type SectorMoved = Extract<AgencyChange, { kind: 'sector_moved' }>;

/** The sector to the day before under whom it was, and from the day on under whom it goes to. */
function moved(sector: Sector, change: SectorMoved): Sector[] {
	if (sector.id !== change.sectorId || !inForce(sector, change.on)) return [sector];
	const after = { ...sector, agencyId: change.toAgencyId, effectiveFrom: change.on };
	return sector.effectiveFrom === change.on
		? [after]
		: [{ ...sector, effectiveTo: addDays(change.on, -1) }, after];
}

function openedBy(change: Extract<AgencyChange, { kind: 'opened' }>): Agency {
	const { agencyId: newId, agencyKind, on, name, shortName, address, phone, email } = change;
	return {
		id: newId,
		name,
		shortName,
		kind: agencyKind,
		address,
		phone,
		email,
		successorId: null,
		effectiveFrom: on,
		effectiveTo: null
	};
}

function changed(agency: Agency, change: Exclude<AgencyChange, { kind: 'opened' | 'sector_moved' }>): Agency {
	const lastDay = addDays(change.on, -1);
	switch (change.kind) {
		case 'renamed': {
			const former = { name: agency.name, shortName: agency.shortName, until: lastDay };
			// A second name from the same day corrects the first: nobody was ever called that.
			const before = (agency.formerNames ?? []).filter((one) => one.until < lastDay);
			const kept = (agency.formerNames ?? []).find((one) => one.until === lastDay) ?? former;
			return { ...agency, name: change.name, shortName: change.shortName, formerNames: [...before, kept] };
		}
		case 'merged':
			return { ...agency, successorId: change.successorId, effectiveTo: lastDay };
		case 'contact':
			return { ...agency, address: change.address, phone: change.phone, email: change.email };
		case 'focal_point': {
			const before = (agency.focalPoints ?? [])
				.filter((point) => point.effectiveFrom < change.on)
				.map((point) => (inForce(point, change.on) ? { ...point, effectiveTo: lastDay } : point));
			const { name, phone, email, on } = change;
			return {
				...agency,
				focalPoints: [...before, { name, phone, email, effectiveFrom: on, effectiveTo: null }]
			};
		}
	}
}

/**
 * Whether `change` may be recorded on `today`: never for a day that is over, only for an agency that is there on its
 * day, and never so that a sector or an ended agency is left without anybody. `pack` holds all earlier changes.
 * A refusal names the field: `past`, `taken`, `not_there`, `same`, `planned`, `nobody_left`.
 */
export function checkChange(pack: RulePack, change: AgencyChange, today: string): Result<void> {
	const bad = (field: string, why: string) => no('invalid_input', { fields: { [field]: why } });
	if (change.on < today) return bad('on', 'past');
	const agency = pack.agencies.find((one) => one.id === change.agencyId);
	if (change.kind === 'opened') {
		if (agency) return bad('agencyId', 'taken');
	} else if (!agency || !inForce(agency, change.on)) return bad('agencyId', 'not_there');
	if (change.kind === 'opened' || change.kind === 'renamed') {
		const taken = pack.agencies.some(
			(one) => inForce(one, change.on) && namesOn(one, change.on).name === change.name
		);
		if (taken) return bad('name', 'taken');
		// A name that is on record for a later day would come back the wrong way round.
		if (agency?.formerNames?.some((one) => one.until >= change.on)) return bad('on', 'not_there');
	}
	if (change.kind === 'merged') {
		if (change.successorId === change.agencyId) return bad('successorId', 'same');
		// One end is enough: a planned one is taken back before another is entered.
		if (agency?.effectiveTo !== null) return bad('agencyId', 'not_there');
		const heir = pack.agencies.find((one) => one.id === change.successorId);
		if (!heir || !inForce(heir, change.on)) return bad('successorId', 'not_there');
	}
	if (change.kind === 'sector_moved') {
		if (change.toAgencyId === change.agencyId) return bad('toAgencyId', 'same');
		const to = pack.agencies.find((one) => one.id === change.toAgencyId);
		if (!to || !inForce(to, change.on)) return bad('toAgencyId', 'not_there');
		const rows = pack.sectors.filter((one) => one.id === change.sectorId);
		const held = rows.find((one) => inForce(one, change.on));
		if (!held || actingAgency(pack, held.agencyId, change.on)?.id !== change.agencyId)
			return bad('sectorId', 'not_there');
		// What is on record for a later day is taken back before something earlier is entered.
		if (rows.some((one) => one.effectiveFrom > change.on)) return bad('sectorId', 'planned');
	}
	const after = withChanges(pack, [change]);
	const known = new Set(agencyFaults(pack));
	if (agencyFaults(after).some((fault) => !known.has(fault)))
		return bad(change.kind === 'merged' ? 'successorId' : 'on', 'nobody_left');
	return ok(undefined);
}

/** A change can be taken back until its day has come, and only the latest of its agency. */
export function canWithdraw(
	changes: readonly RecordedChange[],
	changeId: string,
	pack: RulePack,
	today: string
): Result<void> {
	const standing = changes.filter((one) => one.withdrawnAt === null);
	const found = standing.find((one) => one.id === changeId);
	if (!found) return no('not_found');
	if (found.change.on <= today) return no('invalid_input', { fields: { on: 'past' } });
	const left = standing.filter((one) => one.id !== changeId).map((one) => one.change);
	const { change } = found;
	const later = left.some(
		(one) =>
			change.kind === 'sector_moved' &&
			one.kind === 'sector_moved' &&
			one.sectorId === change.sectorId &&
			one.on > change.on
	);
	if (later) return no('invalid_input', { fields: { sectorId: 'planned' } });
	const after = withChanges(pack, left);
	const sound = new Set(
		agencyFaults(
			withChanges(
				pack,
				standing.map((one) => one.change)
			)
		)
	);
	if (agencyFaults(after).some((fault) => !sound.has(fault)))
		return no('invalid_input', { fields: { agencyId: 'nobody_left' } });
	const heirs = after.agencies.every(
		(agency) =>
			agency.effectiveTo === null ||
			agency.successorId === null ||
			actingAgency(after, agency.id, addDays(agency.effectiveTo, 1)) !== null
	);
	return heirs ? ok(undefined) : no('invalid_input', { fields: { agencyId: 'nobody_left' } });
}
