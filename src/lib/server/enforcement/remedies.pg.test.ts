import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, type Exchange, type Person } from '../../../../tests/world/exchange.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { deliverDue } from '$lib/server/messages/deliver.ts';
import { smtpTransport } from '$lib/server/messages/mail.ts';
import { serveMail } from '$lib/server/messages/testing/smtp.ts';
import { write } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { insertFile } from './file-queries.ts';
import { findTargets } from './find.ts';
import { requestRemedy } from './remedies.ts';
import {
	anhminh,
	bacsau,
	batu,
	chihanh,
	chilan,
	chuba,
	coyen,
	enforcing,
	ofAccount,
	ofBusiness,
	ofGoods,
	quantri
} from './test-world.ts';
import { measureDetail, measuresOfAgency, ownMeasures } from './views.ts';

let exchange: Exchange;
let world: ReturnType<typeof enforcing>;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
	world = enforcing(exchange);
});
afterAll(() => exchange.close());

const soon = () => new Date().toISOString();
const monday = '2026-11-16T02:00:00.000Z';
const asks = (person: Person, measureId: string, now = soon(), files: string[] = []) =>
	requestRemedy(exchange.db, person.id, { measureId, text: 'Đã gỡ hàng, gửi biên bản', files }, now);

async function caseOf(measureId: string) {
	const [row] = await exchange.db<
		{ id: string; state: string; agency: string; lastDay: string; round: number }[]
	>`
		select id, state, agency_id as agency, last_day as "lastDay", round from cases
		where kind = 'reconfirmation' and subject_id = ${measureId} order by received_at desc limit 1`;
	if (!row) throw new Error('no request');
	return row;
}

async function decides(
	person: Person,
	measureId: string,
	decision: 'approve' | 'return' | 'refuse',
	at: { now?: string } = {}
) {
	const common = { caseId: (await caseOf(measureId)).id, listingRev: 1, note: 'Thiếu biên bản tiêu hủy' };
	const input: CommandInput<'case.decide'> =
		decision === 'approve' ? { ...common, decision } : { ...common, decision, reasonCodes: ['ly-do-khac'] };
	return exchange.does(person, { name: 'case.decide', input }, at);
}

test('TG-9.3a, TG-9.3b lock, remedy, returned once, sent again, approved: everything is back and the person is told', async () => {
	const goods = await exchange.sells(batu, { title: 'Cá lóc đồng' });
	const id = await world.locks(anhminh, ofBusiness(batu), {}, monday);
	const file = randomUUID();
	await write(exchange.db, { actorId: batu.id, now: monday }, (ctx) =>
		insertFile(ctx.tx, {
			id: file,
			uploadedBy: batu.id,
			sha256: createHash('sha256').update('biên bản').digest('hex'),
			thumbKey: 't',
			detailKey: 'd',
			now: monday
		})
	);
	expect(await asks(batu, id, monday, [file])).toMatchObject({ ok: true, value: { lastDay: '2026-11-19' } });
	const first = await caseOf(id);
	expect(first).toMatchObject({ agency: 'so-nnmt', state: 'open', round: 1 });
	const doc = await exchange.feed('agency:so-nnmt', 'cases', first.id);
	expect(doc).toMatchObject({
		kind: 'reconfirmation',
		title: expect.stringContaining('Nguyễn Thị Tư'),
		measure: { step: 'suspend', takenByName: 'Lê Quang Minh' },
		files: [{ thumb: `/api/enforcement/evidence/${file}/thumb` }]
	});
	expect(JSON.stringify(doc)).not.toContain('Đã gỡ hàng');
	expect(await asks(batu, id, monday)).toMatchObject({ refusal: { code: 'already_decided' } });

	expect((await decides(chihanh, id, 'return', { now: '2026-11-17T02:00:00.000Z' })).ok).toBe(true);
	await world.expectPublic(goods, false);
	expect(await exchange.messagesTo(batu)).toContainEqual(
		expect.objectContaining({
			template: 'remedy_refused',
			params: expect.objectContaining({ reason: expect.stringContaining('Thiếu biên bản tiêu hủy') })
		})
	);
	const [own] = await ownMeasures(exchange.db, batu.id);
	expect(own).toMatchObject({
		canRemedy: true,
		remedy: { state: 'returned', answer: 'Thiếu biên bản tiêu hủy' }
	});

	expect((await asks(batu, id, '2026-11-18T02:00:00.000Z')).ok).toBe(true);
	expect(await caseOf(id)).toMatchObject({ state: 'open', round: 2, lastDay: '2026-11-23' });
	expect((await decides(chihanh, id, 'approve')).ok).toBe(true);
	expect(await world.stateOf(id)).toBe('lifted');
	await world.expectPublic(goods, true);
	expect(await exchange.messagesTo(batu)).toContainEqual(
		expect.objectContaining({ template: 'measure_ended' })
	);
	expect(await caseOf(id)).toMatchObject({ state: 'approved' });
	expect(await asks(batu, id)).toMatchObject({ refusal: { code: 'illegal_transition' } });
});

