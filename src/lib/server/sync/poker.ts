import { randomUUID } from 'node:crypto';
import { listen } from '$lib/server/db/listen.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Audience, CollectionName } from '$lib/sync/protocol/collections.ts';
import type { Poke } from '$lib/sync/protocol/wire.ts';
import type { Hub } from './hub.ts';
import { notify, readHorizon } from './queries.ts';

const channel = 'san_pokes';
/** Postgres refuses payloads of 8,000 bytes; a longer one becomes "look everywhere". */
const longestPayload = 7_500;
const pauseMs = 25;
/** What was just committed waits for a neighbour that began before it, usually for moments. */
const firstRetryMs = 5;
const longestPauseMs = 250;
/** While the database is away; whoever misses a poke meanwhile is told to look everywhere when it is back. */
const longestPauseAwayMs = 2_000;

const everywhere: Poke = { audience: '*', collections: [] };

type Touched = {
	readonly version: number;
	readonly audiences: ReadonlyMap<Audience, ReadonlySet<CollectionName>>;
	readonly news: ReadonlySet<string>;
};
type Pending = { version: number; collections: Set<CollectionName> };

export type Poker = { poke(touched: Touched): void; stop(): Promise<void> };

let installed: Poker | null = null;

/** What one process tells the others. */
type Told = { readonly by: string; readonly pokes: readonly Poke[] };

/** Tells the poker of a committed write. Nothing happens in a process without one (command line, seed). */
export function poke(touched: Touched): void {
	if (touched.audiences.size > 0) installed?.poke(touched);
}

/** Tells the devices of every process to look everywhere. */
export const pokeEverybody = (db: Sql): Promise<void> =>
	notify(db, channel, JSON.stringify({ by: '', pokes: [everywhere] } satisfies Told));

/**
 * Keeps each audience pending until the horizon has passed its version (a poke before that would make devices
 * ask too early and find nothing), then tells the devices of this process itself and those of the others by one NOTIFY
 * for all of them, the first at once and then at most every 25 ms. Never inside the writing transaction: that costs up to
 * 82 % of the write rate (sync 11). `wake` is told which members got something new, by this process alone and once.
 */
export async function startPoker(
	db: Sql,
	hub: Pick<Hub, 'deliver'>,
	wake: (accountIds: ReadonlySet<string>) => void = () => undefined
): Promise<Poker> {
	const pending = new Map<Audience, Pending>();
	let running: Promise<void> | null = null;
	let stopped = false;
	const self = randomUUID();

	const listening = await listen(db, channel, {
		message(payload) {
			const { by, pokes } = readPayload(payload);
			if (by !== self) hub.deliver(pokes);
		},
		connected: () => hub.deliver([everywhere])
	});

	async function run(): Promise<void> {
		let retry = firstRetryMs;
		while (pending.size > 0 && !stopped) {
			const sent = await sendDue().catch(() => null);
			const longest = sent === null ? longestPauseAwayMs : longestPauseMs;
			const pause = sent ? pauseMs : retry;
			retry = sent ? firstRetryMs : Math.min(longest, retry * 2);
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}

	async function sendDue(): Promise<boolean> {
		const horizon = await readHorizon(db);
		const due: Poke[] = [];
		for (const [audience, entry] of pending)
			if (entry.version < horizon) {
				due.push({ audience, collections: [...entry.collections] });
				pending.delete(audience);
			}
		if (due.length === 0) return false;
		hub.deliver(due);
		const told: Told = { by: self, pokes: due };
		const long = JSON.stringify(told).length > longestPayload;
		try {
			await notify(db, channel, JSON.stringify(long ? { by: self, pokes: [everywhere] } : told));
		} catch (error) {
			// The database went away: the poll of each device covers it, and reconnecting pokes all.
			if (!stopped) throw error;
		}
		return true;
	}

	installed = {
		poke(touched) {
			if (touched.news.size > 0) wake(touched.news);
			for (const [audience, collections] of touched.audiences) {
				const entry = pending.get(audience) ?? { version: 0, collections: new Set() };
				entry.version = Math.max(entry.version, touched.version);
				for (const collection of collections) entry.collections.add(collection);
				pending.set(audience, entry);
			}
			running ??= run().finally(() => {
				running = null;
			});
		},
		async stop() {
			stopped = true;
			installed = null;
			await listening.stop();
			await running;
		}
	};
	return installed;
}

const readPayload = (payload: string): Told => JSON.parse(payload) as Told;
