import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfChanged } from '$lib/server/boot/build.ts';
import { ensureChromium } from './test-run/chromium.ts';

/**
 * `npm run drills [-- --rounds N] [--only name]`: what may never be lost, tried as often as the goals say: browsers killed
 * while typing, new builds under open tabs, a leading page that is frozen, cut uploads, orders sent five times at once,
 * two officers on one case, a full disk, a machine that dies while it is backed up. The same drills run a few rounds each in
 * `npm test`; docs/drills.md names each and what was seen.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string' }, only: { type: 'string' } } });

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const env = { ...process.env, SAN_DRILLS: 'full', ...(values.rounds && { SAN_DRILL_ROUNDS: values.rounds }) };

function run(command: string, ...args: string[]): Promise<boolean> {
	const child = spawn(path.join(root, 'node_modules', '.bin', command), args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env
	});
	return new Promise((resolve) =>
		child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0))
	);
}

const name = values.only ? [values.only] : [];
const results: boolean[] = [];
const vitest = (project: string, files: string) =>
	run('vitest', 'run', `--project=${project}`, '--passWithNoTests', files, ...name.flatMap((n) => ['-t', n]));
for (const project of ['pg', 'cluster', 'program']) results.push(await vitest(project, 'tests/drills'));
if (ensureChromium(say)) {
	results.push(await vitest('browser', 'tests/app/full-storage.browser.test.ts'));
	await buildIfChanged(root, say);
	results.push(
		await run('playwright', 'test', '--pass-with-no-tests', 'drills', ...name.flatMap((n) => ['-g', n]))
	);
} else results.push(false);
process.exitCode = results.every(Boolean) ? 0 : 1;
