import { beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import EditorView from '$lib/features/listings/EditorView.svelte';
import { device } from '$lib/sync/app.svelte.ts';
import { openPhone, returned } from './device-world.ts';
import { MovingListing } from './moving-listing.svelte.ts';

beforeAll(() => openPhone());

test('sync 2: what is typed while another device sends the listing for approval stays on the screen, and says so', async () => {
	await page.viewport(360, 740);
	const moving = new MovingListing();
	await render(EditorView, {
		device: moving.device(device),
		id: returned.id,
		onleave: () => undefined
	});
	await page.getByRole('textbox', { name: 'Tên sản phẩm' }).fill('Sầu riêng vườn nhà');
	moving.sentElsewhere = true;
	await expect.element(page.getByText('Chữ vừa gõ không kịp vào tin')).toBeVisible();
	await expect.element(page.getByText('Sầu riêng vườn nhà')).toBeVisible();
});
