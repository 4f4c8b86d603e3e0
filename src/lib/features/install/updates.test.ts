import { afterEach, expect, test, vi } from 'vitest';
import { Updates, type WorkerContainer, type WorkerRegistration } from './updates.svelte.ts';

type PlayedRegistration = EventTarget &
	Pick<WorkerRegistration, 'installing' | 'update'> & { waiting: WorkerRegistration['waiting'] };

/** A browser whose workers the test plays; the real ones are played in tests/journeys/install.journey.ts. */
class PlayedBrowser extends EventTarget implements WorkerContainer {
	readonly controller: object | null;
	readonly told: unknown[] = [];
	readonly next = Object.assign(new EventTarget(), {
		state: 'installing',
		postMessage: (message: unknown) => void this.told.push(message)
	});
	readonly registration: PlayedRegistration = Object.assign(new EventTarget(), {
		installing: this.next,
		waiting: null,
		update: vi.fn(() => Promise.reject(new TypeError('no network')))
	});

	constructor(options: { controlled: boolean }) {
		super();
		this.controller = options.controlled ? {} : null;
	}

	register(): Promise<PlayedRegistration> {
		return Promise.resolve(this.registration);
	}

	/** A new version was fetched and waits. */
	finds(): void {
		this.registration.dispatchEvent(new Event('updatefound'));
		this.registration.waiting = this.next;
		this.next.state = 'installed';
		this.next.dispatchEvent(new Event('statechange'));
	}

	/** Another worker took charge of every tab. */
	changesHands(): void {
		this.dispatchEvent(new Event('controllerchange'));
	}
}

async function follow(
	browser: PlayedBrowser,
	flush: () => Promise<void> = () => Promise.resolve(),
	unfinished = () => false
) {
	const reload = vi.fn();
	const updates = new Updates({ container: browser, flush, reload, unfinished });
	const stop = updates.start();
	await settle();
	return { updates, reload, stop };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

afterEach(() => void vi.useRealTimers());

test('a new version asks, and does nothing until it is let', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const { updates, reload } = await follow(browser);
	expect(updates.state).toBe('none');
	browser.finds();
	expect(updates.state).toBe('waiting');
	expect(browser.told).toEqual([]);
	expect(reload).not.toHaveBeenCalled();
});

test('a version that already waited when the app was opened asks too', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	browser.registration.waiting = browser.next;
	expect((await follow(browser)).updates.state).toBe('waiting');
});

test('text is stored before the new version is let in, and again before the reload', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const stored: string[] = [];
	const { updates, reload } = await follow(browser, async () => {
		await settle();
		stored.push(`told ${browser.told.length}, reloads ${reload.mock.calls.length}`);
	});
	browser.finds();
	await updates.apply();
	expect(browser.told).toEqual(['take over']);
	expect(reload).not.toHaveBeenCalled();
	browser.changesHands();
	await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
	expect(stored).toEqual(['told 0, reloads 0', 'told 1, reloads 0']);
});

test('text that cannot be stored keeps the screen, and a second try may succeed', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	let full = true;
	const { updates, reload } = await follow(browser, () =>
		full ? Promise.reject(new Error('the device is full')) : Promise.resolve()
	);
	browser.finds();
	await updates.apply();
	expect(updates.state).toBe('kept');
	expect(browser.told).toEqual([]);

	// Another tab let the new version in: this one still must not reload over its text.
	browser.changesHands();
	await settle();
	expect(reload).not.toHaveBeenCalled();
	expect(updates.state).toBe('kept');

	full = false;
	browser.registration.waiting = null;
	await updates.apply();
	expect(reload).toHaveBeenCalledTimes(1);
});

test('a version let in by another tab waits here until the person is done', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	let writing = true;
	const { updates, reload } = await follow(browser, undefined, () => writing);
	vi.useFakeTimers();
	browser.changesHands();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(updates.state).toBe('unfinished');
	expect(reload).not.toHaveBeenCalled();
	writing = false;
	await vi.advanceTimersByTimeAsync(1_000);
	expect(reload).toHaveBeenCalledTimes(1);
});

