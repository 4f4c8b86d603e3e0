import { casePlacesNow, currentPack, officeOf, type CasePlace } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { madeBy, write, type WriteContext } from '$lib/server/sync/write.ts';
import { recordBreach } from './cases.ts';
import { projectCase } from './projections.ts';
import {
	insertCaseEvent,
	insertPart,
	listDecidedElsewhere,
	listHeldIn,
	listMisplaced,
	lockCase,
	nextCaseCode,
	updateAgency,
	updateAssignee,
	updateSectors,
	type CaseRow
} from './queries.ts';

/**
 * LAW-reform-2025, TG-3.2: brings an open case to whoever answers for its sectors or does its agency's work now, with its
 * officer when that one works there. Where its sectors have gone different ways, what goes elsewhere becomes a case of its own
 * there. Terms stay as they were; what passed before counts against the unit that let it pass. Done once, by whoever comes
 * first: the job, or a decision of the same minute. The caller holds the case. Returns the case as it is now.
 */
export async function moveIfDue(ctx: WriteContext, held: CaseRow): Promise<CaseRow> {
	if (held.state !== 'open') return held;
	const [{ agencyId, sectors }, ...parts] = await casePlacesNow(ctx.tx, held, ctx.now);
	if (agencyId === held.agencyId && parts.length === 0) return held;
	await recordBreach(ctx, held);
	for (const part of parts) await splitOff(ctx, held, part);
	const whole = parts.length === 0 ? held : await keep(ctx, held, sectors);
	const moved = agencyId === held.agencyId ? whole : await moveTo(ctx, whole, agencyId);
	await publish(ctx, 'cases', held.id, projectCase);
	return moved;
}

async function moveTo(ctx: WriteContext, held: CaseRow, agencyId: string): Promise<CaseRow> {
	const stays =
		held.assigneeId !== null && (await officeOf(ctx.tx, held.assigneeId, agencyId, ctx.now)) !== null;
	const assigneeId = stays ? held.assigneeId : null;
	await updateAgency(ctx.tx, held.id, { agencyId, assigneeId, at: ctx.now });
	await insertCaseEvent(ctx.tx, {
		caseId: held.id,
		at: ctx.now,
		actor: ctx.actorId,
		kind: 'moved',
		data: { from: held.agencyId, to: agencyId }
	});
	if (!stays && held.assigneeId !== null) await noteRelease(ctx, held, 'moved');
	await audit(ctx, {
		action: 'case.moved',
		subject: `case:${held.id}`,
		clause: 'LAW-reform-2025',
		data: { from: held.agencyId, to: agencyId, assignee: assigneeId }
	});
	return { ...held, agencyId, assigneeId, rev: held.rev + 1 };
}

async function keep(ctx: WriteContext, held: CaseRow, sectors: readonly string[]): Promise<CaseRow> {
	await updateSectors(ctx.tx, held.id, sectors);
	return { ...held, sectors: [...sectors], rev: held.rev + 1 };
}

async function splitOff(ctx: WriteContext, held: CaseRow, part: CasePlace): Promise<void> {
	const { agencyId, sectors } = part;
	const id = madeBy(ctx, `part of ${held.id} at ${agencyId}`);
	const code = await nextCaseCode(ctx.tx, (await currentPack(ctx.tx)).codePrefix);
	await insertPart(ctx.tx, { id, code, of: held.id, agencyId, sectors, at: ctx.now });
	const event = { caseId: id, at: ctx.now, actor: ctx.actorId };
	await insertCaseEvent(ctx.tx, { ...event, kind: 'opened', data: { agencyId: held.agencyId } });
	await insertCaseEvent(ctx.tx, { ...event, kind: 'moved', data: { from: held.agencyId, to: agencyId } });
	await audit(ctx, {
		action: 'case.split',
		subject: `case:${held.id}`,
		clause: 'TG-3.2',
		data: { part: id, from: held.agencyId, to: agencyId, sectors }
	});
	await publish(ctx, 'cases', id, projectCase);
}

const noteRelease = (ctx: WriteContext, held: CaseRow, reason: string): Promise<void> =>
	insertCaseEvent(ctx.tx, {
		caseId: held.id,
		at: ctx.now,
		actor: ctx.actorId,
		kind: 'reassigned',
		data: { from: held.assigneeId, to: null, reason }
	});

/** Gives a case back to the whole unit when its officer holds no post there any more. The caller holds the case. */
async function releaseIfLeft(ctx: WriteContext, held: CaseRow): Promise<void> {
	if (held.state !== 'open' || held.assigneeId === null) return;
	if (await officeOf(ctx.tx, held.assigneeId, held.agencyId, ctx.now)) return;
	await updateAssignee(ctx.tx, held.id, null);
	await noteRelease(ctx, held, 'post_ended');
	await audit(ctx, {
		action: 'case.released',
		subject: `case:${held.id}`,
		clause: 'TG-3.2',
		data: { from: held.assigneeId, agency: held.agencyId }
	});
	await publish(ctx, 'cases', held.id, projectCase);
}

/** TG-3.2: an officer has left the unit: what he or she held is the unit's from the same transaction on. */
export async function releaseCasesOf(ctx: WriteContext, accountId: string, agencyId: string): Promise<void> {
	for (const { id } of await listHeldIn(ctx.tx, accountId, agencyId, ctx.now)) {
		const held = await lockCase(ctx.tx, id);
		if (held) await releaseIfLeft(ctx, held);
	}
}

const atOnce = 200;

/**
 * Puts every open case where it belongs today, and shows decided ones to whoever took the work over. Each in a
 * transaction of its own; safe to run in several processes and again. One that fails holds back no other, and the first
 * failure is thrown at the end. Returns how many it looked at.
 */
export async function settleCases(db: Sql, now: string): Promise<number> {
	const tried = new Set<string>();
	const failures: unknown[] = [];
	const by = { actorId: 'system:agencies', now };
	const settle = (id: string) =>
		write(db, by, async (ctx) => {
			const held = await lockCase(ctx.tx, id);
			if (held) await releaseIfLeft(ctx, await moveIfDue(ctx, held));
		}).catch((error: unknown) => void failures.push(error));
	for (;;) {
		// Some may stay where they are, and would fill every page.
		const misplaced = await listMisplaced(db, now, atOnce + tried.size);
		const fresh = misplaced.filter(({ id }) => !tried.has(id));
		for (const { id } of fresh) {
			tried.add(id);
			await settle(id);
		}
		if (fresh.length < atOnce) break;
	}
	const elsewhere = await listDecidedElsewhere(db, now, 2_000);
	for (const { id } of elsewhere)
		await write(db, by, (ctx) => publish(ctx, 'cases', id, projectCase)).catch(
			(error: unknown) => void failures.push(error)
		);
	const settled = tried.size + elsewhere.length;
	if (failures.length === 0) return settled;
	throw new Error(`${failures.length} of ${settled} cases could not be settled`, { cause: failures[0] });
}
