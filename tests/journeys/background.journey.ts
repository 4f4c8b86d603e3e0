import type { BrowserContext, CDPSession, Page } from '@playwright/test';
import { openGate, type Gate } from '../world/gate.ts';
import { expect, test as journey } from '../world/journey.ts';
import { orderOffline } from '../world/order.ts';
import { signInAt } from '../world/sign-in.ts';

/** What the browser does for the app while no screen of it is open. None of it is needed for anything to be right. */
const test = journey.extend<{ gate: Gate }>({
	gate: async ({ program }, use) => {
		const gate = await openGate(program);
		await use(gate);
		await gate.close();
	},
	baseURL: async ({ gate }, use) => use(gate.origin)
});

async function signIn(context: BrowserContext, name: string): Promise<Page> {
	const page = await signInAt(context, name);
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	return page;
}

/** The developer tools' hold on the worker of this origin. */
async function workerOf(page: Page): Promise<{ cdp: CDPSession; registrationId: string }> {
	const cdp = await page.context().newCDPSession(page);
	const found = new Promise<string>((resolve) =>
		cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const [first] = registrations;
			if (first) resolve(first.registrationId);
		})
	);
	await cdp.send('ServiceWorker.enable');
	return { cdp, registrationId: await found };
}

/** Calls the worker as the browser would, from a page that is none of the program's. */
async function closeApp(page: Page): Promise<{ cdp: CDPSession; registrationId: string }> {
	const worker = await workerOf(page);
	await page.goto('about:blank');
	return worker;
}

const sent = (gate: Gate): number =>
	gate.answered.filter((line) => line === 'POST /api/trpc/sync.push 200').length;

test('sync 1: an order made without a network arrives although the app was closed', async ({
	context,
	gate
}) => {
	const lan = await signIn(context, 'chilan');
	const title = await orderOffline(lan, 'buoi da xanh', () => gate.shut());

	const { cdp, registrationId } = await closeApp(lan);
	const before = sent(gate);
	gate.open();
	await cdp.send('ServiceWorker.dispatchSyncEvent', {
		origin: gate.origin,
		registrationId,
		tag: 'san-send',
		lastChance: false
	});
	// The browser may call by itself as well: the ids make a second time harmless.
	await expect.poll(() => sent(gate)).toBeGreaterThan(before);

	// The app learns how it ended, and there is one order.
	await lan.goto('/app/orders');
	const orders = lan.getByRole('link', { name: new RegExp(title) });
	await expect(orders.first()).toContainText('Chờ xác nhận');
	await expect(orders).toHaveCount(1);
});

test('sync 11: woken while nobody looks the worker shows one line that names nobody', async ({
	context,
	gate
}) => {
	await context.grantPermissions(['notifications'], { origin: gate.origin });
	const tu = await signIn(context, 'batu');
	const shown = () =>
		tu.evaluate(async () => {
			const registration = await navigator.serviceWorker.ready;
			return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
		});
	const wake = ({ cdp, registrationId }: Awaited<ReturnType<typeof workerOf>>) =>
		cdp.send('ServiceWorker.deliverPushMessage', { origin: gate.origin, registrationId, data: '' });

	// With the app before one's eyes it asks at once, and no line disturbs.
	const pulls = () => gate.answered.filter((line) => line.startsWith('POST /api/trpc/sync.pull')).length;
	const before = pulls();
	await wake(await workerOf(tu));
	await expect.poll(pulls).toBeGreaterThan(before);
	expect(await shown()).toEqual([]);

	await wake(await closeApp(tu));
	await tu.goto('/app/notifications');
	await expect.poll(shown).toEqual(['Sàn Tỉnh: Có tin mới cho bạn. Chạm để xem.']);
	await expect(tu.getByText('Báo cả khi đóng ứng dụng')).toBeVisible();
});
