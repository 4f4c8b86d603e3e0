import { fork } from 'node:child_process';
import http from 'node:http';
import path from 'node:path';
import { collectionNames } from '../src/lib/sync/protocol/collections.ts';
import { protocolVersion } from '../src/lib/sync/protocol/version.ts';
import { manifestPath, packPath, type PackManifest } from '../src/lib/sync/protocol/packs.ts';
import type { Position, PullAnswer } from '../src/lib/sync/protocol/wire.ts';
import type { Program } from '../tests/world/program.ts';
import { buildProgram, makeMembers, openBenchExchange, type BenchMember } from './exchange.ts';
import { makeGoods } from './goods.ts';
import { atMost, Figures, runBench, say, type Options } from './report.ts';
import { quantile } from './stats.ts';
import { untilPacked } from './until-packed.ts';

/**
 * `npm run bench:load`: 500 signed-in devices arrive at one instant, each with an empty store, and take 1,000 listings
 * and all their own; somebody else meanwhile looks at the public catalogue, from a process of their own.
 */
const documents = 1_000;
const idleMs = 6_000;

const bench = async (options: Options) => {
	await buildProgram();
	const devices = options.quick ? 200 : 500;
	const exchange = await openBenchExchange();
	try {
		const members = await makeMembers(exchange, devices);
		await makeGoods(exchange, members.slice(0, 50), documents);
		const program = await exchange.start();
		const packs = await untilPacked(program, documents);
		const figures = new Figures();
		let errors = 0;
		let waited = 0;
		// Once before anything counts.
		await firstSync(program, members.slice(0, 5));
		for (let round = 0; round < options.rounds; round += 1) {
			say(`round ${round + 1} of ${options.rounds}`);
			const idle = startProbe(program);
			await new Promise((resolve) => setTimeout(resolve, options.quick ? idleMs / 2 : idleMs));
			const idleTimes = await idle.stop();
			const busy = startProbe(program);
			const began = performance.now();
			const done = await firstSync(program, members);
			const took = performance.now() - began;
			const busyTimes = await busy.stop();
			errors += done.errors + [...idleTimes, ...busyTimes].filter(Number.isNaN).length;
			waited += done.retries;
			figures.add('idle catalogue page p95 ms', quantile(idleTimes, 0.95));
			figures.add('catalogue page under load p95 ms', quantile(busyTimes, 0.95));
			figures.add('all devices complete ms', took);
			figures.add('one device complete p95 ms', quantile(done.times, 0.95));
			figures.add('catalogue pages asked for under load', busyTimes.length);
			say(
				`  ${devices} devices in ${(took / 1000).toFixed(1)} s, ${done.errors} errors, ${done.retries} told to wait`
			);
		}
		const ratio = figures.ratio('catalogue page under load p95 ms', 'idle catalogue page p95 ms');
		return {
			figures,
			workload: { devices, 'documents a device': documents, packs, 'told to wait': waited },
			ratios: { 'catalogue p95 under load / idle': ratio },
			goals: [atMost('errors', errors, 0), atMost('catalogue page p95 under load to idle', ratio.median, 5)],
			notes: ['A device that is told to wait (retry after) waits and asks again; that is no error.']
		};
	} finally {
		await exchange.close();
	}
};

/** Looks at the catalogue without a pause until it is stopped; milliseconds of each page, NaN for a failed one. */
function startProbe(program: Program): { stop(): Promise<number[]> } {
	const child = fork(path.join(import.meta.dirname, 'peers/probe.ts'), [`${program.origin}/catalogue`], {
		execArgv: ['--import', path.resolve('node_modules/tsx/dist/loader.mjs')]
	});
	return {
		stop: () =>
			new Promise((resolve) => {
				child.once('message', (times) => {
					child.kill();
					resolve(Array.isArray(times) ? times.map((ms) => (ms === null ? NaN : Number(ms))) : []);
				});
				child.send('stop');
			})
	};
}

