import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildIfChanged } from '$lib/server/boot/build.ts';
import { ensureChromium } from './test-run/chromium.ts';
import { sum, totalsLine, totalsOf, type Totals } from './test-run/totals.ts';

/** `npm test`: every layer. Nothing stops early, so that one run shows all that is wrong. */
const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);
const reports = path.join(root, 'test-results');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Step = { readonly name: string; readonly run: () => Promise<Totals> };

const bin = (name: string) => path.join(root, 'node_modules', '.bin', name);

/** Colours are for people in front of a terminal; in a log they are noise. */
const quiet: Record<string, string> = process.stdout.isTTY ? {} : { NO_COLOR: '1' };

function run(command: string, args: readonly string[]): Promise<boolean> {
	const child = spawn(command, args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...quiet }
	});
	return new Promise((resolve) =>
		child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0))
	);
}

/** Something that holds or does not: it counts when it fails. */
const check = (name: string, command: string, ...args: string[]): Step => ({
	name,
	run: async () => ({ passed: 0, failed: (await run(command, args)) ? 0 : 1 })
});

async function counted(name: string, start: (report: string) => Promise<boolean>): Promise<Totals> {
	const report = path.join(reports, `${name}.json`);
	fs.rmSync(report, { force: true });
	const ok = await start(report);
	const read: unknown = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : undefined;
	return totalsOf(read, ok);
}

const project = (name: string, ...more: string[]): Step => ({
	name,
	run: () =>
		counted(name, (report) =>
			run(bin('vitest'), [
				'run',
				`--project=${name}`,
				'--passWithNoTests',
				'--reporter=dot',
				'--reporter=json',
				`--outputFile.json=${report}`,
				...more
			])
		)
});

const build: Step = {
	name: 'build',
	run: async () => {
		try {
			await buildIfChanged(root, () => undefined);
			return { passed: 0, failed: 0 };
		} catch (error) {
			say(error instanceof Error ? error.message : String(error));
			return { passed: 0, failed: 1 };
		}
	}
};

const journeys: Step = {
	name: 'journeys',
	run: () => counted('journeys', () => run(bin('playwright'), ['test', '--pass-with-no-tests']))
};

const chromium = ensureChromium(say);
const needsChromium = (step: Step): Step =>
	chromium ? step : { name: step.name, run: async () => ({ passed: 0, failed: 1 }) };

/** One after the other; the lanes of a stage run side by side. */
const stages: (readonly (readonly Step[])[])[] = [
	// Nothing in these measures anything: the services' files go one by one, since their Postgres has one horizon, and would
	// leave a core idle; a cluster that starts, stops and is copied is mostly waited for.
	[
		[project('pg')],
		[project('cluster', '--maxWorkers=1')],
		[
			check('lint', bin('eslint'), '.'),
			check('types', bin('svelte-check'), '--tsconfig', './tsconfig.json', '--output', 'human'),
			project('unit', '--maxWorkers=1'),
			build
		]
	],
	// A program that starts, stops and starts again is mostly waited for. Of the stories each half has a Postgres of its own, which
	// is idle while its half thinks.
	[[needsChromium(project('browser'))], [project('program'), project('fuzz', '--maxWorkers=2')]],
	[[needsChromium(journeys)]]
];

fs.mkdirSync(reports, { recursive: true });
const results: { name: string; seconds: number; totals: Totals }[] = [];

async function runLane(lane: readonly Step[]): Promise<void> {
	for (const { name, run } of lane) {
		say(`\n▶ ${name}`);
		const began = performance.now();
		const totals = await run();
		results.push({ name, totals, seconds: Math.round((performance.now() - began) / 1000) });
	}
}

for (const lanes of stages) await Promise.all(lanes.map(runLane));

say('');
for (const { name, totals, seconds } of results)
	say(`${totals.failed === 0 ? '✓' : '✗'} ${name.padEnd(9)} ${totalsLine(totals)} (${seconds} s)`);
const all = sum(results.map((result) => result.totals));
process.exitCode = all.failed === 0 ? 0 : 1;
say(totalsLine(all));
