import { expect, test } from '../world/journey.ts';
import { scriptOf } from '../world/weight.ts';

const sum = (weights: ReadonlyMap<string, number>) =>
	[...weights.values()].reduce((all, one) => all + one, 0);

test('the seller’s app, the editor and the device’s store included, is at most 250 KB of script', async () => {
	const today = await scriptOf('/app/sell');
	const editor = await scriptOf('/app/sell/[id]');
	const both = sum(new Map([...today, ...editor]));
	test.info().annotations.push({
		type: 'weight',
		description: `seller's app: ${sum(today)} B of script gzipped for the first screen, ${both} B with the editor`
	});
	// Less than this and the store itself was not counted.
	expect(sum(today)).toBeGreaterThan(50 * 1024);
	expect(both).toBeLessThanOrEqual(250 * 1024);
});
