import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../app.css';
import Dialog from './Dialog.svelte';

const children = createRawSnippet(() => ({ render: () => '<textarea aria-label="Lời nhắn"></textarea>' }));
const props = { open: true, title: 'Trả lại', closeLabel: 'Đóng', children };
const dialog = page.getByRole('dialog');
/** Where there is nothing but the ground behind the dialog. */
const beside = () => {
	const element = dialog.element();
	element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
};

test('what was typed into a dialog is not lost to a touch beside it or to Escape, only to a button', async () => {
	await render(Dialog, props);
	await page.getByRole('textbox').fill('Xin chụp lại giấy.');
	beside();
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('textbox')).toHaveValue('Xin chụp lại giấy.');
	await page.getByRole('button', { name: 'Đóng' }).click();
	await expect.element(dialog).not.toBeInTheDocument();
});

test('a dialog nobody has typed into, or that keeps what was typed, closes at a touch beside it', async () => {
	const shown = await render(Dialog, props);
	beside();
	await expect.element(dialog).not.toBeInTheDocument();
	await shown.unmount();
	await render(Dialog, { ...props, keeps: true });
	await page.getByRole('textbox').fill('Xin chụp lại giấy.');
	beside();
	await expect.element(dialog).not.toBeInTheDocument();
});