type Done = { readonly errors: number; readonly retries: number; readonly times: readonly number[] };

/** What the engine of a new device asks for, in its order: the packs of the catalogue, then every collection. */
async function firstSync(program: Program, members: readonly BenchMember[]): Promise<Done> {
	const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
	let errors = 0;
	let retries = 0;
	const times: number[] = [];
	await Promise.all(
		members.map(async (member) => {
			const began = performance.now();
			try {
				const device = new LoadDevice(program, member, agent);
				await device.sync();
				retries += device.retries;
				if (device.documents < documents) throw new Error(`${device.documents} documents came`);
				times.push(performance.now() - began);
			} catch (error) {
				errors += 1;
				say(`  ${error instanceof Error ? error.message : String(error)}`);
			}
		})
	);
	agent.destroy();
	return { errors, retries, times };
}

class LoadDevice {
	documents = 0;
	retries = 0;
	constructor(
		readonly program: Program,
		readonly member: BenchMember,
		readonly agent: http.Agent
	) {}

	async sync(): Promise<void> {
		const start = await this.#packs();
		for (const collection of collectionNames) {
			let positions: Readonly<Record<string, Position>> =
				collection === 'listings' && start ? { public: start } : {};
			for (;;) {
				const answer = await this.#pull(collection, positions);
				if (answer.outcome === 'retry') {
					this.retries += 1;
					await new Promise((resolve) => setTimeout(resolve, answer.afterMs));
					continue;
				}
				if (answer.outcome !== 'page') throw new Error(`a pull was answered ${answer.outcome}`);
				if (collection === 'listings') this.documents += answer.rows.length;
				positions = answer.positions;
				if (!answer.more) break;
			}
		}
	}

	/** Takes all packs, six at a time like a browser; null while the exchange makes none. */
	async #packs(): Promise<Position | null> {
		const answer = await this.#ask('GET', manifestPath);
		if (answer.status === 404) return null;
		const manifest: PackManifest = JSON.parse(answer.body.toString());
		const queue = manifest.packs.map((pack) => pack.hash);
		await Promise.all(
			Array.from({ length: 6 }, async () => {
				for (let hash = queue.shift(); hash !== undefined; hash = queue.shift()) {
					const pack = await this.#ask('GET', packPath(hash));
					if (pack.status !== 200) throw new Error(`a pack was answered ${pack.status}`);
				}
			})
		);
		this.documents += manifest.packs.reduce((sum, pack) => sum + pack.rows, 0);
		return manifest.packs.length > 0 ? manifest.position : null;
	}

	async #pull(collection: string, positions: Readonly<Record<string, Position>>): Promise<PullAnswer> {
		const answer = await this.#ask('POST', '/api/trpc/sync.pull', {
			protocol: protocolVersion,
			actorId: this.member.id,
			collection,
			positions,
			limit: 500
		});
		if (answer.status !== 200) throw new Error(`a pull was answered ${answer.status}`);
		const { result }: { result: { data: PullAnswer } } = JSON.parse(answer.body.toString());
		return result.data;
	}

	#ask(method: 'GET' | 'POST', to: string, body?: object): Promise<{ status: number; body: Buffer }> {
		const { origin } = this.program;
		const text = body && JSON.stringify(body);
		return new Promise((resolve, reject) => {
			const request = http.request(
				`${origin}${to}`,
				{
					method,
					agent: this.agent,
					headers: {
						origin,
						cookie: this.member.cookie,
						// Packs travel as they are stored.
						...(to.startsWith(packPath('')) && { 'accept-encoding': 'gzip' }),
						...(text !== undefined && {
							'content-type': 'application/json',
							'content-length': Buffer.byteLength(text)
						})
					}
				},
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('error', reject);
					response.on('end', () =>
						resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) })
					);
				}
			);
			request.on('error', reject);
			request.end(text);
		});
	}
}

await runBench('load', bench);
