import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { CaseView } from '$lib/sync/app.svelte.ts';
import EnglishDesk from '../../../../tests/app/EnglishDesk.svelte';
import { isUnfinished } from '$lib/ui/unfinished.svelte.ts';
import { keptWords } from '$lib/sync/store/kept-words.ts';
import Desk from './Desk.svelte';
import type { OfficeOnline } from './online.ts';
import { TestDevice } from './test-device.svelte.ts';
import { officeTexts } from './texts.ts';
import { caseOf, coconut, hanh, minh, needCaseOf, now, sau, viewOf } from './test-world.ts';

const online: OfficeOnline = {
	endingPapers: async () => [],
	identity: async () => ({ state: 'none', method: null, at: null, dutyFrom: '2027-01-01' }),
	reveal: async () => ({ identityNumber: '082190000000', representative: 'Trần Ngọc Lan' }),
	officers: async () => [
		{ accountId: minh.id, name: minh.name },
		{ accountId: hanh.id, name: hanh.name }
	],
	history: async () => ({ items: [], next: null }),
	overview: async () => []
};
const unreachable: OfficeOnline = {
	endingPapers: () => Promise.reject(new Error('no network')),
	identity: () => Promise.reject(new Error('no network')),
	reveal: () => Promise.reject(new Error('no network')),
	officers: () => Promise.reject(new Error('no network')),
	history: () => Promise.reject(new Error('no network')),
	overview: () => Promise.reject(new Error('no network'))
};

const coconutCase = caseOf(17, { previous: { ...coconut, price: 160_000 }, round: 2 });
const shrimpPaste = caseOf(9, {
	dueAt: '2026-11-25T17:00:00.000Z',
	lastDay: '2026-11-25',
	countedDays: ['2026-11-23', '2026-11-25'],
	skippedDays: [{ day: '2026-11-24', reason: 'Ngày Văn hóa Việt Nam' }],
	content: { ...coconut, title: 'Mắm tôm chà Gò Công' }
});
const own = caseOf(30, {
	dueAt: '2026-11-26T17:00:00.000Z',
	lastDay: '2026-11-26',
	content: { ...coconut, title: 'Bưởi da xanh nhà anh Minh' },
	seller: { ...coconutCase.seller, id: hanh.id, accountId: minh.id }
});
const three = [viewOf(coconutCase), viewOf(shrimpPaste), viewOf(own)];

async function openDesk(
	options: { actor?: Actor; views?: readonly CaseView[]; caseId?: string | null; online?: OfficeOnline } = {}
) {
	const device = new TestDevice(options.actor ?? minh, options.views ?? three);
	let at = options.caseId ?? null;
	const screen = await render(Desk, {
		device,
		online: options.online ?? online,
		caseId: at,
		clock: () => now,
		open: (caseId: string | null) => {
			at = caseId;
			void screen.rerender({ caseId });
		}
	});
	return { device, screen, openCase: () => at };
}
const heading = (name: string) => page.getByRole('heading', { name, exact: true });

beforeEach(() => page.viewport(1280, 800));
// A link leads out of the component: the router is no part of these tests.
const stay = (event: MouseEvent) => {
	if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault();
};
beforeEach(() => document.addEventListener('click', stay));
afterEach(() => localStorage.clear());

