import { randomUUID } from 'node:crypto';
import { emptyListing } from '../src/lib/domain/listings/schema.ts';
import { openDb } from '../src/lib/server/db/pool.ts';
import { loadPack, loadWards } from '../src/lib/server/rulepacks/load.ts';
import { stableId } from '../src/lib/server/seed/people.ts';
import type { AnyCommand } from '../src/lib/sync/protocol/commands.ts';
import type { CommandAnswer, WireCommand } from '../src/lib/sync/protocol/wire.ts';
import { batchSize } from '../src/lib/sync/outbox/next-batch.ts';
import type { Program } from '../tests/world/program.ts';
import {
	buildProgram,
	makeMembers,
	openBenchExchange,
	packId,
	type BenchExchange,
	type BenchMember
} from './exchange.ts';
import { makeGoods, priceOf } from './goods.ts';
import { answersIn, pushBody, sendCommands, sendPush, wireOf } from './push-client.ts';
import { atLeast, atMost, Figures, runBench, say, type Options } from './report.ts';

/**
 * `npm run bench:push`: 50 devices come back with 200 commands each, over HTTP to the running program; beside it the
 * barest thing the same machine, pool and number of clients can do: transactions of one row.
 */
const devices = 50;
const commandsEach = 200;
const inAll = devices * commandsEach;
/** The program's own pool. */
const poolSize = 10;
const goods = 2_000;

type Work = { readonly name: 'drafts' | 'orders'; command(member: BenchMember, n: number): AnyCommand };

const bench = async (options: Options) => {
	await buildProgram();
	const exchange = await openBenchExchange();
	try {
		const members = await makeMembers(exchange, devices + 1);
		const [seller] = members;
		if (!seller) throw new Error('nobody sells');
		await makeGoods(exchange, [seller], goods);
		await exchange.owner`create table bench_rows (id uuid primary key, at timestamptz not null, body jsonb not null)`;
		await exchange.owner`grant insert on bench_rows to san_app`;
		const offline = members.slice(1);
		const program = await exchange.start();
		const figures = new Figures();
		let lost = 0;
		let doubled = 0;
		const works = options.quick ? [drafts] : [drafts, orders];
		// Both sides once before anything counts: plans, pools and pages are warm then.
		await bareRate(exchange, 1_000);
		await pushAll(program, offline, drafts, 20);
		for (let round = 0; round < options.rounds; round += 1) {
			say(`round ${round + 1} of ${options.rounds}`);
			const bare = async () => figures.add('bare one-row transactions /s', await bareRate(exchange, inAll));
			if (round % 2 === 0) await bare();
			for (const work of works) {
				const done = await pushAll(program, offline, work, commandsEach);
				figures.add(`${work.name} pushed /s`, done.rate);
				const checked = await check(exchange, program, done);
				lost += checked.lost;
				doubled += checked.doubled;
				say(`  ${work.name}: ${done.rate.toFixed(0)} commands a second`);
			}
			if (round % 2 === 1) await bare();
		}
		const ratios = Object.fromEntries(
			works.map(({ name }) => [
				`${name} / bare`,
				figures.ratio(`${name} pushed /s`, 'bare one-row transactions /s')
			])
		);
		return {
			figures,
			workload: {
				devices,
				'commands a device': commandsEach,
				'commands a request': batchSize,
				'pool connections': poolSize,
				durability: 'fsync on, synchronous_commit on'
			},
			ratios,
			goals: [
				atLeast('drafts pushed to bare one-row transactions', ratios['drafts / bare']?.median ?? NaN, 0.4),
				atMost('commands lost', lost, 0),
				atMost('commands doubled', doubled, 0)
			],
			notes: [
				'Every command is counted in its table and in the log, then sent once more: each must come back as a duplicate.',
				'An order with stated stock writes order, timeline, stock, two feeds and a notification, its contact sealed.'
			]
		};
	} finally {
		await exchange.close();
	}
};

/** A new listing of about 600 bytes, as `draft.save` brings it. */
const drafts: Work = {
	name: 'drafts',
	command: (_, n) => ({
		name: 'draft.save',
		input: {
			listingId: randomUUID(),
			base: 0,
			fields: {
				title: `Sầu riêng Ri6 Ngũ Hiệp lô ${n}`,
				price: 85_000 + n,
				unit: 'kg',
				description:
					'Trái chín tự nhiên trên cây, cơm vàng hạt lép, cắt trong ngày, giao tận nhà trong tỉnh, đổi trái non trong hai ngày.',
				packing: 'Thùng giấy 10 kg, lót lá chuối',
				wardCode: loadWards(packId)[n % 50]?.code ?? emptyListing.wardCode
			}
		}
	})
};

