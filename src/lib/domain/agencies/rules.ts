import type { Agency, RulePack, Sector } from './schema.ts';

/** Whether an entry of the pack is in force on `day`; the last day counts. */
export const inForce = (entry: { effectiveFrom: string; effectiveTo: string | null }, day: string): boolean =>
	entry.effectiveFrom <= day && (entry.effectiveTo === null || day <= entry.effectiveTo);

/** The agency that acts for `agencyId` on `day`: itself, or whoever took its work over (LAW-reform-2025). */
export function actingAgency(pack: RulePack, agencyId: string, day: string): Agency | null {
	const seen = new Set<string>();
	let next: string | null = agencyId;
	while (next !== null && !seen.has(next)) {
		seen.add(next);
		const agency: Agency | undefined = pack.agencies.find((a) => a.id === next);
		if (!agency) return null;
		if (inForce(agency, day)) return agency;
		next = agency.successorId;
	}
	return null;
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

/** The term in force on the day of receipt. A pack without one is a fault, not somebody's mistake. */
export function deadlineOn(pack: RulePack, kind: 'listing', day: string): RulePack['deadlines'][number] {
	const deadline = pack.deadlines.find((d) => d.kind === kind && inForce(d, day));
	if (!deadline) throw new Error(`rule pack ${pack.id} has no deadline for ${kind} on ${day}`);
	return deadline;
}
