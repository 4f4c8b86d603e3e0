// First of all imports: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { plan, report, shrink, tell, usualLength } from './run.ts';

const first = Number(process.env.FUZZ_SEED ?? 1);
const count = Number(process.env.FUZZ_SEEDS ?? 2);
const shrinkMs = Number(process.env.FUZZ_SHRINK_S ?? 0) * 1_000;

describe('sync 1–8: whatever happens on the way', () => {
	for (let seed = first; seed < first + count; seed += 1)
		test(
			`sync 1: seed ${seed}: nothing lost, nothing doubled, nothing leaked, all alike`,
			{ timeout: 120_000 + 2 * shrinkMs },
			async () => {
				const steps = plan(seed, usualLength);
				const ending = await tell(steps);
				if (ending.found.length === 0) return expect(ending.found).toEqual([]);
				const fewer = await shrink(steps, performance.now() + shrinkMs);
				const last = fewer.length < steps.length ? await tell(fewer) : ending;
				expect.fail(report(seed, fewer, last.found.length > 0 ? last : ending));
			}
		);
});
