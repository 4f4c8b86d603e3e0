import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { ok } from '$lib/domain/kernel/refusal.ts';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { OwnOffer } from '$lib/domain/needs/schema.ts';
import type {
	CommandState,
	Device,
	MyListingView,
	NeedsView,
	OwnNeedView,
	OwnOfferView
} from '$lib/sync/app.svelte.ts';
import { noNeeds } from '$lib/sync/fold/views.ts';
import { calmStatus } from '$lib/sync/testing/calm-status.ts';
import { onSale, ownNeed, pack, pomelo, returnedNeed, wanted } from '../../../../tests/app/device-world.ts';
import { violationsOf } from '../../../../tests/world/axe.ts';
import BoardView from './BoardView.svelte';
import { keepOffer } from './kept-offer.ts';
import { lookAgain } from './looking.svelte.ts';
import NeedFormView from './NeedFormView.svelte';
import NeedView from './NeedView.svelte';
import { formTexts } from './form-texts.ts';
import { texts } from './texts.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-11-22T02:00:00.000Z';
const today = vietnamDay(Date.now());
const lan: Actor = { id: uuid(3), name: 'Trần Ngọc Lan', roles: ['buyer'], posts: [], businessId: null };
const tu: Actor = {
	...lan,
	id: uuid(1),
	name: 'Nguyễn Thị Tư',
	roles: ['buyer', 'seller'],
	businessId: uuid(2)
};
const wards = [{ code: '28261', name: 'Phường Mỹ Tho', formerly: ['Phường 1 (thành phố Mỹ Tho)'] }];

type Own = Pick<
	Device,
	| 'actor'
	| 'status'
	| 'needs'
	| 'reference'
	| 'myListings'
	| 'catalogue'
	| 'command'
	| 'newId'
	| 'retry'
	| 'discard'
>;

const goods = (id: string, title: string): MyListingView => ({
	id,
	content: { ...onSale.content, title },
	server: { ...onSale, id, content: { ...onSale.content, title } },
	draft: null,
	state: 'approved',
	place: { at: 'approved', decidedAt: at },
	editable: true,
	unsaved: false,
	photos: [],
	pending: [],
	restock: null,
	changedAt: at
});

/** A device with these needs on it; what it was told to do is kept. */
function phone(actor: Actor | null, views: Partial<NeedsView> = {}, more: Partial<Own> = {}) {
	const told: unknown[] = [];
	const shelf: readonly PublicListing[] = [pomelo];
	let made = 100;
	const device: Own = {
		actor,
		status: { ...calmStatus, pulledAt: { needs: at } },
		needs: () => ({ current: { ...noNeeds, ...views }, ready: true }),
		reference: () => ({ current: { pack, wards }, ready: true }),
		myListings: () => ({ current: [], ready: true }),
		catalogue: {
			search: () => ({ items: [], total: 0, ready: true }),
			listing: (id) => ({ current: shelf.find((one) => one.id === id) ?? null, ready: true, coming: false }),
			kept: () => ({ current: { follows: { sectors: [], wards: [] }, offered: [] }, ready: true }),
			follow: async () => undefined
		},
		command: async (name, input) => {
			told.push([name, input]);
			return ok({ commandId: 'c' });
		},
		newId: () => uuid((made += 1)),
		retry: async (id) => void told.push(['retry', id]),
		discard: async (id) => told.push(['discard', id]) > 0,
		...more
	};
	return { told, device };
}
const known = (need: typeof ownNeed, more: Partial<OwnNeedView> = {}): OwnNeedView => ({
	id: need.id,
	need,
	sending: null,
	closing: null,
	at,
	...more
});
const pending = (n: number, state: CommandState): OwnNeedView => ({
	id: uuid(n),
	need: null,
	sending: {
		input: { needId: uuid(n), base: 0, content: { ...ownNeed.content, title: `Cần mua món ${n}` } },
		command: { id: `c${n}`, name: 'need.submit', deviceTime: at, state }
	},
	closing: null,
	at
});

/** An own offer of these goods for the need on the board, as the exchange tells of it. */
const offerOf = (listingId: string, more: Partial<OwnOffer> = {}): OwnOfferView => ({
	id: uuid(73),
	needId: wanted.id,
	listingId,
	quantity: 30,
	offer: {
		kind: 'offer',
		id: uuid(73),
		state: 'sent',
		droppedFor: null,
		need: { id: wanted.id, title: wanted.title },
		listing: { id: listingId, title: 'Chuối già', unit: 'kg' },
		quantity: 30,
		sentAt: at,
		updatedAt: at,
		...more
	},
	sending: null,
	withdrawing: null,
	at
});

