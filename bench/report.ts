import fs from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { ratioOf, spread, type Spread } from './stats.ts';

export type Goal = { readonly goal: string; readonly value: number; readonly reached: boolean };

/** What `--json` prints: one object a bench. */
export type Report = {
	readonly name: string;
	readonly at: string;
	readonly machine: Machine;
	readonly rounds: number;
	readonly quick: boolean;
	/** What was done, to how much, how durably. */
	readonly workload: Readonly<Record<string, string | number | boolean>>;
	readonly results: Readonly<Record<string, Spread>>;
	/** Of two results of the same rounds; the goals speak of these. */
	readonly ratios: Readonly<Record<string, Spread>>;
	readonly goals: readonly Goal[];
	readonly notes: readonly string[];
};

export type Machine = {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryGb: number;
	readonly os: string;
	readonly node: string;
	/** Load average of the last minute when the bench began: figures of a busy machine say so. */
	readonly loadBefore: number;
};

export function describeMachine(): Machine {
	return {
		cpu: os.cpus()[0]?.model ?? 'unknown',
		cores: os.cpus().length,
		memoryGb: Math.round(os.totalmem() / 2 ** 30),
		os: `${os.type()} ${os.release()}`,
		node: process.version,
		loadBefore: Number((os.loadavg()[0] ?? 0).toFixed(2))
	};
}

export type Options = { readonly rounds: number; readonly quick: boolean; readonly json: boolean };

/** `--json`, `--quick` and `--rounds N`, the same for every bench. */
export function readOptions(
	args: readonly string[] = process.argv.slice(2),
	usual: { rounds: number; quick: number } = { rounds: 5, quick: 2 }
): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			json: { type: 'boolean', default: false },
			quick: { type: 'boolean', default: false },
			rounds: { type: 'string' }
		}
	});
	const rounds = Number(values.rounds ?? (values.quick ? usual.quick : usual.rounds));
	if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds wants a whole number');
	return { rounds, quick: values.quick, json: values.json };
}

/** Collects what the rounds measured, by name. */
export class Figures {
	readonly #samples = new Map<string, number[]>();

	/** One figure of one round; `name` ends in its unit. */
	add(name: string, value: number): void {
		const samples = this.#samples.get(name) ?? [];
		samples.push(value);
		this.#samples.set(name, samples);
	}

	of(name: string): readonly number[] {
		const samples = this.#samples.get(name);
		if (!samples) throw new Error(`${name} was not measured`);
		return samples;
	}

	has = (name: string): boolean => this.#samples.has(name);

	ratio = (over: string, under: string): Spread => ratioOf(this.of(over), this.of(under));

	results(): Record<string, Spread> {
		return Object.fromEntries([...this.#samples].map(([name, samples]) => [name, spread(samples)]));
	}
}

export const atMost = (goal: string, value: number, bound: number): Goal => ({
	goal: `${goal} ≤ ${bound}`,
	value,
	reached: value <= bound
});
export const atLeast = (goal: string, value: number, bound: number): Goal => ({
	goal: `${goal} ≥ ${bound}`,
	value,
	reached: value >= bound
});

/** One line for the person who waits; on stderr, so that `--json` stays one object. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Runs a bench and prints what it found. A missed goal is a finding, not a failure: the exit code stays 0. */
export async function runBench(
	name: string,
	measure: (options: Options) => Promise<
		Pick<Report, 'workload' | 'ratios' | 'goals' | 'notes'> & {
			readonly figures: Figures;
		}
	>,
	usual?: { rounds: number; quick: number }
): Promise<void> {
	const options = readOptions(process.argv.slice(2), usual);
	const machine = describeMachine();
	const { figures, ...found } = await measure(options);
	const report: Report = {
		name,
		at: new Date().toISOString(),
		machine,
		rounds: options.rounds,
		quick: options.quick,
		...found,
		results: figures.results()
	};
	fs.writeSync(1, options.json ? `${JSON.stringify(report, null, '\t')}\n` : inWords(report));
}

export function inWords(report: Report): string {
	const { machine } = report;
	const table = (rows: Readonly<Record<string, Spread>>) =>
		Object.entries(rows).map(
			([name, s]) =>
				`  ${name.padEnd(52)} ${String(s.median).padStart(10)}   (${s.min} … ${s.max}, n=${s.samples})`
		);
	return [
		`bench:${report.name}, ${report.rounds} rounds${report.quick ? ', quick' : ''}`,
		`  ${machine.cpu} × ${machine.cores}, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.loadBefore}`,
		...Object.entries(report.workload).map(([what, value]) => `  ${what}: ${value}`),
		'medians (least … most)',
		...table(report.results),
		'ratios',
		...table(report.ratios),
		'goals',
		...report.goals.map((goal) => `  ${goal.reached ? 'reached' : 'MISSED '} ${goal.goal}: ${goal.value}`),
		...report.notes.map((note) => `  note: ${note}`),
		''
	].join('\n');
}
