import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import BusinessView from '$lib/features/businesses/BusinessView.svelte';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import type { MyBusiness, Paper, PaperStanding } from '$lib/domain/businesses/schema.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { device } from '$lib/sync/app.svelte.ts';
import { baTu, openPhone, pack, pulled } from './device-world.ts';

const inForce = { effectiveFrom: '2023-05-01', effectiveTo: null };
const rule = { requiredKinds: ['household' as const], requiredSectors: [], expires: true, clause: 'TG-7.1a' };
const today = vietnamDay(Date.now());
const soon = addDays(today, 20);

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
								{ id: 'attp', name: 'Giấy an toàn thực phẩm', ...rule, ...inForce },
								{ id: 'ocop', name: 'OCOP', ...rule, ...inForce }
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
	await page.viewport(360, 740);
});

const paper = (type: string, more: Partial<Paper> = {}): Paper => ({
	type,
	number: '15/ATTP',
	issuedBy: 'Sở Công Thương',
	issuedOn: '2024-01-15',
	expiresOn: soon,
	scope: 'Mứt dừa, mứt me',
	files: ['a'.repeat(64)],
	...more
});
const standing = (type: string, more: Partial<PaperStanding> = {}): PaperStanding => ({
	type,
	expiresOn: soon,
	left: 20,
	sectors: ['nong-san'],
	renewing: false,
	...more
});
const business = (papers: readonly PaperStanding[]): MyBusiness => ({
	id: baTu.businessId ?? '',
	state: 'confirmed',
	rev: 1,
	content: {
		...emptyBusiness,
		name: 'Mứt nhà ta',
		sectors: ['nong-san'],
		papers: papers.map(({ type, expiresOn }) => paper(type, { expiresOn }))
	},
	person: emptyPerson,
	files: [],
	departments: [],
	openSectors: ['nong-san'],
	closedSectors: [],
	papers: [...papers],
	identity: { state: 'none', method: null, at: null, dutyFrom: '2027-01-01' },
	updatedAt: '2026-11-20T01:00:00.000Z'
});
/** How often the exchange was asked since the screen was opened. */
let asked = 0;
async function open(server: MyBusiness) {
	asked = 0;
	const mine = () => {
		asked += 1;
		return Promise.resolve(server);
	};
	const screen = await render(BusinessView, { device, online: { mine } });
	await expect.poll(() => document.getElementById('attp'), { timeout: 15_000 }).not.toBeNull();
	return screen;
}
const fields = (type: string) => {
	const panel = page.elementLocator(document.getElementById(type) ?? document.body);
	return {
		number: panel.getByRole('textbox', { name: 'Số giấy' }),
		issuedBy: panel.getByRole('textbox', { name: 'Nơi cấp' }),
		scope: panel.getByRole('textbox', { name: 'Phạm vi' }),
		issuedOn: panel.getByLabelText('Ngày cấp'),
		expiresOn: panel.getByLabelText('Ngày hết hạn'),
		pictures: panel.getByRole('button', { name: 'Bỏ hình' }),
		choose: panel.getByLabelText('Thêm hình'),
		renew: panel.getByRole('button', { name: 'Gia hạn' })
	};
};

test('TG-12 a paper is offered for renewal while it ends or has ended, and not while a newer one is looked at', async () => {
	const far = addDays(today, 61);
	const screen = await open(
		business([standing('attp', { expiresOn: far, left: 61 }), standing('ocop', { renewing: true })])
	);
	await expect.element(fields('attp').number).toHaveValue('15/ATTP');
	expect(page.getByRole('button', { name: 'Gia hạn' }).elements()).toHaveLength(0);
	await screen.unmount();

	const past = addDays(today, -1);
	await open(business([standing('attp', { expiresOn: past, left: -1 }), standing('ocop')]));
	await expect.element(fields('attp').renew).toBeVisible();
	await expect.element(fields('ocop').renew).toBeVisible();
	// An answer is no reason to ask again: what was queued here may be, a few times.
	expect(asked).toBeLessThan(10);
});

test('TG-12 what was pressed or typed the moment before the screen is left is kept', async () => {
	const screen = await open(business([standing('attp'), standing('ocop')]));
	await fields('attp').renew.click();
	await screen.unmount();
	await expect.poll(async () => (await device.business.typed())?.content.papers[0]?.expiresOn).toBeNull();
});

