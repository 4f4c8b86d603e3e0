import fs from 'node:fs';
import { expect, test } from 'vitest';
import { registry } from './registry.ts';

const handbook = fs.readFileSync('docs/operations.md', 'utf8');
const rules = [...handbook.matchAll(/^ +expr: (.+)$/gm)].map(([, expression = '']) => expression);
const figuresIn = (text: string): string[] => text.match(/\bsan_[a-z_]+/g) ?? [];

test('every figure the rules for alerts ask for is one that this program shows', () => {
	expect(rules.length).toBeGreaterThanOrEqual(6);
	for (const rule of rules) {
		expect(figuresIn(rule), rule).not.toEqual([]);
		for (const figure of figuresIn(rule)) expect(registry.getSingleMetric(figure), rule).toBeDefined();
	}
});

test('what the rules ask of a figure’s labels is there to be asked', () => {
	for (const rule of rules)
		for (const [, figure = '', label = ''] of rule.matchAll(/\b(san_[a-z_]+)\{([a-z]+)=/g))
			expect(registry.getSingleMetric(figure), rule).toMatchObject({
				labelNames: expect.arrayContaining([label])
			});
});
