import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../app.css';
import Picture from './Picture.svelte';

const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

test('a picture that cannot be had leaves a named empty ground, not a broken sign', async () => {
	const { container } = await render(Picture, { src: 'data:image/webp;base64,AAAA', alt: 'Sầu riêng Ri6' });
	await expect.poll(() => container.querySelector('img')).toBeNull();
	await expect.element(page.getByRole('img', { name: 'Sầu riêng Ri6' })).toBeVisible();
});

test('another address is tried although the one before failed', async () => {
	const { container, rerender } = await render(Picture, { src: 'data:image/webp;base64,AAAA', alt: '' });
	await expect.poll(() => container.querySelector('img')).toBeNull();
	await rerender({ src: dot });
	await expect.poll(() => container.querySelector('img')?.getAttribute('src')).toBe(dot);
});

test('what could not be had without a network is asked for again when it is back', async () => {
	const { container } = await render(Picture, { src: 'data:image/webp;base64,AAAA', alt: '' });
	await expect.poll(() => container.querySelector('img')).toBeNull();
	const asked = new Promise<void>((resolve) =>
		new MutationObserver(() => container.querySelector('img') && resolve()).observe(container, {
			childList: true,
			subtree: true
		})
	);
	window.dispatchEvent(new Event('online'));
	await expect(asked).resolves.toBeUndefined();
});
