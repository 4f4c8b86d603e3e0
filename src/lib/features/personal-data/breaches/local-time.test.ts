import { expect, test } from 'vitest';
import { fromLocalField, toLocalField } from './local-time.ts';

test('LAW-data-breach a moment is typed and read in the clock of Vietnam', () => {
	const instant = '2026-11-30T17:30:00.000Z';
	expect(toLocalField(Date.parse(instant))).toBe('2026-12-01T00:30');
	expect(fromLocalField('2026-12-01T00:30')).toBe(instant);
	for (const typed of ['', 'hôm qua']) expect(fromLocalField(typed)).toBeNull();
});
