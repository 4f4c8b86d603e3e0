import { may, mayAtAll, type Subject } from '$lib/domain/accounts/permissions.ts';
import { permissionsOf, type Right } from '$lib/server/rights.ts';
import type { Asker } from './everybody.ts';

/** What the table of rights says: `subject` null = no thing was named, so that only the guard is asked. */
export function isExpected(asker: Asker, right: Right, subject: Subject | null): boolean {
	const permissions = permissionsOf(right);
	if (permissions === null) return true;
	const { actor } = asker;
	if (actor === null) return false;
	return permissions.some((permission) =>
		subject === null ? mayAtAll(actor, permission) : may(actor, permission, subject)
	);
}

/** The codes that say "this is not yours": whoever is not entitled is never told more. */
export const denials: readonly string[] = ['not_allowed', 'not_found'];
