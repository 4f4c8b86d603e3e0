import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { no, ok } from '$lib/domain/kernel/refusal.ts';
import type { MessageKey, MessagePage, MessageRow, MessageState } from '$lib/domain/messages/schema.ts';
import '../../../app.css';
import type { LetterPurpose } from '$lib/domain/personal-data/looks.ts';
import MessagesView from './MessagesView.svelte';
import type { MessagesOnline } from './online.ts';

const row = (n: number, more: Partial<MessageRow>): MessageRow => ({
	id: `00000000-0000-4000-8000-00000000000${n}`,
	channel: 'email',
	template: 'activation_code',
	language: 'vi',
	state: 'kept',
	attempts: 1,
	error: null,
	address: 'c•••@san-tinh.example',
	subjectRef: null,
	createdAt: '2026-11-23T02:00:00.000Z',
	dueAt: '2026-11-23T02:00:00.000Z',
	sentAt: null,
	...more
});
const rows = [
	row(1, {}),
	row(2, {
		state: 'failed',
		template: 'contact_changed',
		error: 'smtp_550',
		channel: 'sms',
		address: '09•••003'
	}),
	row(3, { state: 'queued', template: 'security_notice', error: 'esocket', attempts: 3 })
];

class TestMessages implements MessagesOnline {
	reachable = true;
	waiting = 0;
	readonly sentKept: number[] = [];
	readonly repeated: string[] = [];
	async list(states: readonly MessageState[], _after: MessageKey | null): Promise<MessagePage> {
		if (!this.reachable) throw new Error('no network');
		return {
			items: rows.filter(({ state }) => states.length === 0 || states.includes(state)),
			next: null,
			counts: { queued: 1, sending: 0, sent: 0, failed: 1, kept: 1 },
			connected: { email: this.waiting > 0, sms: true },
			keptWaiting: { 1: Math.min(this.waiting, 2), 3: this.waiting, 7: this.waiting }
		};
	}
	readonly said: LetterPurpose[] = [];
	async open(id: string, said: LetterPurpose) {
		this.said.push(said);
		return id === rows[0]?.id
			? ok({ state: 'readable', subject: '482913 là mã kích hoạt', text: 'Mã: 482913' } as const)
			: ok({ state: 'hidden' } as const);
	}
	async sendKept(days: number) {
		this.sentKept.push(days);
		const queued = this.waiting;
		this.waiting = 0;
		return ok({ queued });
	}
	async again(id: string) {
		this.repeated.push(id);
		return id === rows[0]?.id ? ok(undefined) : no('illegal_transition');
	}
}

async function clean(): Promise<void> {
	const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}

test.each([360, 1280])('at %i px what became of each message is there, and one opens', async (width) => {
	await page.viewport(width, 800);
	const online = new TestMessages();
	await render(MessagesView, { online });
	await expect.element(page.getByText('bên nhận trả lời 550')).toBeVisible();
	await expect.element(page.getByText('Chưa có máy chủ thư', { exact: false })).toBeVisible();
	await clean();
	await page.getByRole('button', { name: 'Xem nội dung' }).first().click();
	// TG-16.2: nothing is asked of the server before it is said what for.
	const show = page.getByRole('button', { name: 'Xem', exact: true });
	await show.click();
	await expect.element(page.getByText('Chọn một mục đích để xem.')).toBeVisible();
	await clean();
	await page.getByText('Việc khác').click();
	await show.click();
	await expect.element(page.getByText('Ghi rõ việc gì', { exact: false })).toBeVisible();
	expect(online.said).toEqual([]);
	await page.getByRole('textbox', { name: 'Nói thêm' }).fill('Đối soát với bưu điện');
	await show.click();
	await expect.poll(() => online.said).toEqual([{ purpose: 'other', words: 'Đối soát với bưu điện' }]);
	await expect.element(page.getByText('Mã: 482913')).toBeVisible();
	await expect.element(page.getByText('Lần mở này đã được ghi vào nhật ký.')).toBeVisible();
	await clean();
});

test('one state is chosen, one message is sent again, and a refusal is told', async () => {
	const online = new TestMessages();
	await render(MessagesView, { online });
	await page.getByRole('button', { name: 'Không gửi được' }).click();
	await expect.element(page.getByText('Mã kích hoạt tài khoản')).not.toBeInTheDocument();
	await page.getByRole('button', { name: 'Gửi lại' }).click();
	await expect.poll(() => online.repeated).toEqual([rows[1]?.id]);
	await page.getByRole('button', { name: 'Tất cả' }).click();
	await page.getByRole('button', { name: 'Gửi lại' }).first().click();
	await expect.element(page.getByText('Đã xếp để gửi lại.')).toBeVisible();
});

test('without a network it says so and can be asked again', async () => {
	const online = new TestMessages();
	online.reachable = false;
	await render(MessagesView, { online });
	await expect.element(page.getByText('Chưa hỏi được máy chủ')).toBeVisible();
	online.reachable = true;
	await page.getByRole('button', { name: 'Thử lại' }).click();
	await expect.element(page.getByText('bên nhận trả lời 550')).toBeVisible();
});

test('what was kept before a mail server was there goes out after a look at how much it is', async () => {
	await page.viewport(360, 800);
	const online = new TestMessages();
	online.waiting = 12;
	await render(MessagesView, { online });
	await expect.element(page.getByText('12 thư đang giữ có thể gửi')).toBeVisible();
	await clean();
	await page.getByRole('button', { name: 'Gửi tất cả thư đang giữ' }).click();
	await expect.element(page.getByRole('button', { name: 'Gửi 2 thư' })).toBeVisible();
	await page.getByText('3 ngày qua').click();
	await clean();
	await page.getByRole('button', { name: 'Gửi 12 thư' }).click();
	await expect.element(page.getByText('Đã xếp 12 thư để gửi.')).toBeVisible();
	expect(online.sentKept).toEqual([3]);
	await expect.element(page.getByText('12 thư đang giữ có thể gửi')).not.toBeInTheDocument();
});