describe('deciding by keys', () => {
	test('TG-10.2b A and Enter approve, and the next case is open', async () => {
		const { device } = await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('a');
		await expect.element(page.getByRole('dialog')).toBeVisible();
		await userEvent.keyboard('{Enter}');
		await expect.element(heading('Mắm tôm chà Gò Công')).toBeVisible();
		expect(device.sent).toEqual([
			{
				name: 'case.decide',
				input: { caseId: coconutCase.id, listingRev: 2, decision: 'approve', note: '' }
			}
		]);
		await expect.element(page.getByRole('status')).toHaveTextContent('duyệt “Dừa sáp trái to”');
	});

	test('TG-10.2b R, the number of a reason and Enter return it with that reason', async () => {
		const { device } = await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('r');
		await expect.element(page.getByRole('checkbox').first()).toHaveFocus();
		await userEvent.keyboard('2{Enter}');
		await expect.element(heading('Mắm tôm chà Gò Công')).toBeVisible();
		expect(device.sent[0]?.input).toMatchObject({ decision: 'return', reasonCodes: ['anh-chua-ro'] });
	});

	test('TG-10.2b a return without a reason is not sent and says why', async () => {
		const { device } = await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('r{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('Chọn ít nhất một lý do');
		expect(device.sent).toEqual([]);
	});

	test('letters in the note decide nothing, and J and K move', async () => {
		const { device } = await openDesk();
		await userEvent.keyboard('r');
		await page.getByRole('textbox', { name: 'Lời nhắn' }).fill('aaa jjj 123');
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		await userEvent.keyboard('j');
		await expect.element(heading('Mắm tôm chà Gò Công')).toBeVisible();
		await userEvent.keyboard('k');
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		expect(device.sent).toEqual([]);
	});

	test('sync 16: a note for the seller is waited for by a new version that another window lets in', async () => {
		await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		expect(isUnfinished()).toBe(false);
		await userEvent.keyboard('r');
		await page.getByRole('textbox', { name: /Lời nhắn/ }).fill('Bà chụp lại giấy chứng nhận giúp.');
		expect(isUnfinished()).toBe(true);
		await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).click();
		await expect.poll(isUnfinished).toBe(false);
	});

	test('single letters can be switched off', async () => {
		await openDesk();
		await userEvent.keyboard('?');
		await page.getByRole('checkbox', { name: 'Dùng phím tắt' }).click();
		await userEvent.keyboard('{Escape}');
		await userEvent.keyboard('a');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		await userEvent.keyboard('?');
		await page.getByRole('checkbox', { name: 'Dùng phím tắt' }).click();
	});
});

describe('a purchase need on the desk', () => {
	const need = needCaseOf(40);

	test.each([360, 1280])(
		'TG-10.3a: at %i px what is looked for is read line by line, without the buyer, under its own clause',
		async (width) => {
			await page.viewport(width, 800);
			await openDesk({ views: [viewOf(need)], caseId: need.id });
			await expect.element(heading('Dừa sáp cho quán kem')).toBeVisible();
			const table = page.getByRole('table', { name: 'Nội dung nhu cầu' });
			for (const said of [
				'Trái cây tươi · Nông sản',
				'200\u00a0trái mỗi tháng',
				'Giá thỏa thuận',
				'Xã Ngũ Hiệp',
				'31/12/2026',
				'Trái đặc ruột'
			])
				await expect.element(table).toHaveTextContent(said.replaceAll('\u00a0', ' '));
			await expect.element(page.getByText(/\(TG-10.3b\)/)).toBeVisible();
			expect(page.getByRole('button', { name: 'Từ chối' }).elements()).toEqual([]);
			expect(page.getByRole('heading', { name: 'Người bán' }).elements()).toEqual([]);
			const results = await axe.run(document.body, {
				resultTypes: ['violations'],
				rules: { region: { enabled: false } }
			});
			expect(results.violations.map(({ id }) => id)).toEqual([]);
			expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
		}
	);

	test('TG-10.3b: keys approve it, or return it with a reason the buyer reads', async () => {
		const { device } = await openDesk({ views: [viewOf(need), viewOf(coconutCase)], caseId: need.id });
		await expect.element(heading('Dừa sáp cho quán kem')).toBeVisible();
		await userEvent.keyboard('r');
		await expect.element(page.getByRole('dialog')).toHaveTextContent('người mua đọc đúng những chữ này');
		await expect.element(page.getByRole('checkbox', { name: /^Chưa rõ cần mua gì/ })).toBeVisible();
		expect(page.getByText('Hình chưa rõ').elements()).toEqual([]);
		expect(page.getByText('It is not clear').elements()).toEqual([]);
		await userEvent.keyboard('1{Enter}');
		await expect.poll(() => device.sent).toHaveLength(1);
		expect(device.sent[0]).toEqual({
			name: 'case.decide',
			input: {
				caseId: need.id,
				listingRev: 1,
				decision: 'return',
				reasonCodes: ['nhu-cau-chua-ro'],
				note: ''
			}
		});
	});

	test('TG-10.3a: an officer who reads English sees what each reason means below the words the buyer reads', async () => {
		const device = new TestDevice(minh, [viewOf(need)]);
		await render(EnglishDesk, {
			device,
			online,
			caseId: need.id,
			clock: () => now,
			open: () => undefined
		});
		await expect.element(heading('Dừa sáp cho quán kem')).toBeVisible();
		await userEvent.keyboard('r');
		const reason = page.getByRole('checkbox', { name: /^Chưa rõ cần mua gì/ });
		await expect.element(reason).toHaveAccessibleName(/It is not clear what is wanted\./);
	});
});

