import { afterEach, expect, test, vi } from 'vitest';
import { answerUp, pastTheWorker, whenUp } from './take-over.ts';

afterEach(() => void vi.useRealTimers());

/** The old version's worker while it is being started: it hears what it was told when it is up. */
class OldWorker {
	readonly #heard: { data: unknown; ports: MessagePort[] }[] = [];
	postMessage(data: unknown, transfer: Transferable[]): void {
		this.#heard.push({ data, ports: transfer.filter((one) => one instanceof MessagePort) });
	}
	isUp(): boolean[] {
		return this.#heard.splice(0).map((event) => answerUp(event));
	}
}

test('the new version waits until the old one can be asked to make room', async () => {
	const old = new OldWorker();
	const up = vi.fn();
	const waiting = whenUp(old).then(up);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(up).not.toHaveBeenCalled();
	expect(old.isUp()).toEqual([true]);
	await waiting;
	expect(up).toHaveBeenCalledTimes(1);
});

test('one that never answers, of a build before this question, does not keep it out', async () => {
	vi.useFakeTimers();
	const up = vi.fn();
	void whenUp(new OldWorker()).then(up);
	await vi.advanceTimersByTimeAsync(4_000);
	expect(up).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(2_000);
	expect(up).toHaveBeenCalledTimes(1);
	await whenUp(null);
});

test('other words are not for it', () => {
	expect(answerUp({ data: 'take over', ports: [] })).toBe(false);
});

test('the exchange is asked past the worker where the browser can, and the worker is installed where it cannot', () => {
	const asked: unknown[] = [];
	pastTheWorker(
		Object.assign(new Event('install'), { addRoutes: (routes: unknown) => void asked.push(routes) })
	);
	expect(asked).toEqual([[{ condition: { urlPattern: '/api/*' }, source: 'network' }]]);
	expect(() => pastTheWorker(new Event('install'))).not.toThrow();
});
