import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { push } from '$lib/server/sync/push.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import type { CommandName } from '$lib/sync/protocol/commands.ts';
import type { CommandAnswer } from '$lib/sync/protocol/wire.ts';
import { openExchange, people, type Exchange, type Person } from '../world/exchange.ts';
import { rounds } from '../world/rounds.ts';

let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();

/** One command as a device sends it; the same `id` is the same command. */
async function sends(person: Person, name: CommandName, input: unknown, id: string): Promise<CommandAnswer> {
	const caller = {
		kind: 'actor',
		actor: await exchange.actorNow(person, now()),
		sessionId: 'session'
	} as const;
	const answer = await push({ db: exchange.db, dispatch, now }, caller, {
		protocol: protocolVersion,
		actorId: person.id,
		deviceId: randomUUID(),
		commands: [{ id, seq: 1, name, input, deviceTime: now(), after: [] }]
	});
	const [own] = answer.outcome === 'answers' ? answer.answers : [];
	if (!own) throw new Error(`no answer: ${answer.outcome}`);
	return own;
}

async function inParallel(n: number, work: (nth: number) => Promise<void>): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: 8 }, async () => {
			while (next < n) {
				next += 1;
				await work(next);
			}
		})
	);
}

const orders = rounds(40, 1_000);
test(
	`sync 1: ${orders} orders sent five times at once are ${orders} orders`,
	async () => {
		const goods = await exchange.sells(people.batu, { stock: null });
		await inParallel(orders, async () => {
			const id = randomUUID();
			const input = exchange.order(goods, 1);
			const answers = await Promise.all(
				Array.from({ length: 5 }, () => sends(people.chilan, 'order.place', input, id))
			);
			expect(answers.map((answer) => answer.outcome).sort()).toEqual([
				'applied',
				...Array(4).fill('duplicate')
			]);
		});
		const [made] = await transaction(
			exchange.db,
			'system:test',
			(tx) => tx<{ orders: number; commands: number }[]>`
				select (select count(*)::int from orders) as orders,
					(select count(*)::int from command_log where name = 'order.place') as commands`
		);
		expect(made).toEqual({ orders, commands: orders });
	},
	30_000 + orders * 500
);

const cases = rounds(40, 10_000);
test(
	`TG-10.2b two officers decide ${cases} cases at the same moment: one decision each`,
	async () => {
		await inParallel(cases, async (nth) => {
			const listing = await exchange.submits(people.batu, { title: `Sầu riêng lô ${nth}` });
			const open = await exchange.caseOf(listing.id);
			const common = { caseId: open.id, listingRev: open.rev, note: '' };
			const reason = exchange.pack.returnReasons[0]?.id ?? '';
			const approve = { ...common, decision: 'approve' };
			const giveBack = { ...common, decision: 'return', reasonCodes: [reason] };
			const soon = () => sleep(Math.random() * 6);
			const answers = await Promise.all([
				soon().then(() => sends(people.anhminh, 'case.decide', approve, randomUUID())),
				soon().then(() => sends(people.chihanh, 'case.decide', giveBack, randomUUID()))
			]);
			expect(answers.map((answer) => answer.outcome).sort()).toEqual(['applied', 'refused']);
			const winner = answers[0]?.outcome === 'applied' ? 'approved' : 'returned';
			expect((await exchange.caseOf(listing.id)).state).toBe(winner);
		});
	},
	30_000 + cases * 500
);