describe('what the desk tells', () => {
	test('sync 12: without a network the decision is said to count from the server’s receipt', async () => {
		const { device } = await openDesk({ caseId: coconutCase.id, views: [viewOf(coconutCase)] });
		device.setOnline(false);
		await userEvent.keyboard('a');
		await expect.element(page.getByRole('dialog')).toHaveTextContent('tính theo giờ máy chủ nhận');
		await userEvent.keyboard('{Enter}');
		await page.getByRole('button', { name: 'Chờ gửi' }).click();
		await expect
			.element(page.getByRole('link', { name: 'Dừa sáp trái to' }))
			.toHaveTextContent('trên máy này');
		await expect.element(page.getByRole('article')).toHaveTextContent('Quyết định nằm trên máy này');
	});

	test('TG-10.2b a second decision is refused and told by whom and when', async () => {
		const { device, screen } = await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('a{Enter}');
		await expect.element(heading('Mắm tôm chà Gò Công')).toBeVisible();
		device.answer({
			code: 'already_decided',
			facts: { by: 'Phạm Mỹ Hạnh', at: '2026-11-23T14:00:00.000Z', outcome: 'returned' }
		});
		await expect.element(page.getByText('1 quyết định chưa được nhận')).toBeVisible();
		await screen.rerender({ caseId: coconutCase.id });
		const told = page.getByRole('article').getByRole('alert');
		await expect.element(told).toHaveTextContent('Phạm Mỹ Hạnh đã trả lại hồ sơ này lúc 23/11/2026 21:00');
		await page.getByRole('button', { name: 'Đã hiểu' }).click();
		await expect.element(told).not.toBeInTheDocument();
	});

	test('sync 6: a dialog that only repeats a refused decision keeps nothing; what is changed in it is kept', async () => {
		const { device } = await openDesk();
		const kept = () => keptWords(minh.id, `decide:return:${coconutCase.id}`);
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('r2{Enter}');
		device.answer({ code: 'not_allowed' });
		await userEvent.keyboard('k');
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('r');
		await expect.element(page.getByRole('checkbox', { checked: true })).toBeVisible();
		expect(kept()).toBeNull();
		await page.getByRole('textbox', { name: /Lời nhắn/ }).fill('Bà chụp lại giúp.');
		expect(kept()).toMatchObject({ note: 'Bà chụp lại giúp.' });
	});

	test('sync 15: a decision the device cannot store says so, keeps its words, and the refused one before it stays', async () => {
		const { device, screen } = await openDesk();
		await userEvent.keyboard('r');
		const note = page.getByRole('dialog').getByRole('textbox');
		await page.getByRole('dialog').getByRole('checkbox').first().click();
		await note.fill('Xin chụp lại giấy.');
		await page.getByRole('dialog').getByRole('button', { name: 'Trả lại' }).click();
		await expect.poll(() => device.sent.length).toBe(1);
		device.answer({ code: 'not_allowed' });
		await screen.rerender({ caseId: coconutCase.id });
		const told = page.getByRole('article').getByRole('alert');
		await expect.element(told).toBeVisible();
		await userEvent.keyboard('r');
		await expect.element(note).toHaveValue('Xin chụp lại giấy.');
		await note.fill('Xin chụp lại giấy, lần hai.');
		device.full = true;
		const send = page.getByRole('dialog').getByRole('button', { name: 'Trả lại' });
		await send.click();
		await expect.element(page.getByText(officeTexts.vi.notKept)).toBeVisible();
		await expect.element(told).toBeInTheDocument();
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		await userEvent.keyboard('r');
		await expect.element(note).toHaveValue('Xin chụp lại giấy, lần hai.');
		device.full = false;
		await send.click();
		await expect.poll(() => device.sent.length).toBe(2);
		expect(device.sent[1]).toMatchObject({ input: { note: 'Xin chụp lại giấy, lần hai.' } });
		expect(Object.keys(localStorage).filter((key) => key.includes('decide'))).toEqual([]);
	});

	test('a listing that changed meanwhile shows what changed since the decision', async () => {
		const { device, screen } = await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		await userEvent.keyboard('a{Enter}');
		await expect.element(heading('Mắm tôm chà Gò Công')).toBeVisible();
		device.answer({ code: 'stale_version', facts: { rev: 3 } });
		device.setViews(
			device
				.cases()
				.current.map((view) =>
					view.case.kind === 'listing' && view.case.id === coconutCase.id
						? { ...view, case: { ...view.case, listingRev: 3, content: { ...coconut, price: 120_000 } } }
						: view
				)
		);
		await screen.rerender({ caseId: coconutCase.id });
		const table = page.getByRole('table', { name: 'Đã đổi so với lúc anh chị quyết định' });
		await expect.element(table).toHaveTextContent('140.000');
		await expect.element(table).toHaveTextContent('120.000');
	});

	test('TG-19.5 own goods are locked, and the lock says why', async () => {
		await openDesk({ caseId: own.id });
		await expect.element(page.getByRole('button', { name: 'Duyệt' })).toBeDisabled();
		await expect.element(page.getByText('hàng của chính anh chị')).toBeVisible();
		await userEvent.keyboard('a');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	});

	test('the difference marks what changed by more than colour', async () => {
		await openDesk({ caseId: coconutCase.id });
		const row = page.getByRole('row', { name: 'Giá' });
		await expect.element(row.getByRole('deletion')).toHaveTextContent('160.000');
		await expect.element(row.getByRole('insertion')).toHaveTextContent('đã đổi: 140.000');
	});
});