async function clean(): Promise<void> {
	const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violationsOf(found)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}
// A link leads out of the component: the router is no part of these tests.
const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeEach(async () => {
	localStorage.clear();
	lookAgain();
	document.addEventListener('click', stay);
	await page.viewport(320, 740);
});

test('TG-3.1 TG-6.6: the board shows what still stands, and finds it without accents', async () => {
	const rice = {
		...wanted,
		id: uuid(64),
		title: 'Gạo ST25',
		description: '',
		categoryId: 'mat-ong',
		wardCode: '28477',
		wardName: 'Xã Ngũ Hiệp',
		price: null
	};
	const past = { ...wanted, id: uuid(65), title: 'Việc đã qua', until: addDays(today, -1) };
	const lastDay = { ...wanted, id: uuid(66), title: 'Ngày cuối hôm nay', until: today };
	const { device } = phone(null, { board: [wanted, rice, past, lastDay] });
	await render(BoardView, { device });
	await expect.element(page.getByText('3 nhu cầu')).toBeVisible();
	await expect.element(page.getByText('200\u00a0kg mỗi tuần').first()).toBeVisible();
	await expect.element(page.getByText('95.000\u00a0đ / kg').first()).toBeVisible();
	await expect.element(page.getByText('Giá thỏa thuận')).toBeVisible();
	await expect.element(page.getByText('Ngày cuối hôm nay')).toBeVisible();
	expect(page.getByText('Việc đã qua').elements()).toEqual([]);
	await clean();
	await page.getByRole('searchbox').fill('sau rieng my tho');
	await expect.element(page.getByText('2 nhu cầu')).not.toBeInTheDocument();
	await expect.element(page.getByText('1 nhu cầu')).toBeVisible();
	await page.getByRole('searchbox').fill('khong co hang nay');
	await expect.element(page.getByText(texts.vi.none)).toBeVisible();
	await clean();
	await page.getByRole('button', { name: texts.vi.clear }).click();
	await expect.element(page.getByText('3 nhu cầu')).toBeVisible();
	await page.getByRole('button', { name: texts.vi.ward }).click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /Phường Mỹ Tho/ })
		.click();
	await expect.element(page.getByText('2 nhu cầu')).toBeVisible();
	expect(page.getByText('Gạo ST25').elements()).toEqual([]);
	await clean();
	lookAgain();
	// Somebody who is not signed in reads it all, and sees the way to post.
	await expect
		.element(page.getByRole('link', { name: texts.vi.signInToPost }))
		.toHaveAttribute('href', '/sign-in?next=%2Fapp%2Fneeds%2Fnew');
});

test('TG-3.4c: an empty board says what it is for', async () => {
	await render(BoardView, { device: phone(lan).device });
	await expect.element(page.getByText(texts.vi.noneYet)).toBeVisible();
	await expect
		.element(page.getByRole('link', { name: texts.vi.post }))
		.toHaveAttribute('href', '/app/needs/new');
	await clean();
});

test('TG-10.3a: each own need says where it is, never further than the exchange has said', async () => {
	const submitted = known({
		...ownNeed,
		id: uuid(80),
		state: 'submitted',
		offers: [],
		review: {
			code: 'TG-44-80',
			agencyName: 'Sở',
			receivedAt: '2026-11-18T01:12:00.000Z',
			dueAt: '2026-11-23T17:00:00.000Z',
			lastDay: '2026-11-23',
			decidedAt: null,
			decision: null,
			reasonCodes: [],
			note: ''
		}
	});
	const own = [
		pending(2, { at: 'waiting' }),
		pending(3, { at: 'acknowledged', receipt: 'K7-42', receivedAt: at }),
		pending(4, { at: 'refused', refusal: { code: 'too_many_waiting', facts: { most: 20 } }, receivedAt: at }),
		submitted,
		known(ownNeed),
		known(returnedNeed),
		known({ ...ownNeed, id: uuid(81), state: 'closed' }),
		known({ ...ownNeed, id: uuid(82), content: { ...ownNeed.content, until: addDays(today, -1) } })
	];
	await render(BoardView, { device: phone(lan, { own }).device });
	for (const said of [
		'Trên máy này, chưa gửi',
		'mã nhận K7-42',
		'Chưa được nhận',
		'Đã nhận, mã TG-44-80',
		'duyệt xong trước hết Thứ Hai 23/11',
		'Đang trên bảng · 2 chào hàng',
		'Cần sửa',
		'Giấy chứng nhận đã hết hạn.'
	])
		await expect.element(page.getByText(said, { exact: false }).first()).toBeVisible();
	await clean();
	await page.getByText('Đã đóng, đã hết hạn (2)').click();
	await expect.element(page.getByText('Đã hết hạn', { exact: true })).toBeVisible();
	await clean();
});

