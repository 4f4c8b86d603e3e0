import { officesOf, type Actor } from '$lib/domain/accounts/permissions.ts';
import type { Audience } from '$lib/sync/protocol/collections.ts';

/** Every audience this person belongs to now, in a fixed order; nobody signed in sees what is public (sync 8). */
export function audiencesOf(actor: Actor | null): Audience[] {
	if (!actor) return ['public'];
	return [
		'public',
		`user:${actor.id}`,
		...officesOf(actor)
			.sort()
			.map((id): Audience => `agency:${id}`),
		...[...actor.roles].sort().map((role): Audience => `role:${role}`)
	];
}