test('TG-9.3a only the person asks, only the managing agency decides, and not the officer who is locked', async () => {
	const goods = await exchange.sells(chuba, { title: 'Tôm càng xanh' });
	const id = await world.locks(anhminh, ofGoods(goods));
	expect(await asks(batu, id)).toMatchObject({ refusal: { code: 'not_found' } });
	expect((await asks(chuba, id)).ok).toBe(true);
	for (const person of [coyen, chilan, chuba])
		expect(await decides(person, id, 'approve')).toMatchObject({ refusal: { code: 'not_found' } });
	expect((await decides(anhminh, id, 'approve')).ok).toBe(true);
	await world.expectPublic(goods, true);
});

test('LAW-tmdt-notice put right before the date: the notice is withdrawn and nobody is ever locked', async () => {
	const goods = await exchange.sells(chuba, { title: 'Nấm rơm' });
	const id = await world.locks(anhminh, ofBusiness(chuba), { groundId: 'thong-tin-sai' }, monday);
	expect((await asks(chuba, id, monday)).ok).toBe(true);
	expect((await decides(chihanh, id, 'approve', { now: '2026-11-17T02:00:00.000Z' })).ok).toBe(true);
	expect(await world.stateOf(id)).toBe('withdrawn');
	await world.expectPublic(goods, true);
});

test('TG-9.3a a lift beside a decision: one of them ends it, and the request is closed once', async () => {
	const goods = await exchange.sells(batu, { title: 'Rau muống' });
	for (let round = 0; round < 3; round++) {
		const id = await world.locks(anhminh, ofGoods(goods));
		await asks(batu, id);
		const both = await Promise.all([world.lifts(bacsau, id), decides(chihanh, id, 'approve')]);
		expect(both.filter((done) => done.ok)).toHaveLength(1);
		expect(await world.stateOf(id)).toBe('lifted');
		expect((await caseOf(id)).state).toMatch(/approved|cancelled/);
		const ended = await exchange.db`
			select id from audit_log where subject = ${`measure:${id}`} and action = 'measure.lifted'`;
		expect(ended).toHaveLength(1);
		await world.expectPublic(goods, true);
	}
});

test('TG-9.3a a locked account that sells nothing: the request goes to the main department, without a name in its title', async () => {
	const id = await world.locks(quantri, ofAccount(chilan), {
		agencyId: 'so-cong-thuong',
		groundId: 'tin-rac'
	});
	expect((await asks(chilan, id)).ok).toBe(true);
	const request = await caseOf(id);
	expect(request.agency).toBe('so-cong-thuong');
	expect(JSON.stringify(await exchange.feed('agency:so-cong-thuong', 'cases', request.id))).not.toContain(
		'Ngọc Lan'
	);
	expect((await decides(coyen, id, 'approve')).ok).toBe(true);
	expect(await world.accountState(chilan)).toBe('active');
});

