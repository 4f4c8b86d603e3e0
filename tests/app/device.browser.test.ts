import { beforeAll, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { openPhone } from './device-world.ts';
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
