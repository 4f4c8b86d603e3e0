import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadPack } from '../src/lib/server/rulepacks/load.ts';
import { stableId } from '../src/lib/server/seed/people.ts';
import type { CommandInput } from '../src/lib/sync/protocol/commands.ts';
import { Profile } from './browser.ts';
import { buildProgram, makeMembers, openBenchExchange, packId, type BenchExchange } from './exchange.ts';
import { makeGoods, priceOf } from './goods.ts';
import { buildPages } from './pages/build.ts';
import { startPeer } from './peers/server.ts';
import { sendCommands, wireOf } from './push-client.ts';
import { atMost, Figures, runBench, say, type Options } from './report.ts';
import { quantile } from './stats.ts';

/**
 * `npm run bench:live`: from the commit in Postgres to the screen of another person's device, with 200 devices
 * connected. Ours stores before it shows; the bare path does not.
 */
const connected = 200;
const samplesARound = 40;

const bench = async (options: Options) => {
	await buildProgram();
	// The clock starts where the commit says it was: neither side's own word is taken for it.
	const exchange = await openBenchExchange({ settings: { track_commit_timestamp: 'on' } });
	const stops: (() => Promise<unknown>)[] = [];
	try {
		const members = await makeMembers(exchange, connected + 1);
		const [seller, buyer, ...others] = members;
		if (!seller || !buyer) throw new Error('nobody is here');
		await makeGoods(exchange, [seller], 100, { stock: null });
		await exchange.owner`create table bench_live (id uuid primary key, text text not null)`;
		const bare = await startPeer('bare-live-server.ts', { BENCH_DATABASE_URL: exchange.ownerUrl });
		stops.push(bare.stop);
		const program = await exchange.start();
		const cookies = [{ name: 'san_session', value: seller.sessionId }];
		const code = await buildPages(['ours-live.svelte', 'bare-live']);
		const open = async (page: string, origin: string) => {
			const profile = new Profile();
			const opened = await profile.open({ origin, page, code, cookies });
			stops.push(async () => {
				await opened.close();
				profile.remove();
			});
			await opened.page.evaluate(() => window.live.start());
			return opened.page;
		};
		const ours = await open('ours-live.svelte', program.origin);
		const theirs = await open('bare-live', bare.origin);
		stops.push(
			...(await listen(
				`${program.origin}/api/events`,
				[buyer, ...others].map((m) => m.cookie)
			))
		);
		stops.push(
			...(await listen(
				`${bare.origin}/events?of=other`,
				others.map(() => '')
			))
		);
		await sleep(1_500);

		const sides = {
			ours: async (): Promise<number> => {
				const input = anOrder();
				const shown = ours.evaluate((id) => window.live.shown(id), input.orderId);
				const [answer] = await sendCommands(program, buyer, [wireOf({ name: 'order.place', input })]);
				if (answer?.outcome !== 'applied') throw new Error(JSON.stringify(answer));
				return (await shown) - (await committedAt(exchange, 'orders', input.orderId));
			},
			bare: async (): Promise<number> => {
				const id = randomUUID();
				const shown = theirs.evaluate((id) => window.live.shown(id), id);
				await exchange.owner`
					with made as (insert into bench_live (id, text) values (${id}, 'một đơn mới') returning id)
					select pg_notify('bench_live', id::text) from made`;
				return (await shown) - (await committedAt(exchange, 'bench_live', id));
			}
		};
		const figures = new Figures();
		for (const side of ['ours', 'bare'] as const) for (let n = 0; n < 5; n += 1) await sides[side]();
		for (let round = 0; round < options.rounds; round += 1) {
			say(`round ${round + 1} of ${options.rounds}`);
			const times = { ours: [] as number[], bare: [] as number[] };
			for (let n = 0; n < samplesARound; n += 1) {
				for (const side of n % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
					times[side].push(await sides[side]());
					// Between two commits of real life a device is at rest.
					await sleep(60 + Math.random() * 60);
				}
			}
			for (const side of ['ours', 'bare'] as const)
				for (const share of [0.5, 0.95])
					figures.add(`${side}: commit to screen p${share * 100} ms`, quantile(times[side], share));
		}
		const p50 = figures.ratio('ours: commit to screen p50 ms', 'bare: commit to screen p50 ms');
		const p95 = figures.ratio('ours: commit to screen p95 ms', 'bare: commit to screen p95 ms');
		return {
			figures,
			workload: { 'connected devices': connected, 'samples a round': samplesARound, command: 'order.place' },
			ratios: { 'ours / bare p50': p50, 'ours / bare p95': p95 },
			goals: [atMost('p50 to the bare path', p50.median, 3), atMost('p95 to the bare path', p95.median, 10)],
			notes: [
				'Ours looks the session up, pulls, stores documents and position strictly, folds and shows; bare shows what it fetched and forgets it.'
			]
		};
	} finally {
		for (const stop of stops.reverse()) await stop();
		await exchange.close();
	}
};

function anOrder(): CommandInput<'order.place'> {
	const pack = loadPack(packId);
	const good = Math.floor(Math.random() * 100);
	return {
		orderId: randomUUID(),
		listingId: stableId(`bench-listing:${good}`),
		listingRev: 2,
		quantity: 1,
		unitPrice: priceOf(good),
		contact: { name: 'Trần Ngọc Lan', phone: '0900000003', address: '12 Lê Lợi', wardCode: '' },
		payment: pack.paymentMethods[0]?.id ?? '',
		shipping: pack.shippingMethods[0]?.id ?? '',
		note: ''
	};
}

/** When the transaction that made the row committed, by Postgres's own clock. */
async function committedAt(
	exchange: BenchExchange,
	table: 'orders' | 'bench_live',
	id: string
): Promise<number> {
	const rows = await exchange.owner.begin(async (tx) => {
		await tx`select set_config('san.actor', 'system:bench', true)`;
		return tx<{ ms: number }[]>`
			select extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as ms from ${tx(table)} where id = ${id}`;
	});
	const ms = rows[0]?.ms;
	if (ms === undefined) throw new Error(`${table} ${id} was not committed`);
	return ms;
}

/** Devices that only listen. Returns how to stop each. */
async function listen(url: string, cookies: readonly string[]): Promise<(() => Promise<void>)[]> {
	const agent = new http.Agent({ maxSockets: Infinity });
	return Promise.all(
		cookies.map(
			(cookie) =>
				new Promise<() => Promise<void>>((resolve, reject) => {
					const request = http.get(url, { agent, headers: { cookie } }, (response) => {
						if (response.statusCode !== 200)
							reject(new Error(`a stream was answered ${response.statusCode}`));
						response.resume();
						response.on('error', () => undefined);
						resolve(async () => void request.destroy());
					});
					request.on('error', reject);
				})
		)
	);
}

await runBench('live', bench, { rounds: 5, quick: 1 });
