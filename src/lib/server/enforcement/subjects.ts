import { routeOf } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { MeasureSubject } from '$lib/domain/enforcement/rights.ts';
import type { EnforcementRules, TargetRef } from '$lib/domain/enforcement/schema.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { loadEnforcement } from '$lib/server/rulepacks/load.ts';
import { findProfileName, findSubject, listAgenciesOf } from './queries.ts';

/** Whom and what a measure is about, as it is now. */
export type Subject = MeasureSubject & {
	readonly target: TargetRef;
	readonly businessId: string | null;
	readonly listingId: string | null;
	readonly name: string;
	readonly sellerName: string;
};

export type Rules = { readonly pack: RulePack; readonly rules: EnforcementRules };

export async function rulesInForce(tx: Tx): Promise<Rules> {
	const pack = await currentPack(tx);
	return { pack, rules: loadEnforcement(pack.id) };
}

const staffRoles = new Set(['officer', 'lead', 'board', 'agency', 'supervisor', 'administrator', 'operator']);

/**
 * Who a target belongs to and which agencies manage it (TG-9.2): of goods the department of their sector, of a business all
 * that ever had something of it, of an account those of its business, or the main department. Reads a sealed name, so the
 * transaction acts as the system.
 */
export async function subjectOf(
	tx: Tx,
	target: TargetRef,
	{ pack, rules }: Rules,
	now: string
): Promise<Subject | null> {
	const row = await findSubject(tx, target);
	if (!row) return null;
	const { accountId, businessId, listingId } = row;
	const route = row.categoryId === null ? null : routeOf(pack, row.categoryId, vietnamDay(now));
	const known = businessId === null ? [] : await listAgenciesOf(tx, businessId, listingId);
	const managing = new Set([...(route ? [route.agency.id] : []), ...known]);
	if (managing.size === 0) managing.add(rules.accountsAgencyId);
	return {
		target,
		accountId,
		businessId,
		listingId,
		agencyIds: [...managing],
		isStaff: row.hasPost || row.roles.some((role) => staffRoles.has(role)),
		name: row.name ?? (await nameOf(tx, accountId)),
		sellerName: row.sellerName ?? ''
	};
}

async function nameOf(tx: Tx, accountId: string): Promise<string> {
	const sealed = await findProfileName(tx, accountId);
	const [name] = sealed === null ? [null] : await unseal(tx, [sealed]);
	return name ?? '';
}
