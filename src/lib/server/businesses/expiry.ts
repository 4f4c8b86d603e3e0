import { daysAhead, dueNotice, paperStandings, ranOut } from '$lib/domain/businesses/papers.ts';
import type { PaperStanding } from '$lib/domain/businesses/schema.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { settleShelves } from '$lib/server/listings/shelves.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { findWaiting, insertNotice, listConfirmed, listToWatch, type ConfirmedRow } from './paper-queries.ts';
import { lockBusinessAndOwner, updateSuspended, type BusinessRow } from './queries.ts';

const system = 'system:papers';
const atOnce = 200;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * TG-12: tells owners of papers that end or have ended, each thing once, and closes the sectors whose required paper has run
 * out; a sector that needs it no more is opened again. Each business in a transaction of its own, so it may be stopped
 * anywhere, run again and run twice. One that fails holds back no other; the first failure is thrown at the end. Returns
 * how many notices were written and how many sectors closed or opened.
 */
export async function watchPapers(db: Sql, now: string): Promise<{ told: number; moved: number }> {
	const done = { told: 0, moved: 0 };
	const failures: unknown[] = [];
	const pack = await currentPack(db);
	const lastDay = addDays(vietnamDay(now), daysAhead(pack));
	for (let after = beforeAll; ;) {
		const page = await transaction(db, system, (tx) => listToWatch(tx, { lastDay, after, limit: atOnce }));
		for (const id of page)
			try {
				const one = await write(db, { actorId: system, now }, (ctx) => watchOne(ctx, id, pack));
				done.told += one.told;
				done.moved += one.moved;
			} catch (error) {
				failures.push(error);
			}
		const last = page.at(-1);
		if (last === undefined || page.length < atOnce) break;
		after = last;
	}
	if (failures.length > 0)
		throw new Error(`${failures.length} businesses could not be looked at`, { cause: failures[0] });
	return done;
}

async function watchOne(
	ctx: WriteContext,
	id: string,
	pack: RulePack
): Promise<{ told: number; moved: number }> {
	const business = await lockBusinessAndOwner(ctx.tx, id);
	if (!business) return { told: 0, moved: 0 };
	const day = vietnamDay(ctx.now);
	const confirmed = await listConfirmed(ctx.tx, [id]);
	const moved = await settleSectors(ctx, business, confirmed, pack);
	let told = 0;
	for (const standing of paperStandings(pack, confirmed, await findWaiting(ctx.tx, id), day)) {
		const days = dueNotice(standing, pack.businesses.warnDays);
		if (days !== null && (await tell(ctx, business, standing, days, pack))) told += 1;
	}
	return { told, moved };
}

/** What is for sale there leaves the public in this transaction, or comes back. */
async function settleSectors(
	ctx: WriteContext,
	{ id }: BusinessRow,
	confirmed: readonly ConfirmedRow[],
	pack: RulePack
): Promise<number> {
	const changed: string[] = [];
	for (const { sectorId, suspendedFor, content } of confirmed) {
		const paper = ranOut(pack, content, sectorId, vietnamDay(ctx.now));
		if (paper === suspendedFor) continue;
		await updateSuspended(ctx.tx, id, sectorId, paper, ctx.now);
		await audit(ctx, {
			action: paper === null ? 'sector.reopened' : 'sector.suspended',
			subject: `business:${id}`,
			clause: 'TG-12',
			data: { sector: sectorId, ...(paper !== null && { paper }) }
		});
		changed.push(sectorId);
	}
	if (changed.length > 0) await settleShelves(ctx, id, changed);
	return changed.length;
}

/** The day as it is written in a letter: 23/11/2026. */
const inLetters = (day: string): string => day.split('-').reverse().join('/');

async function tell(
	ctx: WriteContext,
	business: BusinessRow,
	{ type, expiresOn, left, sectors }: PaperStanding,
	days: number,
	pack: RulePack
): Promise<boolean> {
	if (!(await insertNotice(ctx.tx, { businessId: business.id, paper: type, expiresOn, days, now: ctx.now })))
		return false;
	const paper = pack.businesses.papers.find((one) => one.id === type)?.name ?? type;
	const common = {
		paper,
		business: business.name,
		day: inLetters(expiresOn),
		sectors: pack.sectors
			.filter(({ id }) => sectors.includes(id))
			.map(({ name }) => name)
			.join(', ')
	};
	const to = { accountId: business.accountId };
	const subject = `business:${business.id}`;
	if (days === 0) await queueMessage(ctx, { to, template: 'paper_expired', params: common, subject });
	else
		await queueMessage(ctx, { to, template: 'paper_expiring', params: { ...common, days: left }, subject });
	await notify(ctx, business.accountId, days === 0 ? 'paper_expired' : 'paper_expiring', business.id, {
		code: common.day,
		title: paper
	});
	await audit(ctx, {
		action: days === 0 ? 'paper.expired' : 'paper.warned',
		subject,
		clause: 'TG-12',
		data: { paper: type, expiresOn, days }
	});
	return true;
}
