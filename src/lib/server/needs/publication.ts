import type { Tx } from '$lib/server/db/pool.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { publishNeeds } from './projections.ts';
import {
	findNeedVersion,
	lockNeeds,
	updateApproved,
	updateReturned,
	type NeedRow,
	type NeedVersion
} from './queries.ts';

/** Whoever acts: a need is its buyer's alone, so that everybody else holds it as the exchange. */
const system = 'needs';

/** Holds a need for a decision; null when there is none. */
export async function holdNeed(ctx: WriteContext, id: string): Promise<NeedRow | null> {
	const [row] = await asSystem(ctx, system, (tx) => lockNeeds(tx, [id]));
	return row ?? null;
}

/** The frozen content of a submission. Throws when there is none: a case always has one. */
export async function needVersionOf(tx: Tx, id: string, rev: number): Promise<NeedVersion> {
	const version = await findNeedVersion(tx, id, rev);
	if (!version) throw new Error(`need ${id} has no version ${rev}`);
	return version;
}

/** TG-15.1: puts a need on the board. The caller holds it. */
export async function approveNeed(ctx: WriteContext, need: NeedRow, agencyId: string): Promise<void> {
	await asSystem(ctx, system, (tx) => updateApproved(tx, { id: need.id, agencyId, now: ctx.now }));
	await publishNeeds(ctx, [need.id]);
}

/** Gives a need back to its buyer. The caller holds it. */
export async function returnNeed(ctx: WriteContext, need: NeedRow): Promise<void> {
	await asSystem(ctx, system, (tx) => updateReturned(tx, need.id, ctx.now));
	await publishNeeds(ctx, [need.id]);
}
