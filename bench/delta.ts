import type { Actor } from '../src/lib/domain/accounts/permissions.ts';
import { openDb, type Sql } from '../src/lib/server/db/pool.ts';
import { pull } from '../src/lib/server/sync/pull.ts';
import { readHorizon } from '../src/lib/server/sync/queries.ts';
import { protocolVersion } from '../src/lib/sync/protocol/version.ts';
import type { PullPage } from '../src/lib/sync/protocol/wire.ts';
import { stableId } from '../src/lib/server/seed/people.ts';
import { asAdmin, openBenchExchange, type BenchExchange } from './exchange.ts';
import { atMost, Figures, runBench, say, type Options } from './report.ts';
import { median } from './stats.ts';

/**
 * `npm run bench:delta`: what a device pays that was away for 100 changes, with 1,000 to 1,000,000 rows in the feed;
 * and what it pays to hear that there is nothing new. The receiver's own `pull`, without HTTP on either side.
 */
const audiences = 1_000;
const changes = 100;
const pullsARound = 40;
const warmUp = 100;

const actor: Actor = {
	id: stableId('bench-delta'),
	name: 'Người thứ nhất',
	roles: ['buyer', 'seller'],
	posts: [],
	businessId: null
};
const own = `user:${actor.id}`;

type Feed = { readonly rows: number; readonly owner: Sql; readonly app: Sql };
type Positions = PullPage['positions'];

const bench = async (options: Options) => {
	const sizes = options.quick ? [1_000, 10_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];
	const exchange = await openBenchExchange();
	const feeds: Feed[] = [];
	try {
		for (const rows of sizes) feeds.push(await makeFeed(exchange, rows));
		const figures = await measure(feeds, options);
		const most = sizes.at(-1) ?? 0;
		const ratios = {
			[`pull of ${changes} changes at ${most} rows / at 1000`]: figures.ratio(pullOf(most), pullOf(1_000)),
			[`empty pull at ${most} rows / select 1`]: figures.ratio(emptyOf(most), 'select 1 ms'),
			'empty pull at 1000 rows / select 1': figures.ratio(emptyOf(1_000), 'select 1 ms')
		};
		const [grown, empty] = Object.values(ratios);
		return {
			figures,
			workload: { audiences, changes, sizes: sizes.join(', '), 'pulls a round': pullsARound },
			ratios,
			goals: [
				atMost(`pull at ${most} rows to pull at 1000`, grown?.median ?? NaN, 1.3),
				atMost('empty pull to select 1', empty?.median ?? NaN, 2)
			],
			notes: []
		};
	} finally {
		for (const { owner, app } of feeds) await Promise.all([owner.end(), app.end()]);
		await exchange.close();
	}
};

const pullOf = (rows: number): string => `pull of ${changes} changes, ${rows} rows ms`;
const emptyOf = (rows: number): string => `empty pull, ${rows} rows ms`;

/** A database of its own with so many rows in the feed, evenly over the audiences, this device's own among them. */
async function makeFeed(exchange: BenchExchange, rows: number): Promise<Feed> {
	const name = `delta_${rows}`;
	say(`  ${rows} rows`);
	await asAdmin(exchange.adminUrl, (admin) =>
		admin.unsafe(`create database ${name} template san owner san_owner`)
	);
	const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
	const owner = openDb({ url: at(exchange.ownerUrl), role: 'san_owner', max: 1 });
	const app = openDb({ url: at(exchange.appUrl), role: 'san_app' });
	// Versions are transaction ids: many small transactions stand behind a grown feed.
	await owner.unsafe(`do $$ begin
		set synchronous_commit = off;
		for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop;
	end $$`);
	const horizon = await readHorizon(owner);
	await owner`
		insert into sync_feed (audience, collection, doc_id, version, doc)
		select case i % ${audiences} when 1 then ${own} else 'user:' || (i % ${audiences}) end,
			'mine', md5(i::text), 1 + (i::bigint * 7919) % ${horizon - 1}, d.doc
		from generate_series(1, ${rows}::int) i, jsonb_build_object('id', md5(i::text), 'words', repeat(md5(i::text), 16)) d(doc)`;
	await owner.unsafe('vacuum analyze');
	await owner.unsafe('checkpoint').catch(() => undefined);
	return { rows, owner, app };
}

async function measure(feeds: readonly Feed[], options: Options): Promise<Figures> {
	const figures = new Figures();
	// A running program has planned its statements: Postgres keeps a plan for good after five uses of a connection.
	for (const feed of feeds) for (let n = 0; n < warmUp; n += 1) await ask(feed, {});
	for (let round = 0; round < options.rounds; round += 1) {
		say(`round ${round + 1} of ${options.rounds}`);
		const before = new Map<Feed, Positions>();
		for (const feed of feeds) {
			before.set(feed, await readAll(feed));
			await writeChanges(feed);
		}
		const times = new Map<string, number[]>();
		const timed = async (name: string, act: () => Promise<unknown>) => {
			const began = performance.now();
			await act();
			times.set(name, [...(times.get(name) ?? []), performance.now() - began]);
		};
		for (let n = 0; n < pullsARound; n += 1)
			for (const feed of n % 2 === 0 ? feeds : [...feeds].reverse()) {
				const from = before.get(feed) ?? {};
				const page = await ask(feed, from);
				if (page.rows.length !== changes) throw new Error(`${page.rows.length} rows came, not ${changes}`);
				await timed(pullOf(feed.rows), () => ask(feed, from));
				await timed(emptyOf(feed.rows), () => ask(feed, page.positions));
				await timed('select 1 ms', () => feed.app`select 1`);
			}
		for (const [name, all] of times) figures.add(name, median(all));
	}
	return figures;
}

/** Where a device stands that has read everything. */
async function readAll(feed: Feed): Promise<Positions> {
	for (let at: Positions = {}; ;) {
		const page = await ask(feed, at);
		at = page.positions;
		if (!page.more) return at;
	}
}

/** A hundred documents change, ten transactions. */
async function writeChanges({ owner }: Feed): Promise<void> {
	for (let step = 0; step < 10; step += 1)
		await owner`
			select feed_publish('mine', 'changed-' || i, array[${own}],
				array[jsonb_build_object('id', 'changed-' || i, 'words', repeat(md5(random()::text), 16))])
			from generate_series(${step * 10}::int, ${step * 10 + 9}::int) i`;
}

async function ask({ app }: Feed, positions: Positions): Promise<PullPage> {
	const answer = await pull(
		app,
		{ kind: 'actor', actor, sessionId: 'bench' },
		{
			protocol: protocolVersion,
			actorId: actor.id,
			collection: 'mine',
			positions: { ...positions },
			limit: 500
		},
		new Date().toISOString()
	);
	if (answer.outcome !== 'page') throw new Error(answer.outcome);
	return answer;
}

await runBench('delta', bench);