test('TG-9.2 officers see their agency’s measures, the evidence, and that they looked is on record', async () => {
	const goods = await exchange.sells(chuba, { title: 'Bánh pía' });
	const id = await world.locks(anhminh, ofGoods(goods));
	await asks(chuba, id);
	const officer = await exchange.actorNow(chihanh, soon());
	const list = async (show: 'active' | 'remedies' | 'notices') => {
		const page = await measuresOfAgency(exchange.db, officer, { agencyId: 'so-nnmt', show, after: null });
		if (!page.ok) throw new Error(page.refusal.code);
		return page.value.items.map((one) => one.id);
	};
	expect(await list('active')).toContain(id);
	expect(await list('remedies')).toContain(id);
	expect(await list('notices')).not.toContain(id);
	const seen = await measureDetail(exchange.db, officer, id, soon());
	expect(seen).toMatchObject({
		ok: true,
		value: {
			measure: {
				reason: expect.stringContaining('hoang dã'),
				evidence: expect.stringContaining('Ảnh chụp'),
				mayLift: false,
				remedies: [{ text: 'Đã gỡ hàng, gửi biên bản', state: 'open' }]
			}
		}
	});
	const [looked] = await exchange.db<{ actor: string }[]>`
		select actor from audit_log where subject = ${`measure:${id}`} and action = 'measure.opened'`;
	expect(looked).toEqual({ actor: chihanh.id });
	const other = await exchange.actorNow(coyen, soon());
	expect(await measureDetail(exchange.db, other, id, soon())).toMatchObject({
		refusal: { code: 'not_found' }
	});
	expect(
		await measuresOfAgency(exchange.db, other, { agencyId: 'so-nnmt', show: 'active', after: null })
	).toMatchObject({ refusal: { code: 'not_allowed' } });
	expect(
		await transaction(
			exchange.db,
			chilan.id,
			(tx) => tx`select case_id from remedies where measure_id = ${id}`
		)
	).toHaveLength(0);
});

test('TG-9.2 the letter of a lock reaches a real mail server, with the reason and the ground in it', async () => {
	const mail = await serveMail();
	try {
		const goods = await exchange.sells(batu, { title: 'Khô cá sặc' });
		const id = await world.locks(anhminh, ofGoods(goods), {
			reason: 'Nhãn ghi sai hạn dùng, xem lại lô 12.'
		});
		await deliverDue({
			db: exchange.db,
			now: soon,
			log: { warn: () => undefined },
			sender: { name: 'Sàn giao dịch điện tử Tiền Giang', origin: 'https://san.example.vn' },
			transports: { email: smtpTransport(mail.settings) }
		});
		const letter = mail.received
			.filter(({ to }) => to.includes(batu.email))
			.map(({ source }) => plainText(source))
			.find((text) => text.includes('Khô cá sặc'));
		expect(letter).toContain('Nhãn ghi sai hạn dùng, xem lại lô 12.');
		expect(letter).toContain('Hàng hóa, dịch vụ cấm kinh doanh');
		expect(letter).toContain('https://san.example.vn/measures');
		await world.lifts(bacsau, id);
	} finally {
		await mail.close();
	}
});

/** The parts of a mail as somebody reads them. */
const plainText = (source: string): string =>
	source
		.split(/\r?\n\r?\n/)
		.map((part) =>
			/^[\w+/=\r\n]+$/.test(part.trim())
				? Buffer.from(part, 'base64').toString()
				: Buffer.from(
						part
							.replace(/=\r?\n/g, '')
							.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
						'latin1'
					).toString()
		)
		.join('\n');

test('TG-9.2 an officer finds goods, a business and a person by what is at hand, and only what the unit manages', async () => {
	const goods = await exchange.sells(chuba, { title: 'Mắm tôm chà Gò Công' });
	const finds = async (person: Person, text: string) =>
		(
			await findTargets(exchange.db, exchange.auth, await exchange.actorNow(person, soon()), text, soon())
		).map(({ target }) => target);
	expect(await finds(anhminh, 'mam tom cha')).toEqual([ofGoods(goods)]);
	const { code } = await exchange.caseOf(goods.id);
	expect(await finds(anhminh, code.toLowerCase())).toContainEqual(ofGoods(goods));
	expect(await finds(bacsau, chuba.phone)).toEqual([ofAccount(chuba), ofBusiness(chuba)]);
	// An account is not an officer's to lock, and another department manages none of it.
	expect(await finds(anhminh, chuba.phone)).toEqual([ofBusiness(chuba)]);
	expect(await finds(coyen, chuba.phone)).toEqual([]);
	expect(await finds(anhminh, '%')).toEqual([]);
});
