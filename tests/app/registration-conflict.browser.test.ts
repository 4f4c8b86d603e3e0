import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import BusinessView from '$lib/features/businesses/BusinessView.svelte';
import { Registration, submittedOf } from '$lib/features/businesses/registration.svelte.ts';
import { emptyPerson } from '$lib/domain/businesses/empty.ts';
import type { BusinessContent, MyBusiness, Paper } from '$lib/domain/businesses/schema.ts';
import { device, type Device } from '$lib/sync/app.svelte.ts';
import { LocalDb } from '$lib/sync/store/local.ts';
import { storeName, workName } from '$lib/sync/store/names.ts';
import { baTu, openPhone, pack, pulled } from './device-world.ts';

const inForce = { effectiveFrom: '2023-05-01', effectiveTo: null };
beforeAll(() =>
	openPhone((store) =>
		pulled(
			store,
			'reference',
			'public',
			[
				{
					id: 'pack',
					pack: {
						...pack,
						businesses: {
							...pack.businesses,
							papers: [
								{
									id: 'ocop',
									name: 'Giấy chứng nhận OCOP',
									requiredKinds: [],
									requiredSectors: [],
									expires: false,
									clause: 'TG-7.1a',
									...inForce
								}
							]
						}
					}
				}
			],
			10
		)
	)
);
beforeEach(async () => {
	await device.business.keep(null);
	// Also what the engine is just trying to send, which nobody could discard.
	await withWork((work) => work.outbox.clear());
	await page.viewport(360, 740);
});

/** The store of bà Tư's phone, beside the program. */
async function withWork(deed: (work: LocalDb) => PromiseLike<unknown>): Promise<void> {
	const work = new LocalDb(workName(storeName({ userId: baTu.id })));
	await deed(work);
	work.close();
}

const ocop: Paper = {
	type: 'ocop',
	number: '21/OCOP',
	issuedBy: 'Sở Nông nghiệp',
	issuedOn: '2026-01-15',
	expiresOn: null,
	scope: '',
	files: ['b'.repeat(64)]
};
const written: BusinessContent = {
	kind: 'household',
	name: 'Vườn bà Tư',
	intro: '',
	phone: '0900000001',
	sectors: ['nong-san'],
	growingArea: '',
	growingAreaCode: '',
	places: [{ wardCode: '28477', place: 'Ấp Tân Sơn' }],
	papers: []
};
const person = { ...emptyPerson, identityNumber: '082190000456', representative: 'Nguyễn Thị Tư' };
const business = (rev: number, content: Partial<BusinessContent> = {}): MyBusiness => ({
	id: baTu.businessId ?? '',
	state: 'confirmed',
	rev,
	content: { ...written, ...content },
	person,
	files: [{ hash: 'b'.repeat(64), thumb: null, src: '/api/files/b' }],
	departments: [],
	openSectors: ['nong-san'],
	closedSectors: [],
	papers: [],
	identity: { state: 'none', method: null, at: null, dutyFrom: '2027-01-01' },
	updatedAt: '2026-11-20T01:00:00.000Z'
});
const theirs = business(2, { phone: '0911222333', papers: [ocop] });

/** The other phone's paper and number are on the exchange; here somebody has written on the version before. */
async function meanwhile() {
	await device.business.keep({ base: 1, content: { ...written, intro: 'Ba đời trồng mít' }, person });
	return open(theirs);
}
async function open(now: MyBusiness | null, phone: Device = device) {
	const online = { mine: () => Promise.resolve(now) };
	const screen = await render(BusinessView, { device: phone, online });
	await expect.element(page.getByRole('textbox', { name: 'Tên cơ sở' })).toBeVisible();
	return screen;
}
const side = (field: string) => page.getByRole('group', { name: field, exact: true });
const keepsMine = (field: string) => side(field).getByRole('button', { name: 'Giữ bản trên máy này' });
const takesTheirs = (field: string) => side(field).getByRole('button', { name: 'Lấy bản trên sàn' });
async function send() {
	await userEvent.click(page.getByRole('checkbox', { name: /Tôi đã đọc và đồng ý/ }));
	await userEvent.click(page.getByRole('button', { name: 'Lưu thông tin' }));
}
const sent = () =>
	device
		.unsent()
		.current.filter(({ name }) => name === 'business.submit')
		.map(({ input }) => input);
const asks = page.getByText(/^Sàn đang có bản mới hơn, gửi lúc/);

