import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violationsOf } from '../../../../../tests/world/axe.ts';
import '../../../../app.css';
import StyleGuide from './StyleGuide.svelte';
import { styleTexts } from './texts.ts';

const t = styleTexts.vi;

beforeEach(async () => {
	await page.viewport(320, 900);
	document.documentElement.lang = 'vi';
	document.title = t.title;
});

test('every piece is accessible and fits a screen of 320 px', async () => {
	await render(StyleGuide);
	const results = await axe.run(document.body, { resultTypes: ['violations'] });
	// The page around it brings the landmarks.
	expect(violationsOf(results).filter((line) => !line.startsWith('region'))).toEqual([]);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
});

test('a dialog takes the focus, is accessible, and gives the focus back on Escape', async () => {
	await render(StyleGuide);
	const opener = page.getByRole('button', { name: t.openDialog });
	await userEvent.click(opener);
	const dialog = page.getByRole('dialog', { name: t.dialogTitle });
	await expect.element(dialog).toBeVisible();
	expect(dialog.element().contains(document.activeElement)).toBe(true);
	expect(violationsOf(await axe.run(dialog.element(), { resultTypes: ['violations'] }))).toEqual([]);
	await userEvent.keyboard('{Escape}');
	await expect.element(dialog).not.toBeInTheDocument();
	expect(document.activeElement).toBe(opener.element());
});

test('every target of a thumb is at least 48 px', async () => {
	await render(StyleGuide);
	const small = [
		...document.querySelectorAll('main a, button, select, input:not(.visually-hidden), textarea, .chip')
	]
		.map((element) => ({ element, box: element.getBoundingClientRect() }))
		.filter(({ box }) => box.width > 0 && box.height < 48)
		.map(({ element }) => element.outerHTML.slice(0, 80));
	expect(small).toEqual([]);
});
