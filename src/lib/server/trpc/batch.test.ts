import { expect, test } from 'vitest';
import { isTooMany, mostTogether } from './batch.ts';

const asking = (count: number, by: string) => `/api/trpc/${Array(count).fill('sync.pull').join(by)}`;

test.each([',', '%2C', '%2c'])('a device asks for what it holds together, nobody for more (%s)', (by) => {
	expect(isTooMany(asking(1, by))).toBe(false);
	expect(isTooMany(asking(mostTogether, by))).toBe(false);
	expect(isTooMany(asking(mostTogether + 1, by))).toBe(true);
});

test('an address that cannot be read is refused as well', () => {
	expect(isTooMany('/api/trpc/%')).toBe(true);
});