test('sync 4: a registration another phone has sent meanwhile is not written over: both versions are shown before anything is sent', async () => {
	const screen = await meanwhile();
	await expect.element(asks).toBeVisible();
	await expect.element(side('Giới thiệu ngắn')).toHaveTextContent('Ba đời trồng mít');
	await expect.element(side('Giới thiệu ngắn')).toHaveTextContent('Chưa ghi gì');
	await expect.element(side('Số điện thoại liên hệ')).toHaveTextContent('0900000001');
	await expect.element(side('Số điện thoại liên hệ')).toHaveTextContent('0911222333');
	await expect.element(side('Giấy chứng nhận OCOP')).toHaveTextContent('Không có giấy này');
	await expect.element(side('Giấy chứng nhận OCOP')).toHaveTextContent('21/OCOP');
	await send();
	await expect.element(page.getByText(/^Còn 3 chỗ khác với bản trên sàn/)).toBeVisible();
	expect(sent()).toEqual([]);

	await userEvent.click(keepsMine('Giới thiệu ngắn'));
	await userEvent.click(takesTheirs('Giấy chứng nhận OCOP'));
	await userEvent.click(takesTheirs('Số điện thoại liên hệ'));
	await expect.element(asks).not.toBeInTheDocument();
	await userEvent.click(page.getByRole('button', { name: 'Lưu thông tin' }));
	await expect
		.poll(sent)
		.toMatchObject([
			{ base: 2, content: { intro: 'Ba đời trồng mít', phone: '0911222333', papers: [ocop] } }
		]);
	await screen.unmount();
});

test('sync 4: what was not decided is asked again after the form was left, and words stay those of this phone until then', async () => {
	const screen = await meanwhile();
	await userEvent.click(takesTheirs('Số điện thoại liên hệ'));
	await screen.unmount();
	await expect.poll(async () => (await device.business.typed())?.content.phone).toBe('0911222333');
	expect(await device.business.typed()).toMatchObject({ base: 1 });

	const again = await open(theirs);
	await expect.element(asks).toBeVisible();
	expect(page.getByRole('group', { name: 'Số điện thoại liên hệ' }).elements()).toEqual([]);
	await userEvent.click(page.getByRole('button', { name: 'Giữ hết bản trên máy này' }));
	await expect.element(asks).not.toBeInTheDocument();
	await send();
	await expect.poll(sent).toMatchObject([{ base: 2, content: { intro: 'Ba đời trồng mít', papers: [] } }]);
	await again.unmount();
});

test('sync 4: the whole version of the exchange can be taken', async () => {
	const screen = await meanwhile();
	await userEvent.click(page.getByRole('button', { name: 'Lấy hết bản trên sàn' }));
	await expect.element(asks).not.toBeInTheDocument();
	await expect.element(page.getByRole('textbox', { name: 'Giới thiệu ngắn' })).toHaveValue('');
	await send();
	await expect.poll(sent).toMatchObject([{ base: 2, content: theirs.content }]);
	await screen.unmount();
});

test('sync 4: words written on what has just been sent from here go after it, and nobody is asked about them', async () => {
	const screen = await open(business(1));
	await userEvent.fill(page.getByRole('textbox', { name: 'Giới thiệu ngắn' }), 'Ba đời');
	await send();
	await expect.poll(sent).toMatchObject([{ base: 1, content: { intro: 'Ba đời' } }]);
	await userEvent.fill(page.getByRole('textbox', { name: 'Giới thiệu ngắn' }), 'Ba đời trồng mít');
	await screen.unmount();

	// Opened again, with the first still on its way.
	const again = await open(business(1));
	await userEvent.click(page.getByRole('checkbox', { name: /Tôi đã đọc và đồng ý/ }));
	await userEvent.click(page.getByRole('button', { name: 'Lưu thông tin' }));
	await expect.poll(sent).toMatchObject([
		{ base: 1, content: { intro: 'Ba đời' } },
		{ base: 2, content: { intro: 'Ba đời trồng mít' } }
	]);
	await again.unmount();
});

const newcomer: Device = {
	...device,
	get status() {
		return device.status;
	},
	get actor() {
		return device.actor && { ...device.actor, businessId: null };
	}
};

const businessIds = () => new Set(submittedOf(device.unsent().current).map(({ businessId }) => businessId));