const orders: Work = {
	name: 'orders',
	command: (_, n) => {
		const pack = loadPack(packId);
		const good = Math.floor(Math.random() * goods);
		return {
			name: 'order.place',
			input: {
				orderId: randomUUID(),
				listingId: stableId(`bench-listing:${good}`),
				listingRev: 2,
				quantity: 1,
				unitPrice: priceOf(good),
				contact: {
					name: 'Trần Ngọc Lan',
					phone: '0900000003',
					address: `${n} Lê Lợi, phường Mỹ Tho`,
					wardCode: ''
				},
				payment: pack.paymentMethods[0]?.id ?? '',
				shipping: pack.shippingMethods[0]?.id ?? '',
				note: ''
			}
		};
	}
};

type Pushed = {
	readonly rate: number;
	readonly sent: readonly { member: BenchMember; batch: readonly WireCommand[] }[];
	readonly answers: readonly CommandAnswer[];
};

/**
 * All devices at once, each batch after batch, as the engine sends them. A device writes its requests and reads the answers on a
 * processor of its own, so both are done outside the clock: what is measured is the machine of the exchange.
 */
async function pushAll(
	program: Program,
	members: readonly BenchMember[],
	work: Work,
	each: number
): Promise<Pushed> {
	const outboxes = members.map((member) => {
		const commands = Array.from({ length: each }, (_, n) => wireOf(work.command(member, n)));
		return Array.from({ length: Math.ceil(each / batchSize) }, (_, n) => {
			const batch = commands.slice(n * batchSize, (n + 1) * batchSize);
			return { member, batch, body: pushBody(member, batch) };
		});
	});
	const answered: string[] = [];
	const began = performance.now();
	await Promise.all(
		outboxes.map(async (requests) => {
			for (const { member, body } of requests) answered.push(await sendPush(program, member, body));
		})
	);
	const seconds = (performance.now() - began) / 1000;
	return {
		rate: (members.length * each) / seconds,
		sent: outboxes.flat(),
		answers: answered.flatMap(answersIn)
	};
}

/** Lost = acknowledged and not there; doubled = there more than once, or done again when sent again. */
async function check(
	exchange: BenchExchange,
	program: Program,
	{ sent, answers }: Pushed
): Promise<{ lost: number; doubled: number }> {
	const refused = answers.filter((answer) => answer.outcome !== 'applied');
	if (refused.length > 0) throw new Error(`not applied: ${JSON.stringify(refused[0])}`);
	const commands = sent.flatMap(({ batch }) => batch);
	if (answers.length !== commands.length)
		throw new Error(`${answers.length} of ${commands.length} were answered`);
	const subjects = commands.map(({ input }) => subjectOf(input));
	const there = async (): Promise<number> => {
		const [row] = await exchange.owner
			.begin(
				(tx) =>
					[
						tx`select set_config('san.actor', 'system:bench', true)`,
						tx<{ n: number }[]>`
					select (select count(*) from listings where id = any(${subjects}::uuid[]))
						+ (select count(*) from orders where id = any(${subjects}::uuid[])) as n`
					] as const
			)
			.then(([, rows]) => rows);
		return row?.n ?? 0;
	};
	const first = await there();
	let doubled = 0;
	const queue = [...sent];
	await Promise.all(
		Array.from({ length: 8 }, async () => {
			for (let next = queue.pop(); next; next = queue.pop()) {
				const again = await sendCommands(program, next.member, next.batch);
				doubled += again.filter((answer) => answer.outcome !== 'duplicate').length;
			}
		})
	);
	doubled += (await there()) - first;
	return { lost: commands.length - first, doubled };
}

function subjectOf(input: unknown): string {
	if (typeof input === 'object' && input !== null) {
		if ('orderId' in input && typeof input.orderId === 'string') return input.orderId;
		if ('listingId' in input && typeof input.listingId === 'string') return input.listingId;
	}
	throw new Error('a command about nothing');
}

/** As many clients, each row by row, each row a transaction of its own. Rows a second. */
async function bareRate({ appUrl }: BenchExchange, rows: number): Promise<number> {
	const db = openDb({ url: appUrl, role: 'san_app', max: poolSize, name: 'bench bare' });
	try {
		await Promise.all(Array.from({ length: poolSize }, () => db`select 1`));
		const body = JSON.stringify({ text: 'x'.repeat(600) });
		let left = rows;
		const began = performance.now();
		await Promise.all(
			Array.from({ length: devices }, async () => {
				while ((left -= 1) >= 0)
					await db`insert into bench_rows (id, at, body) values (${randomUUID()}, now(), ${body}::text::jsonb)`;
			})
		);
		return rows / ((performance.now() - began) / 1000);
	} finally {
		await db.end();
	}
}

await runBench('push', bench);
