import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { violationsOf } from '../../../../tests/world/axe.ts';
import '../../../app.css';
import { isUnfinished } from '$lib/ui/unfinished.svelte.ts';
import UpdatePrompt from './UpdatePrompt.svelte';
import { Updates, type WorkerRegistration } from './updates.svelte.ts';

function waiting(flush: () => Promise<void>) {
	const container = Object.assign(new EventTarget(), {
		controller: {},
		register: () => Promise.resolve(registration)
	});
	const told: unknown[] = [];
	const registration: WorkerRegistration = {
		installing: null,
		waiting: { postMessage: (message) => void told.push(message) },
		update: () => Promise.resolve(),
		addEventListener: () => undefined
	};
	const updates = new Updates({
		container,
		flush,
		reload: () => told.push('reload'),
		unfinished: isUnfinished
	});
	return { updates, told, changesHands: () => container.dispatchEvent(new Event('controllerchange')) };
}

test('nothing is shown while there is nothing new', async () => {
	const { container } = await render(UpdatePrompt, { flushDrafts: () => Promise.resolve(), updates: null });
	expect(container.textContent?.trim()).toBe('');
});

test('the new version is offered in words, accessible at 320 px, and can wait', async () => {
	await page.viewport(320, 640);
	const { updates } = waiting(() => Promise.resolve());
	await render(UpdatePrompt, { flushDrafts: () => Promise.resolve(), updates });
	await expect.element(page.getByRole('status')).toHaveTextContent('Có bản mới của sàn.');
	expect(violationsOf(await axe.run(document.body))).toEqual([]);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
	await page.getByRole('button', { name: 'Để sau' }).click();
	await expect.element(page.getByText('Có bản mới của sàn.')).not.toBeInTheDocument();
});

test('text that could not be stored is said, and the new version stays outside', async () => {
	let full = true;
	const { updates, told } = waiting(() => (full ? Promise.reject(new Error('full')) : Promise.resolve()));
	await render(UpdatePrompt, { flushDrafts: () => Promise.resolve(), updates });
	await page.getByRole('button', { name: 'Dùng bản mới' }).click();
	await expect.element(page.getByText('Chưa đổi sang bản mới.')).toBeVisible();
	expect(told).toEqual([]);
	full = false;
	await page.getByRole('button', { name: 'Thử lại' }).click();
	await expect.element(page.getByText('Đang cất chữ')).toBeVisible();
	expect(told).toEqual(['take over']);
});

test('sync 16: words typed where nothing keeps them are waited for, in words; kept ones and a search are not', async () => {
	await page.viewport(320, 640);
	const { updates, told, changesHands } = waiting(() => Promise.resolve());
	await render(UpdatePrompt, { flushDrafts: () => Promise.resolve(), updates });
	const area = document.createElement('textarea');
	area.setAttribute('aria-label', 'Lời nhắn');
	const kept = document.createElement('form');
	kept.dataset['kept'] = '';
	kept.innerHTML = '<input aria-label="Tên hàng">';
	const search = document.createElement('input');
	search.type = 'search';
	search.ariaLabel = 'Tìm';
	const main = document.createElement('main');
	main.append(area, kept, search);
	document.body.append(main);
	await page.getByRole('searchbox', { name: 'Tìm' }).fill('xoài');
	await page.getByRole('textbox', { name: 'Tên hàng' }).fill('Xoài cát');
	expect(isUnfinished()).toBe(false);
	await page.getByRole('textbox', { name: 'Lời nhắn' }).fill('Giao trước 8 giờ');
	changesHands();
	await expect.element(page.getByRole('status')).toHaveTextContent('Bản mới đợi bạn làm xong.');
	expect(violationsOf(await axe.run(document.body))).toEqual([]);
	expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
	expect(told).toEqual([]);
	area.remove();
	await expect.poll(() => told).toEqual(['reload']);
	main.remove();
});

test('sync 16: what a form has sent is waited for no longer, unless it would not go or somebody writes on', async () => {
	const { updates } = waiting(() => Promise.resolve());
	await render(UpdatePrompt, { flushDrafts: () => Promise.resolve(), updates });
	const form = document.createElement('form');
	form.innerHTML = '<input aria-label="Mã nhận"><button>Tìm</button>';
	form.onsubmit = (event) => event.preventDefault();
	document.body.append(form);
	const code = page.getByRole('textbox', { name: 'Mã nhận' });
	const find = page.getByRole('button', { name: 'Tìm' });
	await code.fill('TG-1');
	expect(isUnfinished()).toBe(true);
	await find.click();
	expect(isUnfinished()).toBe(false);
	await code.fill('TG-2');
	expect(isUnfinished()).toBe(true);
	await find.click();
	code.element().ariaInvalid = 'true';
	expect(isUnfinished()).toBe(true);
	form.remove();
	expect(isUnfinished()).toBe(false);
});
