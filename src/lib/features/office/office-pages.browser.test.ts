import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { EndingPaper } from '$lib/domain/businesses/schema.ts';
import '../../../app.css';
import EndingPapers from './EndingPapers.svelte';
import History from './History.svelte';
import type { AgencyDue, HistoryKey, HistoryRow, OfficeOnline } from './online.ts';
import Overview from './Overview.svelte';
import { TestDevice } from './test-device.svelte.ts';
import { caseOf, hanh, minh, sau, viewOf } from './test-world.ts';

const rows: readonly HistoryRow[] = Array.from({ length: 5 }, (_, index) => ({
	id: `00000000-0000-4000-8000-00000000000${index}`,
	code: `TG-41-0${index}`,
	title: `Sầu riêng Ri6 số ${index}`,
	sellerName: 'Vườn bà Tư',
	state: index === 4 ? 'returned' : 'approved',
	decidedAt: `2026-11-2${5 - index}T02:00:00.000Z`,
	decidedByName: hanh.name,
	dueAt: '2026-11-23T17:00:00.000Z'
}));
const keyOf = (row: HistoryRow): HistoryKey => ({ decidedAt: row.decidedAt, id: row.id });
const due: AgencyDue = {
	id: 'so-nnmt',
	name: 'Sở Nông nghiệp và Môi trường',
	onTime: 20,
	soon: 5,
	overdue: 1,
	breaches: 2,
	decidedThisWeek: 28,
	onTimeThisWeek: 27,
	officers: [
		{
			id: null,
			name: null,
			onTime: 0,
			soon: 0,
			overdue: 1,
			breaches: 2,
			decidedThisWeek: 0,
			onTimeThisWeek: 0
		}
	]
};

const ending: readonly EndingPaper[] = [
	{
		businessId: 'b',
		businessName: 'Mứt nhà Lan',
		wardName: 'Xã Ngũ Hiệp',
		type: 'attp',
		expiresOn: '2026-11-20',
		left: -2,
		sectors: [],
		closed: true,
		caseId: null
	}
];

/** A server with pages of two rows, that can be cut off. */
class TestOffice implements OfficeOnline {
	reveal = () => Promise.reject(new Error('no registration here'));
	identity = () => Promise.reject(new Error('no registration here'));
	endingPapers = async () => ending;
	reachable = true;
	officers = async () => [];
	async history(_agencyId: string, after: HistoryKey | null) {
		if (!this.reachable) throw new Error('no network');
		const from = after === null ? 0 : rows.findIndex((row) => row.id === after.id) + 1;
		const items = rows.slice(from, from + 2);
		const last = items.at(-1);
		return { items, next: from + 2 < rows.length && last ? keyOf(last) : null };
	}
	async overview() {
		if (!this.reachable) throw new Error('no network');
		return [due];
	}
}

const decided = caseOf(17, {
	state: 'approved',
	decision: {
		by: { id: hanh.id, name: hanh.name },
		at: '2026-11-23T02:00:00.000Z',
		deviceTime: '2026-11-23T02:00:00.000Z',
		outcome: 'approved',
		reasonCodes: [],
		note: ''
	}
});

async function clean(): Promise<void> {
	const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}

beforeEach(() => page.viewport(320, 700));

describe('decided cases', () => {
	test('come page by page; a page that fails can be asked again and nothing is shown twice', async () => {
		const office = new TestOffice();
		await render(History, { device: new TestDevice(minh, []), online: office });
		await expect.element(page.getByText('Sầu riêng Ri6 số 1')).toBeVisible();
		office.reachable = false;
		await page.getByRole('button', { name: 'Xem thêm' }).click();
		await expect.element(page.getByText('Máy chủ chưa trả lời được')).toBeVisible();
		office.reachable = true;
		await page.getByRole('button', { name: 'Xem thêm' }).click();
		await expect.element(page.getByText('Sầu riêng Ri6 số 3')).toBeVisible();
		await page.getByRole('button', { name: 'Xem thêm' }).click();
		await expect.element(page.getByText('Sầu riêng Ri6 số 4')).toBeVisible();
		expect(document.querySelectorAll('li')).toHaveLength(5);
		await expect.element(page.getByRole('button', { name: 'Xem thêm' })).not.toBeInTheDocument();
		await clean();
	});

	test('without a network those still on the device are shown, and it says so', async () => {
		const device = new TestDevice(minh, [viewOf(decided)]);
		device.setOnline(false);
		const office = new TestOffice();
		office.reachable = false;
		await render(History, { device, online: office });
		await expect.element(page.getByText('Cần mạng để xem mục này')).toBeVisible();
		await expect.element(page.getByRole('link', { name: 'Dừa sáp trái to' })).toBeVisible();
		await clean();
	});
});

describe('figures of the unit', () => {
	test('TG-10.3b the lead sees open cases and the ledger by unit and officer', async () => {
		await render(Overview, { device: new TestDevice(sau, []), online: new TestOffice() });
		await expect.element(page.getByText('26 hồ sơ đang chờ trả lời')).toBeVisible();
		await expect.element(page.getByRole('row', { name: 'Sở Nông nghiệp' })).toHaveTextContent('96,4%');
		await expect.element(page.getByRole('row', { name: 'Chưa giao cho ai' })).toBeVisible();
		await clean();
	});

	test('TG-20.3 an officer who leads nothing is told whom it is for', async () => {
		await render(Overview, { device: new TestDevice(minh, []), online: new TestOffice() });
		await expect.element(page.getByText('dành cho lãnh đạo đơn vị')).toBeVisible();
		await expect.element(page.getByRole('table')).not.toBeInTheDocument();
	});

	test('without a network it says so', async () => {
		const device = new TestDevice(sau, []);
		device.setOnline(false);
		await render(Overview, { device, online: new TestOffice() });
		await expect.element(page.getByText('Cần mạng để xem mục này')).toBeVisible();
		await clean();
	});
});

test('TG-12 papers that ran out are named with the business they belong to, and whether goods are hidden', async () => {
	await render(EndingPapers, { device: new TestDevice(minh, []), online: new TestOffice() });
	await expect.element(page.getByText('Mứt nhà Lan')).toBeVisible();
	await expect.element(page.getByText('Hàng đang ẩn, giấy hết hạn 20/11/2026')).toBeVisible();
	await clean();
});