test('sync 4: somebody who has no business yet and registers twice before the first has arrived registers one', async () => {
	await device.business.remember(null);
	await device.business.keep({ base: 0, content: written, person });
	const screen = await open(null, newcomer);
	await send();
	await expect.poll(sent).toMatchObject([{ base: 0, content: { intro: '' } }]);
	await userEvent.fill(page.getByRole('textbox', { name: 'Giới thiệu ngắn' }), 'Ba đời');
	await userEvent.click(page.getByRole('button', { name: 'Lưu thông tin' }));
	await expect.poll(() => sent().length).toBe(2);
	await screen.unmount();

	const again = await open(null, newcomer);
	await userEvent.fill(page.getByRole('textbox', { name: 'Giới thiệu ngắn' }), 'Ba đời trồng mít');
	await send();
	await expect
		.poll(sent)
		.toMatchObject([{ base: 0 }, { base: 1 }, { base: 2, content: { intro: 'Ba đời trồng mít' } }]);
	expect(businessIds().size).toBe(1);
	await again.unmount();
});

/** The form of one window, in which bà Tư has read the rules. */
async function form(phone: Device): Promise<Registration> {
	const opened = new Registration(phone);
	await opened.open(null, []);
	opened.agreed = true;
	return opened;
}
const today = '2026-11-20';

test('sync 4: somebody who has no business yet and registers in two windows registers one', async () => {
	await device.business.remember(null);
	await device.business.keep({ base: 0, content: written, person });
	const screen = await open(null, newcomer);
	const two = await form(newcomer);
	await send();
	await expect.poll(sent).toMatchObject([{ base: 0 }]);
	two.set({ intro: 'Ba đời' });
	await two.keep();
	expect(await two.send(pack, null, today)).toBe(true);
	await expect.poll(sent).toMatchObject([{ base: 0 }, { base: 1, content: { intro: 'Ba đời' } }]);
	expect(businessIds().size).toBe(1);
	await screen.unmount();
});

/** A registration that is sent while its words are just being stored; they find no room, but only after it. */
async function sentWhileStoring() {
	const { promise, reject } = Promise.withResolvers<never>();
	let storing = true;
	const phone: Device = {
		...newcomer,
		business: {
			...device.business,
			keep: (typed, before) => (storing && typed !== null ? promise : device.business.keep(typed, before))
		}
	};
	await device.business.keep({ base: 0, content: written, person });
	const opened = await form(phone);
	opened.set({ intro: 'Ba đời' });
	void opened.keep();
	const sending = opened.send(pack, null, today);
	await expect.poll(() => opened.busy).toBe(false);
	return {
		opened,
		noRoom: () => {
			storing = false;
			reject(new DOMException('no room left', 'QuotaExceededError'));
			return sending;
		}
	};
}

test('sync 4, 15: what was sent while it found no room in the store is not stored again as being written', async () => {
	const { opened, noRoom } = await sentWhileStoring();
	expect(await noRoom()).toBe(true);
	expect(opened.unkept).toBe(false);
	await opened.keep();
	expect(await device.business.typed()).toBeNull();
});

test('sync 4, 15: what is typed after sending, while the words before still find no room, is kept', async () => {
	const { opened, noRoom } = await sentWhileStoring();
	opened.set({ intro: 'Ba đời trồng mít' });
	expect(await noRoom()).toBe(true);
	await opened.keep();
	expect((await device.business.typed())?.content.intro).toBe('Ba đời trồng mít');
});

/** What a round writes down when another phone was faster. */
async function refusedAsStale(): Promise<void> {
	const refusal = { code: 'stale_version', facts: { rev: 2 } } as const;
	await withWork((work) =>
		work.outbox
			.filter(({ name }) => name === 'business.submit')
			.modify({ state: 'refused', sent: true, refusal })
	);
}

test('sync 2, sync 4: a registration refused because another phone was faster is still in the form, beside the other one', async () => {
	let onExchange = business(1);
	const open = async () => {
		const online = { mine: () => Promise.resolve(onExchange) };
		const screen = await render(BusinessView, { device, online });
		await expect.element(page.getByRole('textbox', { name: 'Tên cơ sở' })).toBeVisible();
		return screen;
	};
	const screen = await open();
	await userEvent.fill(page.getByRole('textbox', { name: 'Giới thiệu ngắn' }), 'Ba đời');
	await send();
	await expect.poll(sent).toMatchObject([{ base: 1 }]);
	onExchange = theirs;
	await refusedAsStale();
	await expect.element(asks).toBeVisible();
	await expect.element(side('Giới thiệu ngắn')).toHaveTextContent('Ba đời');
	await screen.unmount();

	const again = await open();
	await expect.element(asks).toBeVisible();
	await expect.element(page.getByRole('textbox', { name: 'Giới thiệu ngắn' })).toHaveValue('Ba đời');
	await userEvent.click(page.getByRole('button', { name: 'Giữ hết bản trên máy này' }));
	await send();
	await expect.poll(sent).toMatchObject([{ base: 2, content: { intro: 'Ba đời' } }]);
	await again.unmount();
});
