import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../../app.css';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Refusal } from '$lib/domain/kernel/refusal.ts';
import type { OpenedProposal, ProposalLine } from '$lib/domain/proposals/schema.ts';
import type { Device, ProposalView } from '$lib/sync/app.svelte.ts';
import { violationsOf } from '../../../../../tests/world/axe.ts';
import ProposalAnswer from './ProposalAnswer.svelte';
import ProposalList from './ProposalList.svelte';
import type { ProposalsApi } from './proposals-api.ts';
import ProposalsView from './ProposalsView.svelte';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = '2026-11-22T02:00:00.000Z';
const words = 'Xin thêm nút in mã vạch cho từng lô.';
const actor: Actor = { id: uuid(1), name: 'Nguyễn Ban', roles: ['board'], posts: [], businessId: null };
const board = { actor };

async function clean(): Promise<void> {
	const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violationsOf(found)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}
beforeEach(() => localStorage.clear());

type Own = Pick<Device, 'actor' | 'proposals' | 'command' | 'newId' | 'retry' | 'discard'>;
/** A member's device; what it was told to do is kept. */
function phone(views: readonly ProposalView[] = [], more: Partial<Own> = {}) {
	const told: unknown[] = [];
	let made = 100;
	const device: Own = {
		actor: { ...actor, roles: ['buyer', 'seller'] },
		proposals: () => ({ current: views, ready: true }),
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
const pending = (
	n: number,
	state: NonNullable<ProposalView['sending']>['command']['state']
): ProposalView => ({
	id: uuid(n),
	proposal: null,
	sending: {
		input: { proposalId: uuid(n), topic: 'fault', text: `${words} (${n})` },
		command: { id: `c${n}`, name: 'proposal.send', deviceTime: at, state }
	},
	at
});
const known = (n: number, more: Partial<NonNullable<ProposalView['proposal']>>): ProposalView => ({
	id: uuid(n),
	proposal: {
		kind: 'proposal',
		id: uuid(n),
		code: `TG-G${n}-17`,
		topic: 'feature',
		text: words,
		state: 'sent',
		sentAt: at,
		answer: null,
		answeredBy: null,
		answeredAt: null,
		updatedAt: at,
		...more
	},
	sending: null,
	at
});

test.each([360, 1280])('TG-3.4a: at %i px a proposal is chosen, written and kept once', async (width) => {
	await page.viewport(width, 800);
	const { told, device } = phone();
	const { unmount } = await render(ProposalsView, { device });
	await expect.element(page.getByText('Chưa gửi góp ý nào')).toBeVisible();
	await clean();
	await page.getByRole('button', { name: 'Gửi góp ý' }).click();
	await expect.element(page.getByText('Chọn một mục.')).toBeVisible();
	await expect.element(page.getByText('Mời viết rõ hơn')).toBeVisible();
	await clean();
	await page.getByText('Chức năng mới', { exact: true }).click();
	await page.getByRole('textbox', { name: 'Nội dung' }).fill(words);
	// Left in the middle, it is there again, also in another tab.
	unmount();
	sessionStorage.clear();
	await render(ProposalsView, { device });
	await expect.element(page.getByRole('textbox', { name: 'Nội dung' })).toHaveValue(words);
	await page.getByRole('button', { name: 'Gửi góp ý' }).click();
	await expect.element(page.getByText('Đã lưu góp ý trên máy này.', { exact: false })).toBeVisible();
	await expect.element(page.getByRole('textbox', { name: 'Nội dung' })).toHaveValue('');
	expect(told).toEqual([
		['proposal.send', { proposalId: expect.any(String), topic: 'feature', text: words }]
	]);
	await clean();
});

test('sync 15: what the device cannot store stays in the form, under the same id', async () => {
	let full = true;
	const ids: unknown[] = [];
	const { device } = phone([], {
		command: async (_, input) => {
			ids.push(input);
			if (full) throw new DOMException('full', 'QuotaExceededError');
			return ok({ commandId: 'c' });
		}
	});
	await render(ProposalsView, { device });
	await page.getByText('Sự cố', { exact: true }).click();
	await page.getByRole('textbox', { name: 'Nội dung' }).fill(words);
	await page.getByRole('button', { name: 'Gửi góp ý' }).click();
	await expect.element(page.getByText('Máy chưa lưu được.', { exact: false })).toBeVisible();
	await expect.element(page.getByRole('textbox', { name: 'Nội dung' })).toHaveValue(words);
	full = false;
	await page.getByRole('button', { name: 'Gửi góp ý' }).click();
	await expect.element(page.getByText('Đã lưu góp ý trên máy này.', { exact: false })).toBeVisible();
	expect(ids[0]).toEqual(ids[1]);
});

test.each([360, 1280])(
	'TG-3.4a: at %i px each own proposal says where it is, and its answer',
	async (width) => {
		await page.viewport(width, 800);
		const refusal: Refusal = { code: 'too_many_waiting', facts: { most: 20 } };
		const { told, device } = phone([
			pending(2, { at: 'waiting' }),
			pending(3, { at: 'acknowledged', receipt: 'K7-42', receivedAt: at }),
			pending(4, { at: 'refused', refusal, receivedAt: at }),
			known(5, {}),
			known(6, { state: 'considering' }),
			known(7, {
				state: 'declined',
				answer: 'Chưa có tiền mua máy in.\nSang năm xem lại.',
				answeredBy: 'Lý Thu Hoa',
				answeredAt: at
			}),
			known(8, {
				state: 'done',
				answer: 'Sẽ có trong bản sau Tết.',
				answeredBy: 'Lý Thu Hoa',
				answeredAt: at,
				doneWords: 'Đã có ở trang in tem.',
				doneBy: 'Nguyễn Ban',
				doneAt: '2027-02-20T02:00:00.000Z'
			})
		]);
		await render(ProposalsView, { device });
		for (const said of [
			'Trên máy này, chưa gửi',
			'mã nhận K7-42',
			'Sàn chưa nhận góp ý này',
			'Đã nhận, mã TG-G5-17',
			'Đang xem xét',
			'Chưa tiếp thu',
			'Sang năm xem lại.',
			'Lý Thu Hoa',
			'Sẽ có trong bản sau Tết.',
			'Đã có ở trang in tem.',
			'Nguyễn Ban · '
		])
			await expect.element(page.getByText(said, { exact: false }).first()).toBeVisible();
		await expect.element(page.getByText('Đang có 20 việc chờ sàn trả lời', { exact: false })).toBeVisible();
		await clean();
		await page.getByRole('button', { name: 'Gửi lại' }).click();
		await page.getByRole('button', { name: 'Bỏ' }).first().click();
		await clean();
		await page.getByRole('dialog').getByRole('button', { name: 'Bỏ' }).click();
		expect(told).toEqual([
			['retry', 'c4'],
			['discard', 'c2']
		]);
	}
);

const line: ProposalLine = {
	id: uuid(20),
	code: 'TG-G42-17',
	topic: 'feature',
	state: 'sent',
	person: 'T. N. Lan',
	sentAt: new Date(Date.now() - 5 * 86_400_000).toISOString(),
	takenBy: null,
	takenAt: null,
	answeredBy: null,
	answeredAt: null
};
const next = { ...line, id: uuid(21), code: 'TG-G43-22', takenBy: 'Lý Thu Hoa', takenAt: at };

/** The Board's side of the exchange; what was asked is kept. */
function exchange(refusal: Refusal | null = null, more: Partial<OpenedProposal> = {}) {
	const asked: unknown[] = [];
	let one: OpenedProposal = {
		...line,
		text: words,
		answer: '',
		doneWords: '',
		doneBy: null,
		doneAt: null,
		mayAnswer: true,
		mayCarryOut: false,
		...more
	};
	const online: ProposalsApi = {
		list: async (question) => {
			asked.push(question);
			if (question.which === 'answered') return { items: [], next: null };
			if (question.which === 'promised')
				return {
					items: [{ ...line, state: 'accepted', answeredBy: 'Lý Thu Hoa', answeredAt: at }],
					next: null
				};
			return question.after === null
				? { items: [line], next: { at: line.sentAt, id: line.id } }
				: { items: [next], next: null };
		},
		open: async () => ({ ok: true, value: one }),
		consider: async () => {
			one = { ...one, state: 'considering', takenBy: actor.name, takenAt: at };
			return refusal === null ? { ok: true } : { ok: false, refusal };
		},
		answer: async (answer) => {
			asked.push(answer);
			if (refusal !== null) return { ok: false, refusal };
			const { outcome: state } = answer;
			const mayAnswer = false;
			const mayCarryOut = state === 'accepted';
			const given = { answer: answer.answer, answeredBy: actor.name, answeredAt: at };
			one = { ...one, state, ...given, mayAnswer, mayCarryOut };
			return { ok: true };
		},
		carryOut: async (said) => {
			asked.push(said);
			if (refusal !== null) return { ok: false, refusal };
			const { words: doneWords } = said;
			one = { ...one, state: 'done', doneWords, doneBy: actor.name, doneAt: at, mayCarryOut: false };
			return { ok: true };
		}
	};
	return { asked, online };
}

test.each([360, 1280])(
	'TG-3.4a: at %i px the oldest proposal is there with its age, and nobody’s whole name',
	async (width) => {
		await page.viewport(width, 800);
		const { asked, online } = exchange();
		await render(ProposalList, { device: board, online });
		await expect
			.element(page.getByRole('link', { name: /TG-G42-17/ }))
			.toHaveAttribute('href', `/app/admin/proposals/${line.id}`);
		await expect.element(page.getByText('Đã chờ 5 ngày')).toBeVisible();
		await page.getByRole('button', { name: 'Xem thêm' }).click();
		await expect.element(page.getByText('Lý Thu Hoa đang xem xét')).toBeVisible();
		await expect.element(page.getByRole('link', { name: /TG-G42-17/ })).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Xem thêm' })).not.toBeInTheDocument();
		await clean();
		await page.getByRole('button', { name: 'Sẽ làm' }).click();
		await expect.element(page.getByText('Tiếp thu', { exact: true })).toBeVisible();
		await clean();
		await page.getByRole('button', { name: 'Đã trả lời' }).click();
		await expect.element(page.getByText('Chưa trả lời góp ý nào')).toBeVisible();
		await clean();
		expect(asked).toContainEqual({ which: 'open', after: { at: line.sentAt, id: line.id } });
	}
);

test.each([360, 1280])(
	'TG-3.4a: at %i px a proposal is considered and answered with an outcome',
	async (width) => {
		await page.viewport(width, 800);
		const { asked, online } = exchange();
		await render(ProposalAnswer, { device: board, online, id: line.id });
		await expect.element(page.getByText(words)).toBeVisible();
		await clean();
		await page.getByRole('button', { name: 'Nhận xem xét' }).click();
		await expect.element(page.getByText('Nguyễn Ban đang xem xét', { exact: false })).toBeVisible();
		await page.getByRole('button', { name: 'Gửi trả lời' }).click();
		await expect.element(page.getByText('Chọn kết quả.')).toBeVisible();
		await expect.element(page.getByText('Mời viết rõ hơn')).toBeVisible();
		await clean();
		await page.getByText('Tiếp thu, sẽ làm').click();
		await page.getByRole('textbox', { name: 'Trả lời người gửi' }).fill('Sẽ có trong bản sau Tết.');
		await page.getByRole('button', { name: 'Gửi trả lời' }).click();
		await expect.element(page.getByText('Đã trả lời. Người gửi thấy trong thông báo.')).toBeVisible();
		await expect.element(page.getByText('Sẽ có trong bản sau Tết.')).toBeVisible();
		expect(asked).toEqual([{ id: line.id, outcome: 'accepted', answer: 'Sẽ có trong bản sau Tết.' }]);
		await clean();
	}
);

const promised = {
	state: 'accepted' as const,
	answer: 'Sẽ có trong bản sau Tết.',
	answeredBy: 'Lý Thu Hoa',
	answeredAt: at,
	mayAnswer: false,
	mayCarryOut: true
};

test.each([360, 1280])(
	'TG-3.4a: at %i px what was accepted is said to be done, once, and both words stand',
	async (width) => {
		await page.viewport(width, 800);
		const { asked, online } = exchange(null, promised);
		await render(ProposalAnswer, { device: board, online, id: line.id });
		await expect.element(page.getByText('Sẽ có trong bản sau Tết.')).toBeVisible();
		await page.getByRole('button', { name: 'Báo đã thực hiện' }).click();
		await expect.element(page.getByText('Mời viết rõ hơn')).toBeVisible();
		await clean();
		await page.getByRole('textbox', { name: 'Đã làm được gì' }).fill('Đã có ở trang in tem.');
		await page.getByRole('button', { name: 'Báo đã thực hiện' }).click();
		await expect
			.element(page.getByText('Đã báo thực hiện xong. Người gửi thấy trong thông báo.'))
			.toBeVisible();
		for (const said of ['Sẽ có trong bản sau Tết.', 'Đã có ở trang in tem.', 'Nguyễn Ban · '])
			await expect.element(page.getByText(said)).toBeVisible();
		await expect.element(page.getByRole('textbox')).not.toBeInTheDocument();
		expect(asked).toEqual([{ id: line.id, words: 'Đã có ở trang in tem.' }]);
		await clean();
	}
);

test('TG-3.4a: of two who say that it is done the second reads who was first, and loses no word', async () => {
	const { online } = exchange(no('already_decided', { facts: { by: 'Lý Thu Hoa', at } }).refusal, promised);
	await render(ProposalAnswer, { device: board, online, id: line.id });
	await page.getByRole('textbox', { name: 'Đã làm được gì' }).fill('Đã có ở trang in tem.');
	await page.getByRole('button', { name: 'Báo đã thực hiện' }).click();
	await expect
		.element(page.getByText('Lý Thu Hoa đã báo thực hiện xong lúc', { exact: false }))
		.toBeVisible();
	await expect.element(page.getByRole('textbox')).toHaveValue('Đã có ở trang in tem.');
});

test('TG-3.4a: of two who answer the second reads who was first, and loses no word', async () => {
	const facts = { by: 'Lý Thu Hoa', at };
	const { online } = exchange(no('already_decided', { facts }).refusal);
	await render(ProposalAnswer, { device: board, online, id: line.id });
	await page.getByText('Chưa tiếp thu', { exact: true }).click();
	await page.getByRole('textbox', { name: 'Trả lời người gửi' }).fill('Chưa có tiền mua máy in.');
	await page.getByRole('button', { name: 'Gửi trả lời' }).click();
	await expect.element(page.getByText('Lý Thu Hoa đã trả lời lúc', { exact: false })).toBeVisible();
	await expect.element(page.getByRole('textbox')).toHaveValue('Chưa có tiền mua máy in.');
});

test('TG-3.4a: one’s own is left to others, and of an erased person nothing is left', async () => {
	const own = exchange(null, { mayAnswer: false });
	const { unmount } = await render(ProposalAnswer, { device: board, online: own.online, id: line.id });
	await expect.element(page.getByText('Đây là góp ý của bạn. Người khác sẽ trả lời.')).toBeVisible();
	await expect.element(page.getByRole('textbox')).not.toBeInTheDocument();
	unmount();
	const over = { state: 'accepted' as const, answeredBy: 'Lý Thu Hoa', answeredAt: at, mayAnswer: false };
	const erased = exchange(null, { ...over, person: '', text: '', answer: '' });
	await render(ProposalAnswer, { device: board, online: erased.online, id: line.id });
	await expect.element(page.getByText('Đã xóa tên')).toBeVisible();
	await expect.element(page.getByText('Đã xóa theo tài khoản của người gửi.').first()).toBeVisible();
});

test('it is for the Board and administrators alone', async () => {
	const seller = { actor: { ...actor, roles: ['seller' as const] } };
	const { asked, online } = exchange();
	await render(ProposalList, { device: seller, online });
	await expect.element(page.getByText('Mục này dành cho Ban quản lý sàn')).toBeVisible();
	expect(asked).toEqual([]);
});
