import { expect, test } from 'vitest';
import { atLeast, atMost, Figures, inWords, readOptions, type Report } from './report.ts';
import { median, quantile, ratioOf, spread } from './stats.ts';

test('the median of an even number of samples lies between the middle two, in any order', () => {
	expect(median([4, 1, 3, 2])).toBe(2.5);
	expect(quantile([10, 20, 30, 40, 50], 0.95)).toBe(48);
	expect(() => median([])).toThrow('nothing was measured');
});

test('ratios are taken round by round, so a slow round does not count twice', () => {
	// The machine was ten times slower in the second round, for both.
	const ratio = ratioOf([2, 20, 2], [4, 40, 4]);
	expect(ratio).toEqual({ median: 0.5, p95: 0.5, min: 0.5, max: 0.5, samples: 3 });
	expect(() => ratioOf([1], [1, 2])).toThrow('same rounds');
});

test('figures keep what each round measured', () => {
	const figures = new Figures();
	for (const [ours, theirs] of [
		[10, 20],
		[12, 30],
		[9, 30]
	] as const) {
		figures.add('ours ms', ours);
		figures.add('theirs ms', theirs);
	}
	expect(figures.results()['ours ms']).toEqual(spread([10, 12, 9]));
	expect(figures.ratio('ours ms', 'theirs ms').median).toBe(0.4);
	expect(() => figures.of('nobody')).toThrow('nobody was not measured');
});

test('a goal is reached at its bound and missed beyond it, and the report says so in words', () => {
	expect(atMost('ours to theirs', 0.4, 0.4).reached).toBe(true);
	expect(atLeast('times as fast', 14.9, 15).reached).toBe(false);
	const report: Report = {
		name: 'example',
		at: '2026-11-23T02:00:00.000Z',
		machine: { cpu: 'a chip', cores: 2, memoryGb: 8, os: 'Linux', node: 'v20', loadBefore: 0.1 },
		rounds: 5,
		quick: false,
		workload: { rows: 10_000 },
		results: { 'ours ms': spread([1, 2, 3]) },
		ratios: {},
		goals: [atMost('ours', 0.5, 0.4)],
		notes: []
	};
	const words = inWords(report);
	expect(words).toContain('MISSED  ours ≤ 0.4: 0.5');
	expect(words).toMatch(/ours ms +2 +\(1 … 3, n=3\)/);
	expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('the quick form takes fewer rounds, and a wish for rounds is honoured', () => {
	expect(readOptions([])).toEqual({ rounds: 5, quick: false, json: false });
	expect(readOptions(['--quick', '--json'])).toEqual({ rounds: 2, quick: true, json: true });
	expect(readOptions(['--rounds', '9']).rounds).toBe(9);
	expect(() => readOptions(['--rounds', 'many'])).toThrow('whole number');
});
