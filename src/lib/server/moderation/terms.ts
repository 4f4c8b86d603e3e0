import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { countWorkingDays, type CountedTerm } from '$lib/domain/calendar/working-days.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { holdListing, publishListing } from '$lib/server/listings/publication.ts';
import { publishNeeds } from '$lib/server/needs/projections.ts';
import { holdNeed } from '$lib/server/needs/publication.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { projectCase } from './projections.ts';
import { insertCaseEvent, lockCase } from './queries.ts';
import { listRunningTerms, updateTerm, type TermRow } from './term-queries.ts';

/**
 * TG-10.2b: counts the terms that still run by the calendar as it is now, after a day off was added or taken back. As many
 * working days as before, from the same receipt; what is overdue stays so. Each in a transaction of its own; safe to run in
 * several processes and again; one that cannot be counted holds back no other. Returns how many have changed. Throws when
 * all were tried and some could not be.
 */
export async function recountTerms(db: Sql, now: string): Promise<number> {
	const pack = await currentPack(db);
	const changed = (await listRunningTerms(db, now)).filter((row) => differs(row, termOf(row, pack)));
	const failures: unknown[] = [];
	for (const row of changed)
		await write(db, { actorId: 'system:calendar', now }, (ctx) => recount(ctx, row, termOf(row, pack))).catch(
			(error: unknown) => failures.push(error)
		);
	if (failures.length > 0)
		throw new AggregateError(failures, `${failures.length} terms could not be counted`);
	return changed.length;
}

const termOf = ({ receivedAt, countedDays }: TermRow, { calendar }: RulePack): CountedTerm =>
	countWorkingDays({ from: receivedAt, workingDays: countedDays.length, calendar });

const differs = (row: TermRow, term: CountedTerm): boolean =>
	row.lastDay !== term.lastDay ||
	row.skippedDays.map(({ day, reason }) => `${day} ${reason}`).join() !==
		term.skipped.map(({ day, reason }) => `${day} ${reason}`).join();

/** Goods and needs are held before their case, as a decision does. */
async function recount(ctx: WriteContext, row: TermRow, term: CountedTerm): Promise<void> {
	if (row.listingId !== null) await holdListing(ctx.tx, row.listingId);
	if (row.needId !== null) await holdNeed(ctx, row.needId);
	const held = await lockCase(ctx.tx, row.id);
	if (held?.state !== 'open' || Date.parse(held.dueAt) <= Date.parse(ctx.now)) return;
	await updateTerm(ctx.tx, row.id, term);
	// Other words for a day that does not count change nothing that has to be answered for.
	if (row.lastDay !== term.lastDay) await noteMove(ctx, row, term);
	await publish(ctx, 'cases', row.id, projectCase);
	if (row.listingId !== null) await publishListing(ctx, row.listingId);
	if (row.needId !== null) await publishNeeds(ctx, [row.needId]);
}

async function noteMove(ctx: WriteContext, row: TermRow, term: CountedTerm): Promise<void> {
	const data = { from: row.lastDay, to: term.lastDay };
	const event = { caseId: row.id, at: ctx.now, actor: ctx.actorId };
	await insertCaseEvent(ctx.tx, { ...event, kind: 'recounted', data });
	await audit(ctx, { action: 'case.recounted', subject: `case:${row.id}`, clause: 'TG-10.2b', data });
}
