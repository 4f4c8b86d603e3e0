import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { openDiskStore } from '$lib/server/files/store.ts';
import { startJobs } from './start.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'san-jobs-'));
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
});
afterAll(async () => {
	await exchange.close();
	fs.rmSync(directory, { recursive: true });
});

const startBoth = (log: Parameters<typeof startJobs>[0]['log']) => {
	const deps = {
		db: exchange.db,
		appUrl: exchange.appUrl,
		files: openDiskStore(directory),
		now: () => '2026-07-20T02:00:00.000Z',
		log
	};
	return Promise.all([startJobs(deps), startJobs(deps)]);
};

test('TG-10.3b two processes that start after an outage write each breach once, as the app’s role', async () => {
	const errors: unknown[] = [];
	const log = { info: () => undefined, error: (facts: object) => void errors.push(facts) };
	const sent = await exchange.submits(people.batu, {}, { now: '2026-07-06T02:00:00.000Z' });
	const { id } = await exchange.caseOf(sent.id);
	const both = await startBoth(log);
	try {
		await vi.waitFor(
			async () => {
				const rows = await exchange.db`select officer_id from sla_breaches where case_id = ${id}`;
				expect(rows).toHaveLength(1);
			},
			{ timeout: 20_000, interval: 100 }
		);
		const schedules = await exchange.owner<{ name: string; cron: string }[]>`
			select name, cron from pgboss.schedule order by name`;
		expect(schedules).toMatchObject([
			{ name: 'catalogue-packs', cron: '* * * * *' },
			{ name: 'enforcement-watch', cron: '* * * * *' },
			{ name: 'identity-watch', cron: '* * * * *' },
			{ name: 'need-watch', cron: '0 0 * * *' },
			{ name: 'paper-watch', cron: '0 0 * * *' },
			{ name: 'retention' },
			{ name: 'sla-watch', cron: '* * * * *' }
		]);
	} finally {
		await Promise.all(both.map((jobs) => jobs.stop()));
	}
	expect(errors).toEqual([]);
	const [owned] = await exchange.owner<{ n: number }[]>`
		select count(*)::int as n from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'san_app'`;
	expect(owned?.n).toBe(0);
});

test('sync 10: packs are made at the start, and soon after a change by one job for all processes', async () => {
	const errors: unknown[] = [];
	const both = await startBoth({ info: () => undefined, error: (facts) => void errors.push(facts) });
	try {
		const waiting = () => exchange.owner`
			select from pgboss.job where name = 'catalogue-packs' and state in ('created', 'active', 'retry')`;
		await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 20_000, interval: 100 });
		expect(await exchange.db`select from catalogue_progress where version > 0`).toHaveLength(1);
		const goods = await exchange.sells(people.batu);
		for (let n = 0; n < 20; n++) for (const jobs of both) jobs.catalogueChanged();
		const packed = () => exchange.db`
			select from catalogue_packs where live and slot_id <> 'first' and ${goods.id} = any(doc_ids)`;
		await vi.waitFor(async () => expect(await packed()).toHaveLength(1), { timeout: 20_000, interval: 100 });
		const asked = await exchange.owner`
			select from pgboss.job where name = 'catalogue-packs' and singleton_key = 'changed'`;
		// One now, and at most one more for what came while it may have been running already.
		expect(asked.length).toBeGreaterThan(0);
		expect(asked.length).toBeLessThanOrEqual(2);
	} finally {
		await Promise.all(both.map((jobs) => jobs.stop()));
	}
	expect(errors).toEqual([]);
});
