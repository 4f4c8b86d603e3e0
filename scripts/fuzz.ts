import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run fuzz -- --seeds 10000 [--seed 1] [--shrink 60]`: tells that many stories of devices and people, beginning
 * with `seed`, against the real receiver and Postgres, in two processes. One that ends badly is shrunk for as many
 * seconds, printed, and pinned in tests/fuzz/pinned.json.
 */
const { values } = parseArgs({
	options: {
		seeds: { type: 'string', default: '200' },
		seed: { type: 'string', default: '1' },
		shrink: { type: 'string', default: '60' }
	}
});

const root = path.resolve(import.meta.dirname, '..');
const child = spawn(
	path.join(root, 'node_modules', '.bin', 'vitest'),
	['run', '--project=fuzz', '--maxWorkers=2'],
	{
		cwd: root,
		stdio: 'inherit',
		env: {
			...process.env,
			FUZZ_SEEDS: values.seeds,
			FUZZ_SEED: values.seed,
			FUZZ_SHRINK_S: values.shrink,
			FUZZ_PIN: '1'
		}
	}
);
child.once('exit', (code) => (process.exitCode = code ?? 1));
