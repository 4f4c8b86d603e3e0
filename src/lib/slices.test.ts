import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inSlices, nextSlice } from './slices.ts';

afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

describe('with a clock in the hand', () => {
	let now = 0;
	/** How long the thread was held each time before the browser had its turn. */
	let held: number[] = [];
	let since = 0;
	beforeEach(() => {
		[now, held, since] = [1_000, [], 1_000];
		vi.spyOn(performance, 'now').mockImplementation(() => now);
		vi.stubGlobal('scheduler', {
			yield: async () => {
				held.push(now - since);
				// What the browser does with its turn takes its own time, which is no work of ours.
				now += 40;
				since = now;
			}
		});
	});

	test('long work gives the thread back again and again, each time after a slice', async () => {
		const slice = inSlices();
		for (let step = 0; step < 300; step += 1) {
			await slice();
			now += 3;
		}
		// 900 ms of work in slices of 8 ms, which steps of 3 ms fill to 9.
		expect(held).toHaveLength(99);
		expect(new Set(held)).toEqual(new Set([9]));
	});

	test('short work goes on at once', async () => {
		const slice = inSlices();
		for (let step = 0; step < 7; step += 1) {
			await slice();
			now += 1;
		}
		expect(held).toEqual([]);
	});
});

test('where the browser has no way of its own, others have their turn all the same', async () => {
	vi.stubGlobal('scheduler', undefined);
	// A promise alone would let nothing in: neither a timer nor a finger.
	let heard = false;
	setTimeout(() => (heard = true), 0);
	for (let slices = 0; slices < 100_000 && !heard; slices += 1) await nextSlice();
	expect(heard).toBe(true);
});
