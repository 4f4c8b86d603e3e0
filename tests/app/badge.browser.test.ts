import { beforeAll, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { device } from '$lib/sync/app.svelte.ts';
import { enqueue, settle } from '$lib/sync/outbox/outbox.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import { openPhone, ownNeed } from './device-world.ts';
import Screen from './Screen.svelte';

/** What the system was told to show on the app's icon; browsers on some systems have no such thing. */
const onIcon: (number | 'nothing')[] = [];
const told = (count: number | 'nothing') => async () => void onIcon.push(count);
Object.defineProperty(navigator, 'setAppBadge', {
	configurable: true,
	value: (count: number) => told(count)()
});
Object.defineProperty(navigator, 'clearAppBadge', { configurable: true, value: told('nothing') });

const newId = () => crypto.randomUUID();
const made: string[] = [];
const deviceTime = '2026-11-18T02:30:00.000Z';

/** Two things wait, and one was refused. */
beforeAll(async () => {
	await page.viewport(360, 740);
	await openPhone(async ({ local, changeState }) => {
		// Nothing leaves before somebody signs in again: what has left may no longer be thrown away.
		await changeState({ session: 'expired', expiredSince: new Date().toISOString() });
		const queue = async (command: AnyCommand) => {
			const { id } = await enqueue(local, command, { id: newId(), deviceTime });
			made.push(id);
			return id;
		};
		for (const text of ['Xin thêm giờ mở điểm gom.', 'Xin thêm bảng giá hằng ngày.'])
			await queue({ name: 'proposal.send', input: { proposalId: newId(), topic: 'other', text } });
		const id = await queue({ name: 'need.close', input: { needId: ownNeed.id, base: 1 } });
		await settle(local, { id, outcome: 'refused', refusal: { code: 'need_over' }, receivedAt: deviceTime });
	});
});

test('sync 2: two unsent things and a refused one are a 3 on “Cá nhân” and on the app’s icon, and nothing left is no number', async () => {
	await render(Screen, { pathname: '/app/sell' });
	const me = page.getByRole('navigation').getByRole('link', { name: /Cá nhân$/ });
	await expect.element(me).toHaveAccessibleName('3 Cá nhân');
	await expect.poll(() => onIcon.at(-1)).toBe(3);

	const [first = '', ...others] = made;
	await device.discard(first);
	await expect.element(me).toHaveAccessibleName('2 Cá nhân');
	await expect.poll(() => onIcon.at(-1)).toBe(2);

	for (const id of others) await device.discard(id);
	await expect.element(me).toHaveAccessibleName('Cá nhân');
	await expect.poll(() => onIcon.at(-1)).toBe('nothing');
});
