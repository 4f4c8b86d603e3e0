import { afterEach, expect, test } from 'vitest';
import type { Order, Said } from '../testing/leader-worker.ts';
import { leadOneTab } from './leader.ts';

/** Each tab is a thread of its own, so that it can be killed or frozen while it holds the browser's lock. */
class Tab {
	readonly #worker = new Worker(new URL('../testing/leader-worker.ts', import.meta.url), { type: 'module' });
	readonly said: Said[] = [];

	constructor(name: string) {
		this.#worker.onmessage = ({ data }: MessageEvent<Said>) => this.said.push(data);
		this.tell({ name });
	}
	tell(order: Order): void {
		this.#worker.postMessage(order);
	}
	kill(): void {
		this.#worker.terminate();
	}
	get last(): Said | undefined {
		return this.said.at(-1);
	}
}

const tabs: Tab[] = [];
const open = (name: string): Tab => {
	const tab = new Tab(name);
	tabs.push(tab);
	return tab;
};
afterEach(() => {
	for (const tab of tabs.splice(0)) tab.kill();
});
const patient = { timeout: 15_000 };
const leaders = () => tabs.filter(({ last }) => last === 'leads').length;

test('sync 14: a killed leader is replaced by one of the others', async () => {
	const name = `kill-${crypto.randomUUID()}`;
	const first = open(name);
	await expect.poll(() => first.last, patient).toBe('leads');
	const others = [open(name), open(name)];
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(others.flatMap(({ said }) => said)).toEqual([]);
	first.kill();
	tabs.shift();
	await expect.poll(leaders, patient).toBe(1);
});

test('sync 14: a frozen leader is replaced, learns it when it thaws, and stands behind the new one', async () => {
	const name = `freeze-${crypto.randomUUID()}`;
	const first = open(name);
	await expect.poll(() => first.last, patient).toBe('leads');
	const second = open(name);
	first.tell({ freezeMs: 3_000 });
	await expect.poll(() => second.last, patient).toBe('leads');
	// The lock was taken from it while it could not hear.
	expect(first.last).toBe('frozen');
	await expect.poll(() => first.last, patient).toBe('leads no more');
	second.tell('leave');
	await expect.poll(() => second.last, patient).toBe('left');
	await expect.poll(() => first.last, patient).toBe('leads');
});

test('sync 14: a leader that answers is left alone, and a tab nobody looks at takes nothing', async () => {
	const name = `calm-${crypto.randomUUID()}`;
	const led: string[] = [];
	const first = open(name);
	await expect.poll(() => first.last, patient).toBe('leads');
	const hidden = leadOneTab(
		name,
		async (ended) => {
			led.push('hidden');
			await ended;
		},
		{ visible: () => false, beatMs: 50 }
	);
	const second = open(name);
	await new Promise((resolve) => setTimeout(resolve, 1_500));
	expect([second.said, led]).toEqual([[], []]);
	first.tell({ freezeMs: 2_000 });
	second.kill();
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(led).toEqual([]);
	await hidden();
});

test('sync 14: leading that fails is told, and tried again by somebody', async () => {
	const name = `fault-${crypto.randomUUID()}`;
	const faults: unknown[] = [];
	const failing = leadOneTab(name, () => Promise.reject(new Error('the store is closed')), {
		fault: (error) => faults.push(error)
	});
	await expect.poll(() => faults.length, patient).toBe(1);
	const other = open(name);
	await expect.poll(() => other.last, patient).toBe('leads');
	await failing();
});
