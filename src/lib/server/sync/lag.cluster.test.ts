import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestCluster } from '../../../../tests/world/cluster.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { watchLag } from './lag.ts';

// A Postgres of its own: a transaction of another test would hold the horizon as well.
let db: Sql;
let stop: () => Promise<void>;
beforeAll(async () => {
	const { cluster, stop: end } = await startTestCluster();
	db = openDb({ url: cluster.appUrl, role: 'san_app', max: 4, transactionTimeoutMs: 0 });
	stop = end;
}, 120_000);
afterAll(async () => {
	await db.end();
	await stop();
});
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** The watch with a clock in the test's hand, and what it told the log. */
function watched() {
	const told: { atSeconds: number; facts: object; message: string }[] = [];
	let ms = 0;
	let looks = 0;
	const warn = (facts: object, message: string) => void told.push({ atSeconds: ms / 1000, facts, message });
	const uptime = () => {
		looks += 1;
		return ms;
	};
	const watch = watchLag(db, { warn }, uptime);
	return {
		told,
		/** As many seconds go by in which others write, and it looks as often as it does in that time. */
		async goesBy(seconds: number) {
			for (let gone = 0; gone < seconds; gone += 5) {
				await db`select pg_current_xact_id()`;
				ms += 5_000;
				const before = looks;
				vi.advanceTimersByTime(5_000);
				await expect.poll(() => looks, { interval: 5 }).toBeGreaterThan(before);
				// It says that it is done looking in the turn after its answer.
				await new Promise((resolve) => setImmediate(resolve));
			}
		},
		seconds: () => watch.lag.ms / 1000,
		stop: () => watch.stop()
	};
}

const held = new Set<() => void>();
afterEach(() => {
	for (const letGo of held) letGo();
	held.clear();
});

/** Somebody begins to write and does not end before being told to. */
async function hold(): Promise<() => Promise<void>> {
	let letGo: () => void = () => undefined;
	const told = new Promise<void>((resolve) => (letGo = resolve));
	let begun: () => void = () => undefined;
	const writes = new Promise<void>((resolve) => (begun = resolve));
	held.add(letGo);
	const writing = transaction(db, 'system:test', async (tx) => {
		await tx`select pg_current_xact_id()`;
		begun();
		await told;
	});
	await writes;
	return async () => {
		letGo();
		await writing;
	};
}

test('sync 7: the log is told when the horizon stood still for 20 seconds, then once a minute, and not after it moved on', async () => {
	const watch = watched();
	try {
		await watch.goesBy(600);
		expect(watch.told).toEqual([]);

		const end = await hold();
		// Found held at 605 s.
		await watch.goesBy(20);
		expect(watch.seconds()).toBe(15);
		expect(watch.told).toEqual([]);
		await watch.goesBy(5);
		expect(watch.told).toEqual([
			{
				atSeconds: 625,
				facts: { seconds: 20, held: expect.any(Number) },
				message: expect.stringContaining('held back')
			}
		]);
		await watch.goesBy(55);
		expect(watch.told).toHaveLength(1);
		await watch.goesBy(5);
		expect(watch.told.slice(1)).toMatchObject([{ atSeconds: 685, facts: { seconds: 80 } }]);

		await end();
		await watch.goesBy(300);
		expect(watch.seconds()).toBe(0);
		expect(watch.told).toHaveLength(2);

		const endAgain = await hold();
		await watch.goesBy(25);
		await endAgain();
		expect(watch.told.slice(2)).toMatchObject([{ atSeconds: 1010, facts: { seconds: 20 } }]);
	} finally {
		watch.stop();
	}
});

test('sync 7: a transaction that ends before 20 seconds have gone by is nobody’s matter, however many follow each other', async () => {
	const watch = watched();
	try {
		for (let round = 0; round < 10; round += 1) {
			const end = await hold();
			await watch.goesBy(15);
			await end();
		}
		expect(watch.told).toEqual([]);
	} finally {
		watch.stop();
	}
});