test('TG-3.4c: what is missing is said at the field, what was typed outlives the tab, and it goes once', async () => {
	const { told, device } = phone(lan);
	const sent: string[] = [];
	const props = { device, onsent: (id: string) => sent.push(id) };
	const shown = await render(NeedFormView, props);
	await page.getByLabelText(formTexts.vi.title).fill('Xo');
	await page.getByLabelText(formTexts.vi.price).fill('0');
	await page.getByLabelText(formTexts.vi.until).fill(addDays(today, 400));
	await page.getByRole('button', { name: formTexts.vi.send }).click();
	for (const field of ['title', 'categoryId', 'quantity', 'price', 'wardCode'] as const)
		await expect.element(page.getByText(formTexts.vi.wrong[field])).toBeVisible();
	await expect.element(page.getByLabelText(formTexts.vi.title)).toHaveFocus();
	await expect.element(page.getByLabelText(formTexts.vi.title)).toHaveValue('Xo');
	await clean();
	await page.getByLabelText(formTexts.vi.title).fill('Xoài cát Hòa Lộc loại 1');
	await page.getByLabelText(formTexts.vi.price).fill('');
	await page.getByRole('textbox', { name: formTexts.vi.quantity }).fill('300');
	await page.getByText('mỗi tuần').click();
	await page.getByLabelText(formTexts.vi.description).fill('Giao sáng thứ Hai.');
	await page.getByRole('button', { name: formTexts.vi.send }).click();
	await expect.element(page.getByText(/Ngày này xa quá/)).toBeVisible();

	// The tab is gone, and nothing of its session is left.
	await shown.unmount();
	sessionStorage.clear();
	await render(NeedFormView, props);
	await expect.element(page.getByLabelText(formTexts.vi.title)).toHaveValue('Xoài cát Hòa Lộc loại 1');
	await expect.element(page.getByLabelText(formTexts.vi.description)).toHaveValue('Giao sáng thứ Hai.');
	await page.getByLabelText(formTexts.vi.until).fill(addDays(today, 10));
	for (const [button, name] of [
		[formTexts.vi.category, /Trái cây tươi/],
		[formTexts.vi.ward, /Phường Mỹ Tho/]
	] as const) {
		await page.getByRole('button', { name: button }).click();
		await page.getByRole('dialog').getByRole('button', { name }).click();
	}
	await page.getByRole('button', { name: formTexts.vi.send }).dblClick();
	await expect.poll(() => sent.length).toBe(1);
	expect(told).toEqual([
		[
			'need.submit',
			{
				needId: sent[0],
				base: 0,
				content: {
					title: 'Xoài cát Hòa Lộc loại 1',
					categoryId: 'trai-cay',
					quantity: 300,
					unit: 'kg',
					rhythm: 'week',
					price: null,
					description: 'Giao sáng thứ Hai.',
					wardCode: '28261',
					until: addDays(today, 10)
				}
			}
		]
	]);
	expect(Object.keys(localStorage)).toEqual([]);
});

test('sync 15: what the device cannot store stays in the form, under the same id', async () => {
	const ids: unknown[] = [];
	let full = true;
	const { device } = phone(
		lan,
		{ own: [known(returnedNeed)] },
		{
			command: async (_, input) => {
				ids.push(input);
				if (full) throw new DOMException('full', 'QuotaExceededError');
				return ok({ commandId: 'c' });
			}
		}
	);
	let sent = '';
	await render(NeedFormView, { device, needId: returnedNeed.id, onsent: (id: string) => (sent = id) });
	await expect.element(page.getByText('Bỏ số điện thoại.')).toBeVisible();
	await expect.element(page.getByLabelText(formTexts.vi.title)).toHaveValue(returnedNeed.content.title);
	await clean();
	await page.getByLabelText(formTexts.vi.title).fill('Cần phân hữu cơ vi sinh');
	await page.getByRole('button', { name: formTexts.vi.send }).click();
	await expect.element(page.getByText(formTexts.vi.notKept)).toBeVisible();
	await expect.element(page.getByLabelText(formTexts.vi.title)).toHaveValue('Cần phân hữu cơ vi sinh');
	full = false;
	await page.getByRole('button', { name: formTexts.vi.send }).click();
	await expect.poll(() => sent).toBe(returnedNeed.id);
	expect(ids[0]).toEqual(ids[1]);
	expect(ids[1]).toMatchObject({ needId: returnedNeed.id, base: returnedNeed.rev });
});

