import { daysAhead, dueNotice, paperStandings, ranOut } from '$lib/domain/businesses/papers.ts';
import type { PaperStanding } from '$lib/domain/businesses/schema.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { certificateStandings, type CertificateStanding } from '$lib/domain/businesses/certificates.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { settleListings, settleShelves } from '$lib/server/listings/shelves.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { settleCertificates } from './certificates.ts';
import {
	findWaiting,
	insertCertificateNotice,
	insertNotice,
	listConfirmed,
	listToWatch,
	listUnexplained,
	type ConfirmedRow
} from './paper-queries.ts';
import { lockBusinessAndOwner, updateSuspended, type BusinessRow } from './queries.ts';

const system = 'system:papers';
const atOnce = 200;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * TG-12, TG-6.3: tells owners of papers and of certificates of goods that end or have ended, each thing once, closes the
 * sectors whose required paper has run out and hides the goods whose required certificate has; what needs it no more is
 * opened or shown again. Each business in a transaction of its own, so it may be stopped
 * anywhere, run again and run twice. One that fails holds back no other; the first failure is thrown at the end. Returns
 * how many notices were written and how many sectors and goods moved.
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
	const unexplained = await listUnexplained(ctx.tx, id);
	if (unexplained.length > 0) await settleListings(ctx, unexplained);
	const sectors = await settleSectors(ctx, business, confirmed, pack);
	const { goods, moved } = await settleCertificates(ctx, business, confirmed, pack);
	let told = 0;
	const onSale = goods.filter(({ state }) => isPublic(state));
	for (const standing of certificateStandings(pack, onSale, day)) {
		const days = dueNotice(standing, pack.businesses.warnDays);
		if (days !== null && (await tellOfCertificate(ctx, business, standing, days, pack))) told += 1;
	}
	for (const standing of paperStandings(pack, confirmed, await findWaiting(ctx.tx, id), day)) {
		const days = dueNotice(standing, pack.businesses.warnDays);
		if (days !== null && (await tell(ctx, business, standing, days, pack))) told += 1;
	}
	return { told, moved: moved + sectors };
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

async function tellOfCertificate(
	ctx: WriteContext,
	business: BusinessRow,
	{ type, number, expiresOn, left, goods, hides }: CertificateStanding,
	days: number,
	pack: RulePack
): Promise<boolean> {
	const [first] = goods;
	const notice = { businessId: business.id, certificate: type, number, expiresOn, days, now: ctx.now };
	if (first === undefined || !(await insertCertificateNotice(ctx.tx, notice))) return false;
	const certificate = pack.certificateTypes.find((one) => one.id === type)?.name ?? type;
	const common = { certificate, number, day: inLetters(expiresOn), goods: inOneLine(goods), hides };
	const to = { accountId: business.accountId };
	const subject = `business:${business.id}`;
	if (days === 0) await queueMessage(ctx, { to, template: 'certificate_expired', params: common, subject });
	else
		await queueMessage(ctx, {
			to,
			template: 'certificate_expiring',
			params: { ...common, days: left },
			subject
		});
	const kind = days === 0 ? 'certificate_expired' : 'certificate_expiring';
	await notify(ctx, business.accountId, kind, first.id, {
		code: common.day,
		title: `${certificate}: ${common.goods}`
	});
	await audit(ctx, {
		action: days === 0 ? 'certificate.expired' : 'certificate.warned',
		subject,
		clause: 'TG-6.3',
		data: { certificate: type, expiresOn, days, goods: goods.map(({ id }) => id) }
	});
	return true;
}

/** Titles beside each other; a letter names the first few. */
function inOneLine(goods: CertificateStanding['goods']): string {
	const named = goods.slice(0, 3).map(({ title }) => title);
	return [...named, ...(goods.length > named.length ? ['…'] : [])].join(', ');
}

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
