import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../../app.css';
import BreachForm from './BreachForm.svelte';

const nothing = { known: null, busy: false, onsave: () => undefined, oncancel: () => undefined };

test('whoever saves a breach with gaps is brought to the first of them, a text or a choice', async () => {
	await page.viewport(360, 640);
	await render(BreachForm, { ...nothing, now: Date.now() });
	const save = page.getByRole('button', { name: 'Ghi vào sổ' });
	const what = page.getByRole('textbox', { name: 'Chuyện gì đã xảy ra' });
	await userEvent.click(save);
	await expect.element(what).toHaveFocus();
	await expect.element(what).toBeInViewport();

	await userEvent.type(what, 'Mất máy tính có danh sách người mua');
	await userEvent.click(save);
	const first = page.getByRole('checkbox').first();
	await expect.element(first).toHaveFocus();
});
