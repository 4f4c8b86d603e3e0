import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { say } from './report.ts';

/**
 * `npm run bench:all -- --json`: every bench one after the other, so that none disturbs another; with `--json` one
 * object of their reports. Takes the same options as each of them.
 */
const names = ['first-sync', 'delta', 'live', 'push', 'load'];
const args = process.argv.slice(2);
const reports: Record<string, unknown> = {};
let failed = false;
for (const name of names) {
	say(`bench:${name}`);
	const done = spawnSync(
		process.execPath,
		['--import', path.resolve('node_modules/tsx/dist/loader.mjs'), `bench/${name}.ts`, ...args],
		{ stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 64 * 2 ** 20 }
	);
	failed ||= done.status !== 0;
	if (!args.includes('--json')) process.stdout.write(done.stdout);
	else reports[name] = done.status === 0 ? JSON.parse(done.stdout) : null;
}
if (args.includes('--json')) process.stdout.write(`${JSON.stringify(reports, null, '\t')}\n`);
process.exitCode = failed ? 1 : 0;
