import { canSeeAllUnits, leads, may, officesOf, type Actor } from '$lib/domain/accounts/permissions.ts';
import { actingAgency, agencyNameOn } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';

type Choice = { readonly value: string; readonly label: string };

/** TG-3.4: the units whose decided cases this person may read: own posts, for an administrator every one. */
export function officeAgencies(actor: Actor | null, pack: RulePack | null, day: string): Choice[] {
	if (actor === null) return [];
	const own = officesOf(actor);
	// Only units that handle a sector ever have cases.
	const all =
		pack && may(actor, 'case.see', {})
			? pack.sectors.flatMap(({ agencyId }) => actingAgency(pack, agencyId, day)?.id ?? [])
			: [];
	return [...new Set([...own, ...all])].map((id) => ({ value: id, label: agencyNameOn(pack, id, day) }));
}

/** TG-20.3: figures of people are for the lead of the unit and the administrator. */
export const maySeeOverview = (actor: Actor | null): boolean =>
	actor !== null && (canSeeAllUnits(actor) || actor.posts.some((post) => leads(actor, post.agencyId)));