test('what is unfinished keeps no new version out when the person says that it may go', async () => {
	const other = new PlayedBrowser({ controlled: true });
	const never = await follow(other, undefined, () => true);
	other.finds();
	vi.useFakeTimers();
	void never.updates.apply();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(other.told).toEqual([]);
	never.updates.anyway();
	await vi.advanceTimersByTimeAsync(1_000);
	expect(other.told).toEqual(['take over']);
	other.changesHands();
	await vi.advanceTimersByTimeAsync(1_000);
	expect(never.reload).toHaveBeenCalledTimes(1);
});

test('what was let go for one try that failed is asked about again at the next', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const full = () => Promise.reject(new Error('the device is full'));
	const { updates, reload } = await follow(browser, full, () => true);
	browser.finds();
	updates.anyway();
	await updates.apply();
	expect(updates.state).toBe('kept');
	browser.changesHands();
	await settle();
	expect(updates.state).toBe('unfinished');
	expect(reload).not.toHaveBeenCalled();
});

test('a new version the browser does not let in yet leaves the screen in use, and changes it when it comes', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const { updates, reload } = await follow(browser);
	browser.finds();
	vi.useFakeTimers();
	await updates.apply();
	expect(updates.state).toBe('leaving');
	await vi.advanceTimersByTimeAsync(10_000);
	expect(updates.state).toBe('slow');
	expect(reload).not.toHaveBeenCalled();

	browser.changesHands();
	await vi.advanceTimersByTimeAsync(0);
	expect(reload).toHaveBeenCalledTimes(1);
});

test('a still newer version that came meanwhile asks again', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const { updates } = await follow(browser);
	browser.finds();
	vi.useFakeTimers();
	await updates.apply();
	browser.registration.waiting = {
		postMessage: (message) => void browser.told.push(`newer: ${String(message)}`)
	};
	await vi.advanceTimersByTimeAsync(10_000);
	expect(updates.state).toBe('waiting');
	await updates.apply();
	expect(browser.told).toEqual(['take over', 'newer: take over']);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(updates.state).toBe('slow');
	browser.finds();
	expect(updates.state).toBe('waiting');
});

test('a store that does not answer keeps the screen as one that is full does', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const { updates, reload } = await follow(browser, () => new Promise(() => undefined));
	browser.finds();
	vi.useFakeTimers();
	const applied = updates.apply();
	await vi.advanceTimersByTimeAsync(15_000);
	await applied;
	expect(updates.state).toBe('kept');
	expect(browser.told).toEqual([]);
	expect(reload).not.toHaveBeenCalled();
});

test('the first worker of a browser takes over without a reload, the next one with', async () => {
	const browser = new PlayedBrowser({ controlled: false });
	const { updates, reload } = await follow(browser);
	browser.finds();
	expect(updates.state).toBe('none');
	browser.changesHands();
	await settle();
	expect(reload).not.toHaveBeenCalled();
	browser.changesHands();
	await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
});

test('a browser that forbids workers, and a look without a network, change nothing', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const looked = await follow(browser);
	looked.updates.look();
	await settle();
	expect(browser.registration.update).toHaveBeenCalled();
	expect(looked.updates.state).toBe('none');

	const forbidden = new PlayedBrowser({ controlled: false });
	forbidden.register = () => Promise.reject(new DOMException('forbidden', 'SecurityError'));
	const { updates } = await follow(forbidden);
	updates.look();
	expect(updates.state).toBe('none');
});

test('nothing is followed any more once the app is gone', async () => {
	const browser = new PlayedBrowser({ controlled: true });
	const { reload, stop } = await follow(browser);
	stop();
	browser.changesHands();
	await settle();
	expect(reload).not.toHaveBeenCalled();
});
