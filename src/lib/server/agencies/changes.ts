import { canManageAgencies, type Actor } from '$lib/domain/accounts/permissions.ts';
import {
	canWithdraw,
	checkChange,
	type AgencyChange,
	type AgencyChangeInput
} from '$lib/domain/agencies/changes.ts';
import { agencyNameOn } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { newId, write, type WriteContext } from '$lib/server/sync/write.ts';
import { currentPack, loadedPack, refreshAgencies } from './pack.ts';
import {
	insertChange,
	listChanges,
	listOfficers,
	lockSectors,
	takeUntoldChanges,
	updateWithdrawn
} from './queries.ts';
import { actingNow, publishReference } from './service.ts';

/** CT-5.2 for whom to turn to, LAW-reform-2025 for what becomes of an agency. */
const clauseOf = (change: AgencyChange): string =>
	change.kind === 'focal_point' || change.kind === 'contact'
		? 'CT-5.2'
		: change.kind === 'sector_moved'
			? 'TG-3.2'
			: 'LAW-reform-2025';

/**
 * Records what becomes of an agency from a day on. Nothing else is rewritten: whoever asks for a day gets what holds on
 * it, and open cases are moved when the day has come (`settleAgencies`). Waits for the submissions and decisions under way.
 */
export async function recordAgencyChange(
	db: Sql,
	actor: Actor,
	input: AgencyChangeInput,
	now: string
): Promise<Result<{ id: string }>> {
	if (!canManageAgencies(actor)) return no('not_allowed', { clause: 'TG-3.4' });
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<{ id: string }>> => {
		await lockSectors(ctx.tx);
		const pack = await currentPack(ctx.tx);
		const { change } = input;
		const checked = checkChange(pack, change, vietnamDay(now));
		if (!checked.ok) return checked;
		const id = newId();
		await insertChange(ctx.tx, {
			id,
			packId: pack.id,
			change,
			reason: input.reason,
			decision: input.decision,
			madeAt: now,
			madeBy: actor.id,
			madeByName: actor.name
		});
		await refreshAgencies(ctx.tx);
		await audit(ctx, {
			action: `agency.${change.kind}`,
			subject: `agency:${change.agencyId}`,
			clause: clauseOf(change),
			data: {
				change: id,
				on: change.on,
				successor: change.kind === 'merged' ? change.successorId : null,
				...(change.kind === 'sector_moved' && { sector: change.sectorId, to: change.toAgencyId })
			}
		});
		await publishReference(ctx);
		return ok({ id });
	});
}

/** Takes a planned change back; one whose day has come stays. */
export async function withdrawAgencyChange(
	db: Sql,
	actor: Actor,
	changeId: string,
	now: string
): Promise<Result<void>> {
	if (!canManageAgencies(actor)) return no('not_allowed', { clause: 'TG-3.4' });
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		await lockSectors(ctx.tx);
		const changes = await listChanges(ctx.tx);
		const allowed = canWithdraw(changes, changeId, await loadedPack(ctx.tx), vietnamDay(now));
		if (!allowed.ok) return allowed;
		await updateWithdrawn(ctx.tx, changeId, actor.id, now);
		await refreshAgencies(ctx.tx);
		await audit(ctx, {
			action: 'agency.change_withdrawn',
			subject: `agency:${changes.find((one) => one.id === changeId)?.change.agencyId ?? ''}`,
			clause: 'LAW-reform-2025',
			data: { change: changeId }
		});
		await publishReference(ctx);
		return ok(undefined);
	});
}

/** LAW-reform-2025: tells the people of a unit, once, on the day its new name or its merger has come. */
export const tellOfAgencyChanges = (db: Sql, now: string): Promise<number> =>
	write(db, { actorId: 'system:agencies', now }, async (ctx) => {
		const due = await takeUntoldChanges(ctx.tx, now);
		if (due.length === 0) return 0;
		const pack = await currentPack(ctx.tx);
		for (const { id, change } of due) {
			if (change.kind === 'sector_moved') {
				await tellOfSector(ctx, pack, id, change);
				continue;
			}
			const acting = await actingNow(ctx.tx, change.agencyId, now);
			const before = agencyNameOn(pack, change.agencyId, addDays(change.on, -1));
			const agencies = `${before} → ${agencyNameOn(pack, acting, vietnamDay(now))}`;
			for (const { accountId } of await listOfficers(ctx.tx, acting, now))
				await notify(ctx, accountId, 'agency_changed', id, { agencies });
		}
		return due.length;
	});

/** Both units hear of it: the one whose cases have gone, and the one that has them now. */
async function tellOfSector(
	ctx: WriteContext,
	pack: RulePack,
	id: string,
	change: Extract<AgencyChange, { kind: 'sector_moved' }>
): Promise<void> {
	const { now } = ctx;
	const [from, to] = [
		await actingNow(ctx.tx, change.agencyId, now),
		await actingNow(ctx.tx, change.toAgencyId, now)
	];
	const sector = pack.sectors.find((one) => one.id === change.sectorId)?.name ?? change.sectorId;
	const named = (agencyId: string) => agencyNameOn(pack, agencyId, vietnamDay(now));
	const agencies = `${sector}: ${named(from)} → ${named(to)}`;
	const people = [...(await listOfficers(ctx.tx, from, now)), ...(await listOfficers(ctx.tx, to, now))];
	for (const accountId of new Set(people.map((one) => one.accountId)))
		await notify(ctx, accountId, 'agency_changed', id, { agencies });
}
