import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HandIn } from '$lib/domain/handovers/schema.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { sha256Of } from '$lib/server/files/picture.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { push } from '$lib/server/sync/push.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import sharp from 'sharp';
import {
	openExchange,
	people,
	photo,
	type Exchange,
	type Goods,
	type Person
} from '../../../../tests/world/exchange.ts';
import { meetingIn } from '../../../../tests/world/meeting.ts';
import { answerHandover, expireHandovers, handIn, handoversOf, keepHandoverBlob } from './service.ts';

const { batu, chuba, chilan, anhminh, chihanh } = people;
let exchange: Exchange;
let goods: Goods;
beforeAll(async () => {
	exchange = await openExchange();
	goods = await exchange.sells(chuba);
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
const actor = (person: Person) => exchange.actorNow(person, now());
const deps = () => ({ db: exchange.db, dispatch, now });

/** A file that holds one order of this buyer, and nothing else. */
function fileOf(owner: Person, commands?: HandIn['commands']): HandIn {
	const place = {
		id: randomUUID(),
		seq: 1,
		name: 'order.place',
		input: exchange.order(goods, 2),
		deviceTime: now(),
		after: []
	};
	return {
		fileId: randomUUID(),
		ownerId: owner.id,
		deviceId: randomUUID(),
		commands: commands ?? [place],
		photos: []
	};
}
async function brought(file: HandIn, clerk: Person = anhminh): Promise<string> {
	const done = await handIn(exchange.db, await actor(clerk), file, now());
	if (!done.ok) throw new Error(done.refusal.code);
	return done.value.id;
}
const answers = async (person: Person, id: string, yes: boolean) =>
	answerHandover(deps(), await actor(person), { id, yes });
const ordersOf = (person: Person) =>
	transaction(exchange.db, person.id, async (tx) => (await tx`select id from orders`).length);
const auditOf = (action: string) => exchange.db<{ actor: string; data: Record<string, unknown> }[]>`
	select actor, data from audit_log where action = ${action} order by id desc limit 1`;

test('sync 15: a clerk brings it, nothing is done, the owner is told and says yes, and it is done as the owner', async () => {
	const file = fileOf(chilan);
	const before = await ordersOf(chilan);
	const id = await brought(file);
	expect(await ordersOf(chilan)).toBe(before);
	expect((await exchange.told(chilan)).at(-1)).toEqual({
		kind: 'handover_brought',
		facts: { by: anhminh.name }
	});
	expect((await handoversOf(exchange.db, await actor(chilan)))[0]).toMatchObject({
		id,
		state: 'handed_in',
		clerkName: anhminh.name,
		commands: [{ id: file.commands[0]?.id, name: 'order.place' }]
	});

	expect(await answers(chilan, id, true)).toMatchObject({
		ok: true,
		value: { state: 'confirmed', commands: [], outcomes: [{ outcome: 'applied', name: 'order.place' }] }
	});
	expect(await ordersOf(chilan)).toBe(before + 1);
	const [line] = await auditOf('command.applied');
	expect(line).toMatchObject({ actor: chilan.id, data: { name: 'order.place', broughtBy: anhminh.id } });
	expect((await auditOf('handover.confirmed'))[0]).toMatchObject({
		actor: chilan.id,
		data: { clerk: anhminh.id, owner: chilan.id }
	});
	const [row] = await transaction(
		exchange.db,
		chilan.id,
		(tx) => tx`select commands_sealed from handovers where id = ${id}`
	);
	expect(row?.commands_sealed).toBeNull();
});

test('sync 1: a phone that comes back to life sends the same commands, and nothing is doubled', async () => {
	const file = fileOf(chilan);
	const before = await ordersOf(chilan);
	const phone = async () =>
		push(
			deps(),
			{ kind: 'actor', actor: await actor(chilan), sessionId: '' },
			{
				protocol: protocolVersion,
				actorId: chilan.id,
				deviceId: file.deviceId,
				commands: file.commands
			}
		);
	await answers(chilan, await brought(file), true);
	expect(await phone()).toMatchObject({ answers: [{ outcome: 'duplicate' }] });
	expect(await ordersOf(chilan)).toBe(before + 1);

	// And the other way round: the phone was first.
	const other = { ...fileOf(chilan), deviceId: file.deviceId };
	await push(
		deps(),
		{ kind: 'actor', actor: await actor(chilan), sessionId: '' },
		{
			protocol: protocolVersion,
			actorId: chilan.id,
			deviceId: file.deviceId,
			commands: other.commands
		}
	);
	const id = await brought(other);
	expect(await answers(chilan, id, true)).toMatchObject({ value: { outcomes: [{ outcome: 'applied' }] } });
	expect(await answers(chilan, id, true)).toMatchObject({ ok: true });
	expect(await ordersOf(chilan)).toBe(before + 2);
});

test('sync 15: the same file is one hand-over; declined it does nothing and its contents are gone', async () => {
	const file = fileOf(chilan);
	const before = await ordersOf(chilan);
	const id = await brought(file);
	expect(await brought(file)).toBe(id);
	expect(await handIn(exchange.db, await actor(chihanh), file, now())).toMatchObject({
		refusal: { code: 'handover_closed' }
	});
	expect(await answers(chilan, id, false)).toMatchObject({
		ok: true,
		value: { state: 'declined', commands: [] }
	});
	expect(await answers(chilan, id, true)).toMatchObject({ refusal: { code: 'handover_closed' } });
	expect(await ordersOf(chilan)).toBe(before);
});

describe('sync 15: closed doors', () => {
	test('nobody but the owner answers, not even the clerk', async () => {
		const id = await brought(fileOf(chilan));
		for (const other of [batu, anhminh, chihanh])
			expect(await answers(other, id, true)).toMatchObject({ refusal: { code: 'not_found' } });
		expect(await handoversOf(exchange.db, await actor(anhminh))).toEqual([]);
	});
	test('without a post, or for oneself, nothing is taken', async () => {
		expect(await handIn(exchange.db, await actor(batu), fileOf(chilan), now())).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		expect(await handIn(exchange.db, await actor(anhminh), fileOf(anhminh), now())).toMatchObject({
			refusal: { code: 'not_allowed' }
		});
		const unknown = { ...fileOf(chilan), ownerId: randomUUID() };
		expect(await handIn(exchange.db, await actor(anhminh), unknown, now())).toMatchObject({
			refusal: { code: 'not_found' }
		});
	});
	test('what nobody answered in time is closed, and its contents are gone', async () => {
		const id = await brought(fileOf(chilan));
		const late = new Date(Date.now() + 31 * 24 * 3_600_000).toISOString();
		expect(
			await answerHandover({ ...deps(), now: () => late }, await actor(chilan), { id, yes: true })
		).toMatchObject({ refusal: { code: 'handover_closed' } });
		const other = await brought(fileOf(chilan));
		expect(await expireHandovers(exchange.db, late)).toBeGreaterThan(0);
		const views = await handoversOf(exchange.db, await actor(chilan));
		for (const view of views.filter((one) => [id, other].includes(one.id)))
			expect(view).toMatchObject({ state: 'expired', commands: [] });
	});
	test('a refusal of one command is shown, the others are done', async () => {
		const good = fileOf(chilan).commands[0];
		if (!good) throw new Error('no command');
		const bad = { ...good, id: randomUUID(), seq: 2, input: exchange.order(goods, 2, { unitPrice: 1 }) };
		expect(await answers(chilan, await brought(fileOf(chilan, [good, bad])), true)).toMatchObject({
			value: {
				outcomes: [{ outcome: 'applied' }, { outcome: 'refused', refusal: { code: 'price_changed' } }]
			}
		});
	});
});

describe('sync 15: long files', () => {
	const save = (listingId: string, seq: number, base: number) => ({
		id: randomUUID(),
		seq,
		name: 'draft.save',
		input: { listingId, base, fields: { title: `Cam sành ${seq}` } },
		deviceTime: now(),
		after: []
	});

	test('the audit names the clerk with every command, also with drafts that share a transaction', async () => {
		const commands = [1, 2, 3].map((seq) => save(randomUUID(), seq, 0));
		await answers(batu, await brought(fileOf(batu, commands)), true);
		const lines = await exchange.db<{ actor: string; data: object }[]>`
			select actor, data from audit_log
			where command_id = any(${commands.map(({ id }) => id)}::uuid[])`;
		expect(lines).toHaveLength(3);
		for (const line of lines)
			expect(line).toMatchObject({
				actor: batu.id,
				data: { name: 'draft.save', fields: ['title'], broughtBy: anhminh.id }
			});
	});

	test('everything is done in the order it was made, however the file has it', async () => {
		const listingId = randomUUID();
		const others = Array.from({ length: 60 }, (_, at) => save(randomUUID(), at + 2, 0));
		const commands = [save(listingId, 1, 0), ...others, save(listingId, 62, 1)].reverse();
		const answered = await answers(batu, await brought(fileOf(batu, commands)), true);
		if (!answered.ok) throw new Error(answered.refusal.code);
		expect(answered.value.outcomes.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
	});

	test('what builds on a command that met a fault waits for it, and goes on with the next yes', async () => {
		const listingId = randomUUID();
		const first = save(listingId, 1, 0);
		const others = Array.from({ length: 60 }, (_, at) => save(randomUUID(), at + 2, 0));
		const last = save(listingId, 62, 1);
		const id = await brought(fileOf(batu, [first, ...others, last]));
		const outcomes = async (faulty: boolean) => {
			const answered = await answerHandover(
				{
					...deps(),
					dispatch: async (ctx, command) => {
						if (faulty && ctx.commandId === first.id) throw new Error('the disk was full');
						return dispatch(ctx, command);
					}
				},
				await actor(batu),
				{ id, yes: true }
			);
			if (!answered.ok) throw new Error(answered.refusal.code);
			return new Map(answered.value.outcomes.map((one) => [one.id, one.outcome]));
		};
		const before = await outcomes(true);
		expect([first, last].map((one) => before.get(one.id))).toEqual(['retry', 'retry']);
		expect(others.every((one) => before.get(one.id) === 'applied')).toBe(true);
		expect([...new Set((await outcomes(false)).values())]).toEqual(['applied']);
	});
});

describe('sync 15: a hand-over is bounded, and a refusal loses nothing', () => {
	test('more text than one may hold is refused before anything is kept', async () => {
		const [one] = fileOf(chilan).commands;
		if (!one) throw new Error('no command');
		const long = fileOf(chilan, [{ ...one, input: { note: 'x'.repeat(5 * 1024 * 1024) } }]);
		expect(await handIn(exchange.db, await actor(anhminh), long, now())).toMatchObject({
			refusal: { code: 'invalid_input', fields: { commands: 'too_large' } }
		});
	});

	test('photos of a file, and of all files of a clerk, have a total; what came before stays', async () => {
		const clerk = await actor(chihanh);
		const files = { has: async () => false, put: async () => undefined };
		const send = async (fileId: string, colour: string) => {
			const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: colour } })
				.jpeg()
				.toBuffer();
			const one = { fileId, sha256: sha256Of(bytes), bytes };
			return keepHandoverBlob({ db: exchange.db, files, now }, clerk, one);
		};
		const says = (fileId: string, megabytes: number) =>
			transaction(
				exchange.owner,
				'system:test',
				(
					tx
				) => tx`update handover_blobs set kept = jsonb_set(kept, '{bytes}', to_jsonb(${megabytes * 1024 * 1024}::bigint))
				where file_id = ${fileId}`
			);
		const tooLarge = { refusal: { code: 'invalid_input', fields: { photos: 'too_large' } } };
		const full = randomUUID();
		expect(await send(full, '#101010')).toMatchObject({ ok: true });
		await says(full, 200);
		expect(await send(full, '#202020')).toMatchObject(tooLarge);
		expect(await send(full, '#101010')).toMatchObject({ ok: true });
		for (const n of [1, 2, 3, 4, 5]) {
			const other = randomUUID();
			expect(await send(other, `#30303${n}`)).toMatchObject({ ok: true });
			await says(other, 180);
		}
		expect(await send(randomUUID(), '#404040')).toMatchObject(tooLarge);
	});

	test('a person is asked about as many as the screen shows, and the same file again is none more', async () => {
		const files = Array.from({ length: 20 }, () => fileOf(chuba));
		for (const file of files) await brought(file);
		expect(await handIn(exchange.db, await actor(chihanh), fileOf(chuba), now())).toMatchObject({
			refusal: { code: 'invalid_input', fields: { ownerId: 'too_many_waiting' } }
		});
		const [first] = files;
		if (!first) throw new Error('no file');
		const id = await brought(first);
		await answers(chuba, id, false);
		const clerk = await actor(chihanh);
		const both = await meetingIn(exchange, 'handovers', () => [
			handIn(exchange.db, clerk, fileOf(chuba), now()),
			handIn(exchange.db, clerk, fileOf(chuba), now())
		]);
		expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	});
});

