import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Poke } from '$lib/sync/protocol/wire.ts';
import { createHub } from './hub.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A hub with so many devices, the k-th of which draws the chance k / n. */
function crowd(devices: number) {
	let drawn = 0;
	const hub = createHub(() => (drawn++ % devices) / devices);
	const heard: Poke[][] = Array.from({ length: devices }, () => []);
	for (const own of heard)
		hub.subscribe(['public', 'user:a'], null, { send: (poke) => own.push(poke), end: () => undefined });
	return { hub, heard, told: () => heard.filter((own) => own.length > 0).length };
}

test('sync 11: a public change reaches 1,000 devices spread over 2 s, and more in proportion', () => {
	const { hub, heard, told } = crowd(1_000);
	hub.deliver([{ audience: 'public', collections: ['listings'] }]);
	for (let step = 1; step <= 20; step += 1) {
		vi.advanceTimersByTime(100);
		expect(Math.abs(told() - step * 50)).toBeLessThanOrEqual(1);
	}
	expect(heard.every((own) => own.length === 1)).toBe(true);
});

test('sync 11: further public changes join the poke that waits, and one for everywhere takes them all', () => {
	const { hub, heard } = crowd(1_000);
	for (const collections of [['listings'], ['reference'], ['listings']])
		hub.deliver([{ audience: 'public', collections }]);
	vi.advanceTimersByTime(3_000);
	expect(heard[999]).toEqual([{ audience: 'public', collections: ['listings', 'reference'] }]);
	hub.deliver([{ audience: 'public', collections: ['listings'] }]);
	hub.deliver([{ audience: '*', collections: [] }]);
	vi.advanceTimersByTime(3_000);
	expect(heard[999]?.at(-1)).toEqual({ audience: '*', collections: [] });
	expect(heard[999]).toHaveLength(2);
});

test('sync 11: what concerns one person is said at once, and few devices do not wait', () => {
	const { hub, heard } = crowd(3);
	hub.deliver([{ audience: 'user:a', collections: ['orders'] }]);
	expect(heard.map((own) => own.length)).toEqual([1, 1, 1]);
	hub.deliver([{ audience: 'public', collections: ['listings'] }]);
	vi.advanceTimersByTime(6);
	expect(heard.map((own) => own.length)).toEqual([2, 2, 2]);
});
