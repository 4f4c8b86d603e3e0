import fs from 'node:fs';
import { Profile } from './browser.ts';
import { buildProgram, makeMembers, openBenchExchange, type BenchExchange } from './exchange.ts';
import { makeGoods } from './goods.ts';
import { buildPages } from './pages/build.ts';
import type { Waited } from './pages/page.ts';
import { installPeers, pouchBrowserFile } from './peers/install.ts';
import { startPeer } from './peers/server.ts';
import { atLeast, atMost, Figures, runBench, say, type Options } from './report.ts';
import { untilPacked } from './until-packed.ts';

/**
 * `npm run bench:first-sync`: an empty Chromium profile to a catalogue of 10,000 listings that answers, ours against
 * PouchDB and against the barest offline catalogue one can write.
 */
const total = 10_000;

type Side = {
	readonly name: string;
	readonly origin: string;
	readonly url: string;
	readonly page: string;
	readonly scripts?: readonly string[];
};

const bench = async (options: Options) => {
	installPeers();
	await buildProgram();
	const exchange = await openBenchExchange();
	const stops: (() => Promise<unknown>)[] = [];
	try {
		const sellers = await makeMembers(exchange, 200);
		const { bytes } = await makeGoods(exchange, sellers, total);
		const env = { BENCH_DATABASE_URL: exchange.ownerUrl };
		const bare = await startPeer('bare-server.ts', env);
		stops.push(bare.stop);
		const pouch = await startPeer('pouch-server.ts', env);
		stops.push(pouch.stop);
		const program = await exchange.start();
		const packs = await untilPacked(program, total);
		const pouchUrl = `${pouch.origin}/db/listings`;
		const pouchPage = { origin: pouch.origin, page: 'pouch', scripts: ['pouchdb.min.js'] };
		const sides: readonly Side[] = [
			{ name: 'ours', origin: program.origin, url: '', page: 'ours.svelte' },
			{ name: 'bare Dexie', origin: bare.origin, url: `${bare.origin}/rows`, page: 'bare-dexie' },
			{ name: 'PouchDB', url: pouchUrl, ...pouchPage },
			{ name: 'PouchDB batch 1000', url: `${pouchUrl}?batch_size=1000`, ...pouchPage }
		];
		const code = new Map(await buildPages([...new Set(sides.map((side) => side.page))]));
		code.set('pouchdb.min.js', fs.readFileSync(pouchBrowserFile, 'utf8'));
		const figures = await measure(sides, code, await askedCategory(exchange), options);
		return {
			figures,
			workload: {
				listings: total,
				'bytes a listing': bytes,
				packs,
				durability: 'strict on every side, Postgres fsync on'
			},
			...judge(figures)
		};
	} finally {
		for (const stop of stops) await stop();
		await exchange.close();
	}
};

await runBench('first-sync', bench, { rounds: 5, quick: 1 });

/** The kind with the most goods. */
async function askedCategory({ owner }: BenchExchange): Promise<{ categoryId: string; ids: string[] }> {
	const [most] = await owner<{ categoryId: string; ids: string[] }[]>`
		select category_id as "categoryId", array_agg(id::text order by published_at desc) as ids
		from listings group by 1 order by count(*) desc, 1 limit 1`;
	if (!most) throw new Error('there are no goods');
	return most;
}

async function measure(
	sides: readonly Side[],
	code: ReadonlyMap<string, string>,
	asked: { categoryId: string; ids: string[] },
	options: Options
): Promise<Figures> {
	const figures = new Figures();
	const one = async (side: Side, cpuSlowdown: number) => {
		const at = `${side.name}${cpuSlowdown > 1 ? ` CPU ×${cpuSlowdown}` : ''}`;
		const question = { categoryId: asked.categoryId, total, url: side.url };
		const profile = new Profile();
		try {
			for (const act of ['sync', 'open'] as const) {
				const { page, close } = await profile.open({ ...side, code, cpuSlowdown });
				const waited: Waited = await page.evaluate(([act, question]) => window.bench[act](question), [
					act,
					question
				] as const);
				// What a device still writes once everything shows is its own; the next start must find it whole.
				await page.waitForTimeout(300);
				await close();
				if (waited.answer.join() !== asked.ids.join())
					throw new Error(
						`${side.name} answered ${waited.answer.length} goods, not the ${asked.ids.length} asked for`
					);
				const what = act === 'sync' ? 'first sync' : 'warm start';
				figures.add(`${at}: ${what}, first cards ms`, waited.firstCardsMs);
				figures.add(`${at}: ${what}, all ms`, waited.doneMs);
				figures.add(`${at}: ${what}, longest task ms`, waited.longestTaskMs);
				say(
					`  ${at}, ${what}: cards ${waited.firstCardsMs.toFixed(0)} ms, all ${waited.doneMs.toFixed(0)} ms`
				);
			}
		} finally {
			profile.remove();
		}
	};
	for (let round = 0; round < options.rounds; round += 1) {
		say(`round ${round + 1} of ${options.rounds}`);
		// Alternated: who goes first in one round goes later in the next.
		const order = [...sides.slice(round % sides.length), ...sides.slice(0, round % sides.length)];
		for (const side of order) await one(side, 1);
		// A slow phone; the quick form leaves PouchDB's half minutes out.
		for (const side of order) if (!options.quick || !side.name.startsWith('PouchDB')) await one(side, 4);
	}
	return figures;
}

function judge(figures: Figures) {
	const sync = (side: string) => `${side}: first sync, all ms`;
	const bare = sync('bare Dexie');
	const ratios = {
		'PouchDB / ours': figures.ratio(sync('PouchDB'), sync('ours')),
		'PouchDB batch 1000 / ours': figures.ratio(sync('PouchDB batch 1000'), sync('ours')),
		'ours / bare Dexie': figures.ratio(sync('ours'), bare),
		'ours / bare Dexie at CPU ×4': figures.ratio(sync('ours CPU ×4'), sync('bare Dexie CPU ×4')),
		'our first cards / bare Dexie': figures.ratio('ours: first sync, first cards ms', bare),
		'our warm start to 24 cards / bare Dexie first sync': figures.ratio(
			'ours: warm start, first cards ms',
			bare
		),
		'our warm start to 24 cards / bare Dexie warm start': figures.ratio(
			'ours: warm start, first cards ms',
			'bare Dexie: warm start, first cards ms'
		)
	};
	const value = (name: keyof typeof ratios) => ratios[name].median;
	return {
		ratios,
		goals: [
			atLeast('times as fast as PouchDB 9 with its defaults', value('PouchDB / ours'), 15),
			atLeast('times as fast as PouchDB 9 with batch_size 1000', value('PouchDB batch 1000 / ours'), 8),
			atMost('first sync to bare fetch + Dexie', value('ours / bare Dexie'), 0.4),
			atMost('the same at CPU ×4', value('ours / bare Dexie at CPU ×4'), 0.6),
			atMost('first cards to bare Dexie', value('our first cards / bare Dexie'), 0.15),
			atMost(
				'warm start to 24 cards, to bare Dexie’s first sync',
				value('our warm start to 24 cards / bare Dexie first sync'),
				0.25
			)
		],
		notes: [
			'longest task: 0 = none over 50 ms; the answer to the filter is not in it.',
			'bare Dexie shows its first card when its bulkPut is done; ours as soon as the first pack is stored.',
			'warm start is a new browser on the profile that the first sync left.'
		]
	};
}
