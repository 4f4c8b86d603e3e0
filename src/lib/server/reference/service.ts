import { canEditReference, type Actor } from '$lib/domain/accounts/permissions.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { inForce } from '$lib/domain/agencies/rules.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	canWithdrawReference,
	checkReferenceChange,
	effectiveOn,
	subjectOf,
	type RecordedReferenceChange,
	type ReferenceChangeInput
} from '$lib/domain/reference/changes.ts';
import { mostUses, type ListName } from '$lib/domain/reference/lists.ts';
import {
	currentPack,
	loadedPack,
	lockSectors,
	publishReference,
	refreshCategories
} from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Queryable, Sql } from '$lib/server/db/pool.ts';
import { newId, write, type WriteContext } from '$lib/server/sync/write.ts';
import {
	countUses,
	insertReferenceChange,
	listReferenceChanges,
	updateReferenceWithdrawn
} from './queries.ts';

/** TG-3.4a: what the screens of lists and settings show. */
export type ReferenceView = {
	readonly lists: Pick<RulePack, ListName>;
	/** In force today. */
	readonly sectors: readonly { readonly id: string; readonly name: string }[];
	readonly deadlines: RulePack['deadlines'];
	/** From today on. */
	readonly calendar: RulePack['calendar'];
	readonly assignment: RulePack['assignment'];
	readonly texts: RulePack['texts'];
	/** Newest first. */
	readonly changes: readonly RecordedReferenceChange[];
};

export async function referenceView(db: Queryable, now: string): Promise<ReferenceView> {
	const pack = await currentPack(db);
	const today = vietnamDay(now);
	const { categories, units, paymentMethods, shippingMethods, certificateTypes, returnReasons } = pack;
	return {
		lists: { categories, units, paymentMethods, shippingMethods, certificateTypes, returnReasons },
		sectors: pack.sectors.filter((sector) => inForce(sector, today)).map(({ id, name }) => ({ id, name })),
		deadlines: pack.deadlines,
		calendar: {
			off: pack.calendar.off.filter(({ day }) => day >= today),
			workingSaturdays: pack.calendar.workingSaturdays.filter((day) => day >= today)
		},
		assignment: pack.assignment,
		texts: pack.texts,
		changes: (await listReferenceChanges(db)).reverse()
	};
}

/** How many goods on sale name this entry, at most `mostUses`. */
export const usesOf = (db: Queryable, list: ListName, itemId: string): Promise<number> =>
	countUses(db, list, itemId, mostUses);

/**
 * TG-3.4a: records a change of a list or a setting and tells every device. Nothing written before changes with it. Refusals
 * `not_allowed`, and those of `checkReferenceChange`.
 */
export async function recordReferenceChange(
	db: Sql,
	actor: Actor,
	input: ReferenceChangeInput,
	now: string
): Promise<Result<{ id: string }>> {
	if (!canEditReference(actor)) return no('not_allowed', { clause: 'TG-3.4a' });
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<{ id: string }>> => {
		await lockSectors(ctx.tx);
		const pack = await currentPack(ctx.tx);
		const today = vietnamDay(now);
		const { change, reason, decision } = input;
		const checked = checkReferenceChange(pack, input, today);
		if (!checked.ok) return checked;
		const id = newId();
		const subject = subjectOf(change);
		const from = effectiveOn(change, today);
		await insertReferenceChange(ctx.tx, {
			id,
			packId: pack.id,
			subject,
			change,
			effectiveOn: from,
			reason,
			decision,
			madeAt: now,
			madeBy: actor.id,
			madeByName: actor.name
		});
		await tellEverybody(ctx, {
			action: `reference.${change.kind}`,
			subject: `reference:${subject}`,
			data: { change: id, on: from }
		});
		return ok({ id });
	});
}

/** Takes a planned change back; one whose day has come stays. Refusals as `canWithdrawReference`. */
export async function withdrawReferenceChange(
	db: Sql,
	actor: Actor,
	changeId: string,
	now: string
): Promise<Result<void>> {
	if (!canEditReference(actor)) return no('not_allowed', { clause: 'TG-3.4a' });
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<void>> => {
		await lockSectors(ctx.tx);
		const changes = await listReferenceChanges(ctx.tx);
		const allowed = canWithdrawReference(await loadedPack(ctx.tx), changes, changeId, vietnamDay(now));
		if (!allowed.ok) return allowed;
		await updateReferenceWithdrawn(ctx.tx, changeId, actor.id, now);
		await tellEverybody(ctx, {
			action: 'reference.change_withdrawn',
			subject: 'reference:pack',
			data: { change: changeId }
		});
		return ok(undefined);
	});
}

async function tellEverybody(
	ctx: WriteContext,
	line: { action: string; subject: string; data: Readonly<Record<string, string>> }
): Promise<void> {
	await refreshCategories(ctx.tx);
	await audit(ctx, { ...line, clause: 'TG-3.4a' });
	await publishReference(ctx);
}
