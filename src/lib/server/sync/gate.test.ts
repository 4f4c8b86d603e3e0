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
	const taken = [gate.pass('tu', work), gate.pass('tu', work)];
	const told = [await gate.pass('tu', work), await gate.pass('tu', work), await gate.pass('tu', work)];
	expect(told).toEqual([1_000, 3_000, 5_000].map((afterMs) => ({ outcome: 'retry', afterMs })));
	expect(shed).toBe(3);
	finish();
	expect(await Promise.all(taken)).toEqual(['done', 'done']);
	expect(await gate.pass('tu', work)).toBe('done');
});

test('sync 11: a question that fails makes room for the next', async () => {
	const gate = createGate({ atOnce: 1 });
	await expect(gate.pass('tu', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
	expect(await gate.pass('tu', () => Promise.resolve('done'))).toBe('done');
	expect(gate.busy).toBe(0);
});

test('sync 11: one person’s many tabs and devices take their share of the places and leave the others theirs', async () => {
	let finish: () => void = () => undefined;
	const open = new Promise<void>((resolve) => (finish = resolve));
	const work = async () => {
		await open;
		return 'done' as const;
	};
	const gate = createGate({ atOnce: 10, perPerson: 2, nobody: 6, random: () => 0 });
	const told = { outcome: 'retry', afterMs: 1_000 };
	const hers = [gate.pass('tu', work), gate.pass('tu', work)];
	expect(await gate.pass('tu', work)).toEqual(told);
	const his = gate.pass('ba', work);
	// Whoever is not signed in is many people, who together leave places to those who are.
	const visitors = Array.from({ length: 6 }, () => gate.pass(null, work));
	expect(await gate.pass(null, work)).toEqual(told);
	const lan = gate.pass('lan', work);
	expect(gate.busy).toBe(10);
	finish();
	expect(await Promise.all([...hers, his, ...visitors, lan])).toEqual(
		Array.from({ length: 10 }, () => 'done')
	);
	expect(await gate.pass('tu', work)).toBe('done');
});
