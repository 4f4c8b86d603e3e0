// First of all imports: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import type { Act, DeviceName, Step } from './plan.ts';
import { tell } from './run.ts';
import type { Sabotage } from './sabotage.ts';

const story = (on: DeviceName, seed: number, acts: readonly Act[]): Step[] =>
	acts.map((act, at) => ({ act, on, seed: seed + at }));

/** For each bug a short story in which it shows, with the words the oracle must find for it. */
const bugs: readonly { bug: Sabotage; words: RegExp; device: DeviceName; seed: number; acts: Act[] }[] = [
	{
		bug: 'new ids',
		words: /which nobody made/,
		device: 'tu-phone',
		seed: 50,
		acts: ['sync', 'type', 'sync', 'type', 'sync', 'type', 'sync']
	},
	{
		bug: 'empty promise',
		words: /was acknowledged and is lost/,
		device: 'tu-phone',
		seed: 20,
		acts: ['sync', 'sync', 'type', 'read', 'sync', 'sync']
	},
	{
		bug: 'no horizon',
		words: /notifications .* is missing/,
		device: 'tu-phone',
		seed: 10,
		acts: ['sync', 'slowWriter', 'sync', 'sync', 'sync']
	},
	{
		bug: 'old posts',
		words: /was served agency:so-nnmt/,
		device: 'minh-desk',
		seed: 10,
		acts: ['sync', 'sync', 'postChanges', 'sync', 'sync']
	},
	{
		bug: 'no purge',
		words: /still on the disk/,
		device: 'tu-phone',
		seed: 30,
		acts: ['sync', 'sync', 'withdraw', 'sync', 'sync']
	}
];

describe('the fuzzer sees bugs that are put in on purpose', () => {
	test.each(bugs)('$bug', { timeout: 200_000 }, async ({ bug, words, device, seed, acts }) => {
		const found: string[] = [];
		// The line's troubles depend on what is sent, so a change elsewhere may need another try.
		for (let tries = 0; found.length === 0 && tries < 5; tries += 1)
			found.push(...(await tell(story(device, seed + 10 * tries, acts), bug)).found);
		expect(found.join('\n')).toMatch(words);
	});
});
