import { beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { LocalDb } from '$lib/sync/store/local.ts';
import { storeName, workName } from '$lib/sync/store/names.ts';
import { baTu, openPhone } from './device-world.ts';
import Screen from './Screen.svelte';

beforeAll(async () => {
	await page.viewport(360, 740);
	await openPhone();
});

test('sync 2: “send now” without an exchange says that nothing has gone, and what waits is still shown', async () => {
	const id = await device.drafts.create();
	device.drafts.update(id, { title: 'Mít Thái' });
	await render(Screen, { pathname: '/app/device' });
	const send = page.getByRole('button', { name: 'Gửi ngay' });
	await userEvent.click(send);
	await expect.element(page.getByText(/^Chưa gửi được vì không có mạng/)).toBeVisible();
	await expect.element(page.getByText('Mít Thái')).toBeVisible();
	await expect.element(page.getByText('Đã gửi và nhận xong.')).not.toBeInTheDocument();
});

test('sync 2: what the exchange did not take so often stands apart, with what to do', async () => {
	const id = await device.drafts.create();
	device.drafts.update(id, { title: 'Sầu riêng Ri6 hạt lép' });
	await device.flush();
	await device.syncNow();
	const work = new LocalDb(workName(storeName({ userId: baTu.id })));
	const set = await work.outbox
		.filter((row) => row.subject === `listing:${id}`)
		.modify({ state: 'quarantined', tries: 12, sent: true });
	expect(set).toBe(1);
	const shown = await render(Screen, { pathname: '/app/device' });
	await expect.element(page.getByText('Lưu bản nháp: Sầu riêng Ri6 hạt lép')).toBeVisible();
	await expect.element(page.getByText('Sàn chưa nhận được việc này, đã thử 12 lần')).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Gửi lại' })).toBeVisible();
	await shown.unmount();
	work.close();
});