describe('handing a case on', () => {
	test('TG-19.5 the lead gives it to a colleague with a reason', async () => {
		const { device } = await openDesk({ actor: sau, caseId: coconutCase.id });
		await userEvent.keyboard('g');
		await page.getByText('Phạm Mỹ Hạnh').click();
		await page.getByRole('textbox', { name: 'Lý do chuyển' }).fill('Anh Minh đi công tác');
		await page.getByRole('button', { name: 'Chuyển hồ sơ' }).click();
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		expect(device.sent).toEqual([
			{
				name: 'case.reassign',
				input: { caseId: coconutCase.id, toAccountId: hanh.id, reason: 'Anh Minh đi công tác' }
			}
		]);
	});

	test('without a network it says so instead of guessing who works there', async () => {
		const { device } = await openDesk({ actor: sau, caseId: coconutCase.id, online: unreachable });
		device.setOnline(false);
		await userEvent.keyboard('g');
		await expect.element(page.getByRole('dialog')).toHaveTextContent('Cần mạng để xem mục này');
	});
});

describe('for everybody', () => {
	async function violations(): Promise<string[]> {
		const { violations: found } = await axe.run(document.body, {
			// A component alone is not a whole page.
			rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
		});
		return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
	}
	const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

	test('the list and a case at 320 px: nothing for axe to find, nothing runs out of the screen', async () => {
		await page.viewport(320, 700);
		const { screen } = await openDesk();
		await expect.element(page.getByRole('link', { name: 'Dừa sáp trái to' })).toBeVisible();
		expect(await violations()).toEqual([]);
		expect(sideways()).toBe(0);
		await screen.rerender({ caseId: coconutCase.id });
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		expect(await violations()).toEqual([]);
		expect(sideways()).toBe(0);
	});

	test('the dialogs at 320 px', async () => {
		await page.viewport(320, 700);
		await openDesk({ caseId: coconutCase.id });
		for (const key of ['a', 'r', 'g', '?']) {
			await userEvent.keyboard(key);
			await expect.element(page.getByRole('dialog')).toBeVisible();
			expect(await violations()).toEqual([]);
			await userEvent.keyboard('{Escape}');
			await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		}
	});

	test('what the shell tells above the desk does not push the foot of the list below the window', async () => {
		document.body.style.paddingTop = '200px';
		document.documentElement.style.setProperty('--told-height', '200px');
		try {
			await openDesk({ caseId: coconutCase.id });
			await expect.element(heading('Dừa sáp trái to')).toBeVisible();
			const foot = () => document.querySelector('.keys')?.getBoundingClientRect().bottom;
			await expect.poll(foot).toBe(window.innerHeight);
			window.scrollTo(0, 120);
			await expect.poll(() => window.scrollY).toBe(120);
			await expect.poll(foot).toBe(window.innerHeight);
		} finally {
			document.body.style.paddingTop = '';
			document.documentElement.style.removeProperty('--told-height');
		}
	});

	test('three panes at 1280 px', async () => {
		await openDesk();
		await expect.element(heading('Dừa sáp trái to')).toBeVisible();
		expect(await violations()).toEqual([]);
	});
});
