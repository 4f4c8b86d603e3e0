import { afterAll, beforeAll, expect, test } from 'vitest';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { writeBreaches } from '$lib/server/moderation/breaches.ts';
import { collectMetrics } from './collect.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange({ now: '2026-01-01T00:00:00.000Z' });
});
afterAll(() => exchange.close());

const figures = () => collectMetrics({ db: exchange.db, hub: { connected: 0 }, lag: { ms: 7_000 } });

test('TG-10.3b the figures show on time and overdue by officer and unit, and the ledger', async () => {
	const longAgo = await exchange.submits(people.batu, {}, { now: '2026-01-05T02:00:00.000Z' });
	const { assigneeId } = await exchange.caseOf(longAgo.id);
	await exchange.submits(people.batu, {}, { now: '2999-01-05T02:00:00.000Z' });
	await writeBreaches(exchange.db, '2026-06-01T02:00:00.000Z');

	const read = await figures();
	expect(read).toContain('san_feed_lag_seconds 7');
	expect(read).toContain('san_backup_age_seconds -1');
	expect(read).toContain('san_open_cases{agency="so-nnmt",due="overdue"} 1');
	expect(read).toContain('san_open_cases{agency="so-nnmt",due="on_time"} 1');
	expect(read).toContain(`san_officer_open_cases{agency="so-nnmt",officer="${assigneeId}",due="overdue"} 1`);
	expect(read).toContain(`san_sla_breaches{agency="so-nnmt",officer="${assigneeId}"} 1`);
	for (const person of Object.values(people)) expect(read).not.toContain(person.name);
});

test('asking twice counts nothing twice, and a decided case is counted no more', async () => {
	expect(await figures()).toContain('san_open_cases{agency="so-nnmt",due="overdue"} 1');
	await exchange.owner`
		update cases set state = 'cancelled', decided_at = received_at where due_at < now()`;
	const read = await figures();
	expect(read).not.toContain('due="overdue"');
	expect(read).toContain('san_sla_breaches{agency="so-nnmt"');
});