test('sync 5: photos become the owner’s when the owner confirms; a known hash without its bytes opens nothing', async () => {
	const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#2a7' } })
		.jpeg()
		.toBuffer();
	const hash = sha256Of(bytes);
	const kept = new Map<string, Uint8Array>();
	const files: Pick<FileStore, 'has' | 'put'> = {
		has: async (key) => kept.has(key),
		put: async (key, content) => void kept.set(key, content)
	};
	const submit = (listingId: string) => ({
		id: randomUUID(),
		seq: 1,
		name: 'listing.submit',
		input: { listingId, base: 0, content: exchange.goods({ photos: [hash] }) },
		deviceTime: now(),
		after: []
	});
	// Somebody else has this very photo with the exchange, and the file only names it.
	await exchange.stores(chuba, hash);
	const named = { ...fileOf(batu, [submit(randomUUID())]), photos: [hash] };
	expect(await answers(batu, await brought(named), true)).toMatchObject({
		value: { photos: 0, outcomes: [{ outcome: 'refused', refusal: { code: 'photo_missing' } }] }
	});

	const listingId = randomUUID();
	const file = { ...fileOf(batu, [submit(listingId)]), photos: [hash] };
	const send = async (clerk: Person, sha256: string) =>
		keepHandoverBlob({ db: exchange.db, files, now }, await actor(clerk), {
			fileId: file.fileId,
			sha256,
			bytes
		});
	expect(await send(chilan, hash)).toMatchObject({ refusal: { code: 'not_allowed' } });
	expect(await send(anhminh, photo('another'))).toMatchObject({ refusal: { code: 'upload_hash_mismatch' } });
	expect(await send(anhminh, hash)).toMatchObject({ ok: true });
	const id = await brought(file);
	expect(await answers(batu, id, true)).toMatchObject({
		value: { photos: 1, outcomes: [{ outcome: 'applied' }] }
	});
	expect((await exchange.caseOf(listingId)).state).toBe('open');
});

test('sync 15: photos that came long before the file stay as long as its owner may answer', async () => {
	const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#72a' } })
		.jpeg()
		.toBuffer();
	const hash = sha256Of(bytes);
	const files = { has: async () => false, put: async () => undefined };
	const day = (n: number) => new Date(Date.now() + n * 24 * 3_600_000).toISOString();
	const file = { ...fileOf(batu), photos: [hash] };
	const clerk = await actor(anhminh);
	await keepHandoverBlob({ db: exchange.db, files, now: () => day(-5) }, clerk, {
		fileId: file.fileId,
		sha256: hash,
		bytes
	});
	const id = await brought(file);
	await expireHandovers(exchange.db, day(27));
	await answerHandover({ ...deps(), now: () => day(27) }, await actor(batu), { id, yes: true });
	const stored = await transaction(
		exchange.db,
		batu.id,
		(tx) => tx`select from uploads where sha256 = ${hash}`
	);
	expect(stored).toHaveLength(1);
});
