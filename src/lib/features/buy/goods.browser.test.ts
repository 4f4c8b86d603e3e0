import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import type { Follows } from '$lib/sync/app.svelte.ts';
import { device as theDevice } from '$lib/sync/app.svelte.ts';
import { calmStatus } from '$lib/sync/testing/calm-status.ts';
import { pack, pomelo } from '../../../../tests/app/device-world.ts';
import { violationsOf } from '../../../../tests/world/axe.ts';
import GoodsView from './GoodsView.svelte';
import { texts } from './texts.ts';

type Stand = { found?: boolean; coming?: boolean; online?: boolean; follows?: Follows };

/** A device that has come so far with its catalogue. */
const phone = ({ found = false, coming = false, online = true, follows }: Stand) => ({
	...theDevice,
	actor: null,
	status: { ...calmStatus, online, packs: coming ? { here: 3, of: 12 } : { here: 12, of: 12 } },
	reference: () => ({ current: { pack, wards: [] }, ready: true }),
	orders: () => ({ current: [], ready: true }),
	catalogue: {
		...theDevice.catalogue,
		listing: () => ({ current: found ? pomelo : null, ready: true, coming }),
		kept: () => ({ current: { follows: follows ?? { sectors: [], wards: [] }, offered: [] }, ready: true })
	}
});

async function clean(): Promise<void> {
	const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violationsOf(found)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}

beforeEach(() => page.viewport(320, 740));

test('sync 10: a link to goods that are on their way says that the market is being fetched, and shows them when they come', async () => {
	const props = { id: pomelo.id, onplaced: () => undefined };
	const shown = await render(GoodsView, { ...props, device: phone({ coming: true }) });
	await expect.element(page.getByText(texts.vi.comingGoods)).toBeVisible();
	await expect.element(page.getByText(texts.vi.coming(3, 12))).toBeVisible();
	await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '3');
	expect(page.getByText(texts.vi.gone).elements()).toEqual([]);
	await clean();
	await shown.rerender({ ...props, device: phone({ found: true }) });
	await expect.element(page.getByRole('heading', { level: 1, name: pomelo.title })).toBeVisible();
	expect(page.getByRole('progressbar').elements()).toEqual([]);
});

test.each<[string, Stand, 'gone' | 'notHere', string]>([
	['everything is here: the goods are gone', {}, 'gone', texts.vi.goneWords],
	['no network, and not all is here', { coming: true, online: false }, 'notHere', texts.vi.notHereWords],
	['no network: it may have been put on sale since', { online: false }, 'notHere', texts.vi.notHereWords],
	[
		'a part of the catalogue is kept: they may lie outside it',
		{ follows: { sectors: ['thu-cong'], wards: [] } },
		'notHere',
		texts.vi.narrowedGoods
	]
])('sync 10: %s', async (_, stand, title, words) => {
	await render(GoodsView, { device: phone(stand), id: pomelo.id, onplaced: () => undefined });
	await expect.element(page.getByText(texts.vi[title])).toBeVisible();
	await expect.element(page.getByText(words)).toBeVisible();
	await clean();
});