test('sync 4: a correction that was begun before the need moved on is still there, beside what the exchange has now', async () => {
	const { told, device } = phone(lan, { own: [known(returnedNeed)] });
	const begun = await render(NeedFormView, { device, needId: returnedNeed.id, onsent: () => undefined });
	await page.getByLabelText(formTexts.vi.title).fill('Cần phân hữu cơ vi sinh');
	await begun.unmount();

	const moved = {
		...returnedNeed,
		rev: returnedNeed.rev + 1,
		content: { ...returnedNeed.content, title: 'Cần phân chuồng', description: 'Giao tận vườn.' }
	};
	const later = phone(lan, { own: [known(moved)] }, { command: device.command });
	const form = { device: later.device, needId: moved.id, onsent: () => undefined };
	const again = await render(NeedFormView, form);
	const title = page.getByLabelText(formTexts.vi.title);
	await expect.element(title).toHaveValue('Cần phân hữu cơ vi sinh');
	const sides = page.getByRole('group', { name: formTexts.vi.movedSides });
	await expect.element(sides).toHaveTextContent('Cần phân chuồng');
	await expect.element(sides).toHaveTextContent('Giao tận vườn.');
	await expect.element(page.getByRole('button', { name: formTexts.vi.send })).toBeDisabled();
	await clean();
	// Typing on answers nothing, and neither does leaving.
	await title.fill('Cần phân hữu cơ vi sinh loại tốt');
	await again.unmount();
	await render(NeedFormView, form);
	await expect.element(title).toHaveValue('Cần phân hữu cơ vi sinh loại tốt');
	await sides.getByRole('button', { name: formTexts.vi.keepMine }).click();
	await expect.element(sides).not.toBeInTheDocument();
	await page.getByRole('button', { name: formTexts.vi.send }).click();
	await expect.poll(() => told.length).toBe(1);
	expect(told[0]).toMatchObject([
		'need.submit',
		{ base: moved.rev, content: { title: 'Cần phân hữu cơ vi sinh loại tốt' } }
	]);
});

test('a need that is over comes back as a new one, and one on the board cannot be changed', async () => {
	const closed = known({ ...ownNeed, state: 'closed' });
	const { device } = phone(lan, { own: [closed] });
	const again = await render(NeedFormView, { device, like: ownNeed.id, onsent: () => undefined });
	await expect.element(page.getByLabelText(formTexts.vi.title)).toHaveValue(ownNeed.content.title);
	await again.unmount();
	await render(NeedFormView, { device, needId: ownNeed.id, onsent: () => undefined });
	await expect.element(page.getByText(formTexts.vi.notEditable)).toBeVisible();
	await clean();
});

test('TG-6.6: the owner sees the offers, opens the goods that are still sold, and closes the need', async () => {
	const { told, device } = phone(lan, { own: [known(ownNeed)], board: [] });
	await render(NeedView, { device, id: ownNeed.id, onleave: () => undefined });
	await expect
		.element(page.getByRole('link', { name: /Bưởi da xanh/ }))
		.toHaveAttribute('href', `/app/buy/${pomelo.id}`);
	await expect.element(page.getByText('45.000\u00a0đ / kg')).toBeVisible();
	await expect.element(page.getByText(texts.vi.notOnSale)).toBeVisible();
	expect(page.getByRole('link', { name: /Bưởi năm roi/ }).elements()).toEqual([]);
	await clean();
	await page.getByRole('button', { name: texts.vi.closeNeed }).click();
	await expect.element(page.getByText(texts.vi.closeWords)).toBeVisible();
	await clean();
	await page.getByRole('dialog').getByRole('button', { name: texts.vi.closeNeed }).click();
	await expect.poll(() => told).toEqual([['need.close', { needId: ownNeed.id, base: ownNeed.rev }]]);
});

