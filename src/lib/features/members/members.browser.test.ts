import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { violationsOf } from '../../../../tests/world/axe.ts';
import ConsentsView from './ConsentsView.svelte';
import type { MembersApi } from './members-api.ts';
import ProfileView from './ProfileView.svelte';
import SessionsView from './SessionsView.svelte';

const at = '2026-11-22T02:12:00.000Z';
const requestId = '00000000-0000-4000-8000-000000000001';
const words = (title: string) => ({
	title,
	text: `${title}: sàn chỉ dùng vào việc này, rút lúc nào cũng được.`
});
const consent = (purpose: 'service' | 'promotions', required: boolean) => ({
	purpose,
	version: `${purpose}-2026-11`,
	required,
	source: 'Quy chế, Điều 16',
	effectiveFrom: '2023-05-01',
	effectiveTo: null,
	vi: words('Mở và vận hành tài khoản'),
	en: words('The account')
});
const given = { purpose: 'service', given: true, version: 'service-2026-11', at } as const;

/** Plays the exchange; what was asked is kept. */
function exchange(changes: Partial<MembersApi> = {}) {
	const asked: unknown[][] = [];
	const note =
		<T>(name: string, answer: T) =>
		(...given: unknown[]): Promise<T> => {
			asked.push([name, ...given]);
			return Promise.resolve(answer);
		};
	const api: MembersApi = {
		profile: async () => ({
			name: 'Trần Ngọc Lan',
			userName: 'chilan',
			phone: '0900000003',
			email: null,
			address: null
		}),
		correct: note('correct', ok(undefined)),
		changePassword: note('changePassword', ok({ sessionsEnded: 2 })),
		askContact: note('askContact', ok({ requestId })),
		askContactAgain: note('askContactAgain', ok(undefined)),
		confirmContact: note('confirmContact', ok(undefined)),
		sessions: async () => [
			{ ref: 'a', createdAt: at, seenAt: at, deviceName: 'Chrome · Android', current: true },
			{ ref: 'b', createdAt: at, seenAt: at, deviceName: 'Samsung Internet · Android', current: false },
			{ ref: 'c', createdAt: at, seenAt: null, deviceName: '', current: false }
		],
		endSession: note('endSession', ok(undefined)),
		endOtherSessions: note('endOtherSessions', ok({ sessionsEnded: 2 })),
		ownMisuseReports: async () => [],
		reportMisuse: note('reportMisuse', ok({ code: 'TG-B0-07', at, sessionsEnded: 2 })),
		consents: async () => ({
			consents: [
				{ text: consent('service', true), said: given },
				{ text: consent('promotions', false), said: null }
			],
			history: [given]
		}),
		setConsent: note('setConsent', ok(undefined)),
		...changes
	};
	return { api, asked };
}

beforeEach(async () => {
	await page.viewport(360, 740);
});
const noFaults = async () => {
	const faults = async () =>
		violationsOf(
			await axe.run(document.body, { resultTypes: ['violations'], rules: { region: { enabled: false } } })
		);
	await expect.poll(faults).toEqual([]);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
};
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

test('TG-16.5: what was typed stays when the exchange is away, and is saved when it is back', async () => {
	let away = true;
	const { api, asked } = exchange();
	const correct: MembersApi['correct'] = (edit) =>
		away ? Promise.reject(new Error('away')) : api.correct(edit);
	await render(ProfileView, { api: { ...api, correct } });
	await page.getByLabelText('Địa chỉ nhận hàng').fill('12 Lê Lợi, phường Mỹ Tho');
	await noFaults();
	await button('Lưu thông tin').click();
	await expect.element(page.getByText(/Những gì đã ghi vẫn còn/)).toBeVisible();
	away = false;
	await button('Lưu thông tin').click();
	await expect.element(page.getByText('Đã lưu.')).toBeVisible();
	expect(asked).toEqual([['correct', { name: 'Trần Ngọc Lan', address: '12 Lê Lợi, phường Mỹ Tho' }]]);
});

test('TG-8: a new e-mail asks for the password, then for the code, and says which of them is wrong', async () => {
	let code = no('invalid_input', { fields: { code: 'wrong' }, facts: { left: 4 } });
	const { api, asked } = exchange({
		confirmContact: async (_, typed) => (typed === '123456' ? ok(undefined) : code)
	});
	await render(ProfileView, { api });
	await button('Thêm').click();
	await page.getByLabelText('E-mail mới').fill('lan@x.example');
	await page.getByLabelText('Mật khẩu đang dùng').fill('mật khẩu của Lan');
	await button('Gửi mã').click();
	await page.getByLabelText('Mã 6 chữ số').fill('000000');
	await button('Xác nhận').click();
	await expect.element(page.getByText('Mã chưa đúng. Còn 4 lần thử.')).toBeVisible();
	await noFaults();
	code = no('invalid_input', { fields: { code: 'expired' } });
	await button('Xác nhận').click();
	await expect.element(page.getByText(/Mã đã quá hạn/)).toBeVisible();
	await button('Gửi mã khác').click();
	await page.getByLabelText('Mã 6 chữ số').fill('123456');
	await button('Xác nhận').click();
	await expect.element(page.getByText('Đã đổi liên hệ.')).toBeVisible();
	expect(asked).toEqual([
		['askContact', 'lan@x.example', 'mật khẩu của Lan', 'vi'],
		['askContactAgain', requestId]
	]);
});

test('TG-16.1: each device can be signed out, and one path shuts all others out and reports', async () => {
	const { api, asked } = exchange();
	await render(SessionsView, { api });
	await expect.element(page.getByText('Máy này', { exact: true })).toBeVisible();
	await noFaults();
	await button('Cho thoát: Samsung Internet · Android').click();
	await expect.element(page.getByText('Máy đó đã thoát ra.')).toBeVisible();
	await button('Ai đó dùng tài khoản của tôi').click();
	await page.getByLabelText('Mật khẩu đang dùng').fill('cũ');
	await page.getByLabelText('Mật khẩu mới').fill('lục bình trôi về biển');
	await expect.element(page.getByText('Rất khó đoán')).toBeVisible();
	await noFaults();
	await button('Khóa ngoài và báo sàn').click();
	await expect.element(page.getByText('Đã báo, mã TG-B0-07')).toBeVisible();
	expect(asked).toEqual([
		['endSession', 'b'],
		['reportMisuse', 'cũ', 'lục bình trôi về biển', '']
	]);
});

test('LAW-data-consent: nothing is ticked that was not agreed to, and what an account needs cannot be unticked here', async () => {
	const { api, asked } = exchange();
	await render(ConsentsView, { api });
	const [service, promotions] = [page.getByRole('checkbox').first(), page.getByRole('checkbox').last()];
	await expect.element(service).toBeChecked();
	await expect.element(service).toBeDisabled();
	await expect.element(promotions).not.toBeChecked();
	await noFaults();
	await promotions.click();
	expect(asked).toEqual([['setConsent', 'promotions', 'promotions-2026-11', true]]);
});
