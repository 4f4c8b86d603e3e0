import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { keepPhoto } from '$lib/sync/blobs/photos.ts';
import { rebaseListing } from '$lib/sync/engine/rebase.ts';
import { typeIntoDraft } from '$lib/sync/outbox/drafts.ts';
import { baTu, openPhone, pulled, returned } from './device-world.ts';
import Screen from './Screen.svelte';

const here = { now: () => new Date().toISOString(), newId: () => crypto.randomUUID() };
const id = returned.id;

/** She typed on this phone without a network, and on the tablet at home; then the tablet's words came in. */
beforeAll(() =>
	openPhone(async (store) => {
		const spoken = {
			bytes: new TextEncoder().encode('lời của bà Tư').buffer,
			type: 'audio/webm',
			thumb: null
		};
		const voice = await keepPhoto(store, spoken, here.now());
		await typeIntoDraft(store, here, id, {
			title: 'Sầu riêng Ri6 vườn nhà',
			price: 90_000,
			packing: 'Sọt tre',
			description: 'Sầu riêng cơm vàng hạt lép, cắt chiều hôm trước.',
			photos: ['a'.repeat(64), 'b'.repeat(64)],
			voice
		});
		const content = {
			...returned.content,
			title: 'Sầu riêng Ri6 loại 2',
			price: 85_000,
			shippingTerms: 'Miễn phí trong xã.',
			description: 'Sầu riêng cơm vàng hạt to, vườn nhà cắt trong ngày.',
			photos: ['c'.repeat(64), 'a'.repeat(64)],
			voice: 'd'.repeat(64)
		};
		await pulled(store, 'mine', `user:${baTu.id}`, [{ ...returned, rev: 2, content }], 10);
		await rebaseListing(store, here, id);
	})
);
beforeEach(() => page.viewport(360, 740));

const voiceField = 'Lời giới thiệu bằng tiếng nói';
const choose = (field: string, which: string) =>
	page.getByRole('group', { name: field, exact: true }).getByRole('button', { name: which }).click();
const box = (name: string) => page.getByRole('textbox', { name });

test('sync 4: both values of each field are shown, one is chosen, and nothing else is asked', async () => {
	await render(Screen, { pathname: `/app/sell/${id}` });
	await expect.element(page.getByText('Tin này được sửa cả trên máy khác')).toBeVisible();
	const sides = page.getByRole('main').getByText(/^Sầu riêng Ri6 (vườn nhà|loại 2)$/);
	// Hers also stands over the page's title.
	await expect
		.poll(() => sides.elements().map((side) => side.textContent))
		.toEqual(['Sầu riêng Ri6 vườn nhà', 'Sầu riêng Ri6 vườn nhà', 'Sầu riêng Ri6 loại 2']);
	await expect.element(page.getByText('90.000 đ / kg')).toBeVisible();
	await expect.element(page.getByText('85.000 đ / kg')).toBeVisible();
	// What only one of the two changed needs no choice.
	expect(page.getByRole('button', { name: 'Lấy bản kia' }).elements()).toHaveLength(5);
	await expect.element(box('Quy cách đóng gói')).toHaveValue('Sọt tre');
	await expect.element(box('Điều kiện giao')).toHaveValue('Miễn phí trong xã.');
	await expect.element(box('Tên sản phẩm')).toHaveValue('Sầu riêng Ri6 vườn nhà');
});

test('sync 4: the words that differ are marked on both sides, photos stand beside each other', async () => {
	await render(Screen, { pathname: `/app/sell/${id}` });
	const marks = () => [...document.querySelectorAll('mark')].map((mark) => mark.textContent.trim());
	await expect
		.poll(marks)
		.toEqual(expect.arrayContaining(['vườn nhà', 'loại 2', 'lép', 'to', 'chiều hôm trước']));
	// What both say is not marked.
	expect(marks().join(' ')).not.toContain('cơm vàng');
	const only = page.getByText('Chỉ có ở bản này');
	expect(only.elements()).toHaveLength(2);
});

test('sync 4: a voice note that is on this phone can be heard before one is chosen', async () => {
	await render(Screen, { pathname: `/app/sell/${id}` });
	const side = page.getByRole('group', { name: voiceField, exact: true });
	await expect.element(side.getByLabelText(voiceField)).toBeVisible();
	expect(side.getByText('Có lời ghi âm').elements()).toHaveLength(2);
});

test('sync 4: nothing in conflict leaves the phone; what is chosen stands in the form and is saved', async () => {
	// Signing out does nothing while there is unsent work, and says what it is; a save that left is frozen, the last one counts.
	const saved = async () => {
		const { unsent } = await device.signOut();
		return unsent.findLast(({ name, subjectId }) => name === 'draft.save' && subjectId === id)?.input;
	};
	await render(Screen, { pathname: `/app/sell/${id}` });
	await choose('Tên sản phẩm', 'Lấy bản kia');
	await expect.element(box('Tên sản phẩm')).toHaveValue('Sầu riêng Ri6 loại 2');
	expect(await saved()).toEqual({
		listingId: id,
		base: 2,
		fields: { packing: 'Sọt tre' }
	});
	await choose('Hình', 'Lấy bản kia');
	await choose('Mô tả', 'Lấy bản kia');
	await choose(voiceField, 'Lấy bản kia');
	await choose('Giá bán', 'Giữ bản này');
	await expect.element(page.getByText('Tin này được sửa cả trên máy khác')).not.toBeInTheDocument();
	await expect.element(box('Giá bán')).toHaveValue('90.000');
	expect(await saved()).toEqual({
		listingId: id,
		base: 2,
		fields: { packing: 'Sọt tre', price: 90_000 }
	});
	expect((await device.drafts.get(id))?.conflicts).toEqual({});
});
