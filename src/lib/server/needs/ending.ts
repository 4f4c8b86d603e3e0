import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { hasEnded, nextNeedState } from '$lib/domain/needs/rules.ts';
import type { NeedEvent } from '$lib/domain/needs/states.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { cancelCases } from '$lib/server/moderation/cases.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import { updateOffersOver } from './offer-queries.ts';
import { publishNeeds } from './projections.ts';
import { listPastNeeds, lockNeeds, lockNeedsAround, updateOver, type NeedRow } from './queries.ts';

/**
 * Takes needs off the board, with what was offered for them and the case that was open. The caller holds them. Who did it
 * stands as an id alone: a buyer is named nowhere. Returns those it concerned.
 */
export async function finishNeeds(
	ctx: WriteContext,
	needs: readonly NeedRow[],
	event: Extract<NeedEvent, 'close' | 'end'>,
	byId: string | null
): Promise<NeedRow[]> {
	const finished = needs.filter(({ state }) => nextNeedState(state, event).ok);
	if (finished.length === 0) return [];
	const ids = finished.map(({ id }) => id);
	const offers = await asSystem(ctx, 'needs', async (tx) => {
		await updateOver(tx, ids, event === 'close' ? 'closed' : 'ended', ctx.now);
		return updateOffersOver(tx, ids, ctx.now);
	});
	for (const { id, state } of finished)
		await audit(ctx, {
			action: event === 'close' ? 'need.closed' : 'need.ended',
			subject: `need:${id}`,
			clause: 'TG-10.3a',
			data: { from: state }
		});
	await cancelCases(ctx, ids, { id: byId, name: '' });
	await publishNeeds(
		ctx,
		ids,
		offers.map(({ id }) => id)
	);
	return finished;
}

/**
 * TG-9.2, TG-16.5: closes all that a member looks for, within the transaction that locks or closes the account. The caller
 * holds the account. Nothing of it comes back when a lock ends: it would be an old question.
 */
export async function closeNeedsOf(
	ctx: WriteContext,
	accountId: string,
	byId: string | null
): Promise<number> {
	const held = await asSystem(ctx, 'needs', (tx) => lockNeedsAround(tx, accountId));
	const own = held.filter(({ buyerId }) => buyerId === accountId);
	return (await finishNeeds(ctx, own, 'close', byId)).length;
}

const system = 'system:needs';
const atOnce = 200;

/**
 * TG-10.3a: takes needs off the board whose last day has passed, and tells who looked for it. Each in a transaction of its
 * own, so it may be stopped anywhere, run again and run twice. One that fails holds back no other; the first failure is
 * thrown at the end. Returns how many have ended.
 */
export async function endPastNeeds(db: Sql, now: string): Promise<number> {
	const failures: unknown[] = [];
	let ended = 0;
	for (let after: { until: string; id: string } | null = null; ;) {
		const page: { until: string; id: string }[] = await transaction(db, system, (tx) =>
			listPastNeeds(tx, vietnamDay(now), after, atOnce)
		);
		for (const { id } of page)
			try {
				ended += await write(db, { actorId: system, now }, (ctx) => endNeed(ctx, id));
			} catch (error) {
				failures.push(error);
			}
		after = page.at(-1) ?? null;
		if (page.length < atOnce) break;
	}
	if (failures.length > 0)
		throw new Error(`${failures.length} needs could not be ended`, { cause: failures[0] });
	return ended;
}

async function endNeed(ctx: WriteContext, id: string): Promise<number> {
	const held = await lockNeeds(ctx.tx, [id]);
	const past = held.filter((need) => hasEnded(need, vietnamDay(ctx.now)));
	const finished = await finishNeeds(ctx, past, 'end', null);
	for (const { buyerId, content } of finished)
		await notify(ctx, buyerId, 'need_ended', id, { title: content.title });
	return finished.length;
}
