import { inForce } from '../kernel/effective.ts';
import { addDays } from '../calendar/working-days.ts';
import type { CaseKind } from '../moderation/states.ts';
import type { Agency, FocalPoint, RulePack, Sector } from './schema.ts';

export { inForce };

type WithAgencies = Pick<RulePack, 'agencies'>;

const agencyOf = (pack: WithAgencies, id: string): Agency | undefined =>
	pack.agencies.find((agency) => agency.id === id);

/** The agency that acts for `agencyId` on `day`: itself, or whoever took its work over (LAW-reform-2025). */
export function actingAgency(pack: WithAgencies, agencyId: string, day: string): Agency | null {
	const seen = new Set<string>();
	let next: string | null = agencyId;
	while (next !== null && !seen.has(next)) {
		seen.add(next);
		const agency = agencyOf(pack, next);
		if (!agency) return null;
		if (inForce(agency, day)) return agency;
		// Whoever has not begun yet has no heirs to ask.
		next = day < agency.effectiveFrom ? null : agency.successorId;
	}
	return null;
}

/** What an agency was called on `day`, in full and in short. */
export function namesOn(agency: Agency, day: string): { name: string; shortName: string } {
	const former = [...(agency.formerNames ?? [])].sort((a, b) => (a.until < b.until ? -1 : 1));
	return former.find((one) => day <= one.until) ?? agency;
}

/** LAW-reform-2025: the name of an agency on the day something happened; an unknown id stands for itself. */
export function agencyNameOn(pack: WithAgencies | null, agencyId: string, day: string): string {
	const agency = pack && agencyOf(pack, agencyId);
	return agency ? namesOn(agency, day).name : agencyId;
}

/** CT-5.2: whom to turn to on `day`; null when the agency has named nobody. */
export const focalPointOn = (agency: Agency, day: string): FocalPoint | null =>
	agency.focalPoints?.find((point) => inForce(point, day)) ?? null;

/** An agency as people meet it on one day. */
export type DirectoryEntry = {
	readonly id: string;
	readonly name: string;
	readonly shortName: string;
	readonly address: string;
	readonly phone: string;
	readonly email: string;
	readonly duties: readonly { readonly text: string; readonly clause: string }[];
	readonly focalPoint: FocalPoint | null;
	/** Names of those whose work it took over, and its own before, newest first, each with its last day. */
	readonly before: readonly { readonly name: string; readonly until: string }[];
};

/** The directory of `day` in the order of the pack: every agency in force, with what came before it. */
export function directoryOn(pack: WithAgencies, day: string): DirectoryEntry[] {
	return pack.agencies
		.filter((agency) => inForce(agency, day))
		.map((agency) => ({
			id: agency.id,
			...pickNames(agency, day),
			address: agency.address,
			phone: agency.phone,
			email: agency.email,
			duties: agency.duties ?? [],
			focalPoint: focalPointOn(agency, day),
			before: pastOf(pack, agency, day)
		}));
}

function pickNames(agency: Agency, day: string): { name: string; shortName: string } {
	const { name, shortName } = namesOn(agency, day);
	return { name, shortName };
}

function pastOf(pack: WithAgencies, agency: Agency, day: string): { name: string; until: string }[] {
	const own = (agency.formerNames ?? []).filter((one) => one.until < day);
	const taken = pack.agencies.flatMap((other) =>
		other.id !== agency.id && other.effectiveTo !== null && other.effectiveTo < day
			? actingAgency(pack, other.id, day)?.id === agency.id
				? [{ name: namesOn(other, other.effectiveTo).name, until: other.effectiveTo }]
				: []
			: []
	);
	return [...own.map(({ name, until }) => ({ name, until })), ...taken].sort((a, b) =>
		a.until < b.until ? 1 : -1
	);
}

/** TG-3.2: the sector of a category and the department that moderates it on `day`; null when nobody does. */
export function routeOf(
	pack: RulePack,
	categoryId: string,
	day: string
): { sector: Sector; agency: Agency } | null {
	const category = pack.categories.find((c) => c.id === categoryId);
	const sector = pack.sectors.find((s) => s.id === category?.sectorId && inForce(s, day));
	if (!sector) return null;
	const agency = actingAgency(pack, sector.agencyId, day);
	return agency && { sector, agency };
}

/** The days on which something about the agencies or sectors begins or has just ended, in order. */
export function turningDays(pack: Pick<RulePack, 'agencies' | 'sectors'>): string[] {
	const days = [...pack.agencies, ...pack.sectors].flatMap(({ effectiveFrom, effectiveTo }) => [
		effectiveFrom,
		...(effectiveTo === null ? [] : [addDays(effectiveTo, 1)])
	]);
	return [...new Set(days)].sort();
}

/** What is wrong with the agencies of a pack, in words for whoever maintains it; empty when they are sound. */
export function agencyFaults(pack: Pick<RulePack, 'agencies' | 'sectors'>): string[] {
	const faults: string[] = [];
	for (const { id, effectiveFrom, effectiveTo, successorId, ...agency } of pack.agencies) {
		if (effectiveTo !== null && effectiveTo < effectiveFrom)
			faults.push(`agency ${id}: ends before it begins`);
		if (successorId !== null && !agencyOf(pack, successorId))
			faults.push(`agency ${id}: unknown successor ${successorId}`);
		if (successorId !== null && effectiveTo === null)
			faults.push(`agency ${id}: has a successor and no last day`);
		if (successorId !== null && effectiveTo !== null && !actingAgency(pack, id, addDays(effectiveTo, 1)))
			faults.push(`agency ${id}: nobody takes over on the day after ${effectiveTo}`);
		const until = (agency.formerNames ?? []).map((one) => one.until);
		if (new Set(until).size !== until.length) faults.push(`agency ${id}: two names of one day`);
		const points = [...(agency.focalPoints ?? [])].sort((a, b) =>
			a.effectiveFrom < b.effectiveFrom ? -1 : 1
		);
		points.forEach((point, at) => {
			const next = points[at + 1];
			if (next && (point.effectiveTo === null || next.effectiveFrom <= point.effectiveTo))
				faults.push(`agency ${id}: two focal points on ${next.effectiveFrom}`);
		});
	}
	for (const day of turningDays(pack))
		for (const sector of pack.sectors)
			if (inForce(sector, day) && !actingAgency(pack, sector.agencyId, day))
				faults.push(`sector ${sector.id}: nobody answers for it on ${day}`);
	return faults;
}

/** Of these sectors, the ones this department answers for on `day`. */
export const sectorsOf = (
	pack: RulePack,
	sectors: readonly string[],
	agencyId: string,
	day: string
): string[] =>
	pack.sectors
		.filter(
			(one) =>
				sectors.includes(one.id) &&
				inForce(one, day) &&
				actingAgency(pack, one.agencyId, day)?.id === agencyId
		)
		.map((one) => one.id);

/** The term in force on the day of receipt. A pack without one is a fault, not somebody's mistake. */
export function deadlineOn(pack: RulePack, kind: CaseKind, day: string): RulePack['deadlines'][number] {
	const deadline = pack.deadlines.find((d) => d.kind === kind && inForce(d, day));
	if (!deadline) throw new Error(`rule pack ${pack.id} has no deadline for ${kind} on ${day}`);
	return deadline;
}
