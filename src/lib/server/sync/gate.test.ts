import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('sync 11: what is too much is told when to come again, at once and each at another time', async () => {
	let shed = 0;
	const chances = [0, 0.5, 1];
	const gate = createGate({ atOnce: 2, random: () => chances.shift() ?? 0, shed: () => (shed += 1) });
	let finish: () => void = () => undefined;
	const open = new Promise<void>((resolve) => (finish = resolve));
	const work = async () => {
		await open;
		return 'done' as const;
	};
	const taken = [gate.pass(work), gate.pass(work)];
	const told = [await gate.pass(work), await gate.pass(work), await gate.pass(work)];
	expect(told).toEqual([1_000, 3_000, 5_000].map((afterMs) => ({ outcome: 'retry', afterMs })));
	expect(shed).toBe(3);
	finish();
	expect(await Promise.all(taken)).toEqual(['done', 'done']);
	expect(await gate.pass(work)).toBe('done');
});

test('sync 11: a question that fails makes room for the next', async () => {
	const gate = createGate({ atOnce: 1 });
	await expect(gate.pass(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
	expect(await gate.pass(() => Promise.resolve('done'))).toBe('done');
	expect(gate.busy).toBe(0);
});