test('TG-15.1: offers whose goods are sold no more, or have changed their sector, say so to both sides and lead nowhere', async () => {
	const [first, second] = ownNeed.offers;
	if (!first || !second) throw new Error('the need has no offers');
	const dropped = { ...first, droppedFor: 'off_sale' as const };
	const moved = { ...second, droppedFor: 'other_sector' as const };
	const need = { ...ownNeed, offers: [{ ...first, id: uuid(75) }, dropped, moved] };
	const { device } = phone(lan, { own: [known(need)] });
	const buyer = await render(NeedView, { device, id: need.id, onleave: () => undefined });
	await expect.element(page.getByText('Đang trên bảng · 1 chào hàng')).toBeVisible();
	await expect.element(page.getByText(texts.vi.notOnSaleWords)).toBeVisible();
	await expect.element(page.getByText(texts.vi.otherSectorWords)).toBeVisible();
	expect(page.getByRole('link', { name: /Bưởi/ }).elements()).toHaveLength(1);
	await clean();
	await buyer.unmount();

	const offers = (['off_sale', 'other_sector'] as const).map((droppedFor, n) => ({
		...offerOf(uuid(14 + n), { state: 'withdrawn', droppedFor }),
		id: uuid(73 + n)
	}));
	const seller = phone(tu, { board: [wanted], offers });
	await render(NeedView, { device: seller.device, id: wanted.id, onleave: () => undefined });
	await expect.element(page.getByText(texts.vi.offerState.offSaleWords)).toBeVisible();
	await expect.element(page.getByText(texts.vi.offerState.otherSectorWords)).toBeVisible();
	expect(page.getByRole('button', { name: texts.vi.withdraw }).elements()).toEqual([]);
	await clean();
});

test('what was not sent can be thrown away, what was not taken is sent again', async () => {
	const stuck = pending(5, { at: 'quarantined', tries: 5 });
	const { told, device } = phone(lan, { own: [stuck] });
	let left = 0;
	await render(NeedView, { device, id: stuck.id, onleave: () => (left += 1) });
	await expect.element(page.getByText(/đã thử 5 lần/)).toBeVisible();
	await page.getByRole('button', { name: texts.vi.retry }).click();
	await page.getByRole('button', { name: texts.vi.discard }).click();
	await page.getByRole('dialog').getByRole('button', { name: texts.vi.discard }).click();
	await expect.poll(() => left).toBe(1);
	expect(told).toEqual([
		['retry', 'c5'],
		['discard', 'c5']
	]);
});

test('TG-6.6: a seller offers goods on sale of the same sector, once each, and may take the offer back', async () => {
	const listings = [
		goods(uuid(13), 'Chuối xiêm'),
		goods(uuid(14), 'Chuối già'),
		{ ...goods(uuid(15), 'Chưa được duyệt'), state: 'submitted' as const }
	];
	const { told, device } = phone(
		tu,
		{
			board: [wanted],
			offers: [offerOf(uuid(14))]
		},
		{ myListings: () => ({ current: listings, ready: true }) }
	);
	await render(NeedView, { device, id: wanted.id, onleave: () => undefined });
	await expect.element(page.getByText(texts.vi.offerState.sent)).toBeVisible();
	await page.getByRole('button', { name: texts.vi.offer, exact: true }).click();
	const chosen = page.getByLabelText(texts.vi.goods);
	await expect.element(chosen).toHaveValue(uuid(13));
	expect(chosen.element().textContent).not.toContain('Chuối già');
	expect(chosen.element().textContent).not.toContain('Chưa được duyệt');
	await page.getByRole('button', { name: texts.vi.send }).click();
	await expect.element(page.getByText(texts.vi.quantityNeeded)).toBeVisible();
	await clean();
	await page.getByLabelText(texts.vi.quantity).fill('25,5');
	await page.getByRole('button', { name: texts.vi.send }).click();
	await expect.element(page.getByText(texts.vi.sentNote)).toBeVisible();
	await page.getByRole('button', { name: texts.vi.withdraw }).click();
	await page.getByRole('dialog').getByRole('button', { name: texts.vi.withdraw }).click();
	await expect.poll(() => told.length).toBe(2);
	expect(told).toEqual([
		[
			'offer.send',
			{ offerId: expect.any(String), needId: wanted.id, needRev: 1, listingId: uuid(13), quantity: 25.5 }
		],
		['offer.withdraw', { offerId: uuid(73) }]
	]);
	await clean();
});