test('TG-12 "Gia hạn" keeps number, issuer and scope, asks for days and pictures, and is kept on the device', async () => {
	const screen = await open(business([standing('attp'), standing('ocop')]));
	await expect.element(fields('attp').expiresOn).toHaveValue(soon);
	await fields('attp').renew.click();
	const form = fields('attp');
	await expect.element(form.number).toHaveValue('15/ATTP');
	await expect.element(form.issuedBy).toHaveValue('Sở Công Thương');
	await expect.element(form.scope).toHaveValue('Mứt dừa, mứt me');
	await expect.element(form.issuedOn).toHaveValue('');
	await expect.element(form.expiresOn).toHaveValue('');
	await expect.element(form.pictures).not.toBeInTheDocument();
	await expect.element(form.renew).not.toBeInTheDocument();
	await expect.element(form.choose).toHaveFocus();
	// The other paper is as it was.
	await expect.element(fields('ocop').expiresOn).toHaveValue(soon);
	await userEvent.fill(fields('attp').expiresOn, addDays(today, 900));
	await screen.unmount();
	await expect
		.poll(async () => (await device.business.typed())?.content.papers[0]?.expiresOn)
		.toBe(addDays(today, 900));

	await open(business([standing('attp'), standing('ocop')]));
	await expect.element(fields('attp').expiresOn).toHaveValue(addDays(today, 900));
	await expect.element(fields('attp').number).toHaveValue('15/ATTP');
	expect((await device.business.typed())?.content.papers.find(({ type }) => type === 'attp')).toEqual(
		paper('attp', { issuedOn: null, expiresOn: addDays(today, 900), files: [] })
	);
});

test('TG-12 a closed sector leads to the paper it waits for, and says when the new one is with the department', async () => {
	const past = addDays(today, -1);
	const ended = standing('attp', { expiresOn: past, left: -1 });
	const closed = (papers: PaperStanding[]) => ({
		...business(papers),
		openSectors: [],
		closedSectors: [{ sectorId: 'nong-san', paper: 'attp' }]
	});
	const screen = await open(closed([ended]));
	await expect.element(page.getByRole('link', { name: 'Gia hạn' })).toHaveAttribute('href', '#attp');
	await screen.unmount();

	await open(closed([{ ...ended, renewing: true }]));
	await expect.element(page.getByText(/^Giấy mới đang chờ sở xác nhận\. Xác nhận xong/)).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Gia hạn' })).not.toBeInTheDocument();
});

/** Pictures as a phone gives them, each another one. */
const pictures = (count: number): Promise<File[]> =>
	Promise.all(
		Array.from({ length: count }, async (_, at) => {
			const canvas = new OffscreenCanvas(40, 40 + at);
			canvas.getContext('2d')?.fillRect(0, 0, 20, 20 + at);
			return new File([await canvas.convertToBlob()], `trang-${at}.png`, { type: 'image/png' });
		})
	);

test('TG-7.1a files beyond what a paper holds are told of, with what to do, until there is room again', async () => {
	const screen = await open(business([standing('attp'), standing('ocop')]));
	const panel = page.elementLocator(document.getElementById('attp') ?? document.body);
	await expect.element(fields('attp').pictures).toBeVisible();
	await userEvent.upload(fields('attp').choose, await pictures(5));
	await expect.poll(() => fields('attp').pictures.elements().length, { timeout: 15_000 }).toBe(4);
	await expect.element(panel.getByText('Còn 2 tệp chưa nhận')).toBeVisible();
	await expect.element(panel.getByText(/gộp lại thành một tệp PDF/)).toBeVisible();
	expect(page.getByText(/tệp chưa nhận/).elements()).toHaveLength(1);
	await fields('attp').pictures.first().click();
	await expect.element(panel.getByText(/tệp chưa nhận/)).not.toBeInTheDocument();
	await screen.unmount();
});

test('TG-12, sync 5 papers photographed on another device are with the exchange: a renewal from this one waits for none of them', async () => {
	const known = business([standing('attp')]);
	const hash = 'a'.repeat(64);
	await device.business.remember({ ...known, files: [{ hash, thumb: null, src: '/api/files/a' }] });
	const sent = await device.command('business.submit', {
		businessId: known.id,
		base: known.rev,
		content: { ...known.content, phone: '0900000001', places: [{ wardCode: '28477', place: '' }] },
		person: { ...emptyPerson, identityNumber: '082190000456', representative: 'Nguyễn Thị Tư' },
		agreement: { version: '1', hash }
	});
	expect(sent).toMatchObject({ ok: true });
	// Nothing of it is for this device to send first.
	expect((await device.signOut()).unsent).toMatchObject([
		{ name: 'business.submit', state: { at: 'waiting' } }
	]);
});