test('TG-6.6: an offer that was begun is there again after the tab was closed, goes once, and can be left', async () => {
	const listings = [goods(uuid(13), 'Chuối xiêm'), goods(uuid(14), 'Chuối già')];
	const views: Partial<NeedsView> = { board: [wanted] };
	const { told, device } = phone(tu, views, { myListings: () => ({ current: listings, ready: true }) });
	const props = { device, id: wanted.id, onleave: () => undefined };
	const first = await render(NeedView, props);
	await page.getByRole('button', { name: texts.vi.offer, exact: true }).click();
	await page.getByLabelText(texts.vi.goods).selectOptions(uuid(14));
	await page.getByLabelText(texts.vi.quantity).fill('25,5');

	// The tab is gone, and nothing of its session is left.
	await first.unmount();
	sessionStorage.clear();
	const again = await render(NeedView, props);
	await expect.element(page.getByLabelText(texts.vi.goods)).toHaveValue(uuid(14));
	await expect.element(page.getByLabelText(texts.vi.quantity)).toHaveValue('25,5');
	await clean();
	await page.getByRole('button', { name: texts.vi.send }).click();
	await expect.element(page.getByText(texts.vi.sentNote)).toBeVisible();
	expect(told).toMatchObject([['offer.send', { listingId: uuid(14), quantity: 25.5 }]]);
	expect(Object.keys(localStorage)).toEqual([]);

	// The next one is another offer; whoever does not want it leaves nothing behind.
	await page.getByRole('button', { name: texts.vi.offer, exact: true }).click();
	await page.getByLabelText(texts.vi.quantity).fill('7');
	await expect.poll(() => Object.keys(localStorage)).toHaveLength(1);
	await page.getByRole('button', { name: texts.vi.cancel }).click();
	expect(Object.keys(localStorage)).toEqual([]);
	await again.unmount();
	await render(NeedView, props);
	await expect.element(page.getByRole('button', { name: texts.vi.offer, exact: true })).toBeVisible();
	expect(page.getByLabelText(texts.vi.quantity).elements()).toEqual([]);
});

test('TG-6.6: an offer the exchange has taken while the tab ended is not begun anew', async () => {
	const listings = [goods(uuid(13), 'Chuối xiêm'), goods(uuid(14), 'Chuối già')];
	keepOffer(tu.id, wanted.id, { offerId: uuid(73), listingId: uuid(14), quantity: 30 });
	const { device } = phone(
		tu,
		{ board: [wanted], offers: [offerOf(uuid(14))] },
		{ myListings: () => ({ current: listings, ready: true }) }
	);
	await render(NeedView, { device, id: wanted.id, onleave: () => undefined });
	await expect.element(page.getByText(texts.vi.offerState.sent)).toBeVisible();
	await expect.element(page.getByRole('button', { name: texts.vi.offer, exact: true })).toBeVisible();
	expect(page.getByLabelText(texts.vi.quantity).elements()).toEqual([]);
});

test('whoever cannot answer a need reads why, and where to go', async () => {
	const nothing = phone(tu, { board: [wanted] });
	const seller = await render(NeedView, { device: nothing.device, id: wanted.id, onleave: () => undefined });
	await expect.element(page.getByText(texts.vi.nothingToOffer)).toBeVisible();
	await expect.element(page.getByText(/ngành Nông sản, thực phẩm/)).toBeVisible();
	await clean();
	await seller.unmount();
	const buyer = await render(NeedView, {
		device: phone(lan, { board: [wanted] }).device,
		id: wanted.id,
		onleave: () => undefined
	});
	await expect.element(page.getByRole('link', { name: texts.vi.register })).toBeVisible();
	await clean();
	await buyer.unmount();
	const visitor = await render(NeedView, {
		device: phone(null, { board: [wanted] }).device,
		id: wanted.id,
		onleave: () => undefined
	});
	await expect
		.element(page.getByRole('link', { name: texts.vi.signIn }))
		.toHaveAttribute('href', `/sign-in?next=%2Fapp%2Fneeds%2F${wanted.id}`);
	await clean();
	await visitor.unmount();
	await render(NeedView, { device: phone(tu).device, id: wanted.id, onleave: () => undefined });
	await expect.element(page.getByText(texts.vi.gone)).toBeVisible();
	await clean();
});
