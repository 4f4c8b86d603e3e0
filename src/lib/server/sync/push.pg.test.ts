import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { auditWithCommand } from '$lib/server/audit/audit.ts';
import { createPersonKey, useMasterKey } from '$lib/server/accounts/sealing.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import type { CommandAnswer, PushRequest, WireCommand } from '$lib/sync/protocol/wire.ts';
import { freshDatabase, type FreshDatabase } from '../../../../tests/world/database.ts';
import { pull } from './pull.ts';
import { push, type Dispatch, type PushDeps } from './push.ts';
import { publish } from './publish.ts';
import type { Caller } from './session.ts';
import type { CommandContext } from './write.ts';

const now = '2026-11-23T02:00:00.000Z';
let database: FreshDatabase;
let db: Sql;
let baTu: Actor;
let chiLan: Actor;

async function member(name: string): Promise<Actor> {
	const id = randomUUID();
	await transaction(db, id, async (tx) => {
		await tx`insert into accounts (id, roles) values (${id}, '{buyer}')`;
		await createPersonKey(tx, id);
	});
	return { id, name, roles: ['buyer'], posts: [], businessId: null };
}

const signedIn = (actor: Actor): Caller => ({ kind: 'actor', actor, sessionId: 'session' });

/** Carries a command out by leaving one notification for the actor, so that its effect can be counted. */
const leaveNote = async (ctx: CommandContext): Promise<Result<void>> => {
	const id = randomUUID();
	await ctx.tx`
		insert into notifications (id, account_id, kind, subject_id, at)
		values (${id}, ${ctx.actorId}, 'order_new', ${id}, ${ctx.now})`;
	await publish(ctx, 'notifications', id, async () => [
		{
			audience: `user:${ctx.actorId}`,
			doc: { id, kind: 'order_new' as const, subjectId: id, facts: {}, at: ctx.now, readAt: null }
		}
	]);
	return ok(undefined);
};

let counter = 0;
function command(over: Partial<WireCommand> = {}): WireCommand {
	return {
		id: randomUUID(),
		seq: ++counter,
		name: 'notification.read',
		input: { ids: [randomUUID()] },
		deviceTime: now,
		after: [],
		...over
	};
}

const request = (actor: Actor, ...commands: WireCommand[]): PushRequest => ({
	protocol: protocolVersion,
	actorId: actor.id,
	deviceId: '00000000-0000-4000-8000-000000000001',
	commands
});

async function send(
	actor: Actor,
	commands: WireCommand[],
	dispatch: Dispatch = leaveNote
): Promise<CommandAnswer[]> {
	const answer = await push(deps(dispatch), signedIn(actor), request(actor, ...commands));
	if (answer.outcome !== 'answers') throw new Error(answer.outcome);
	return [...answer.answers];
}

const deps = (dispatch: Dispatch): PushDeps => ({ db, dispatch, now: () => now });

const notesOf = (actor: Actor): Promise<number> =>
	transaction(db, actor.id, async (tx) => {
		const [row] = await tx<{ count: number }[]>`
			select count(*)::int as count from notifications where account_id = ${actor.id}`;
		return row?.count ?? 0;
	});

beforeAll(async () => {
	useMasterKey(randomBytes(32));
	database = await freshDatabase();
	db = openDb({ url: database.appUrl, role: 'san_app' });
	baTu = await member('Nguyễn Thị Tư');
	chiLan = await member('Trần Ngọc Lan');
});

afterAll(async () => {
	await db.end();
	await database.drop();
});

describe('sync 1: nothing acknowledged is lost, nothing is applied twice', () => {
	test('sync 1: a repeat after a lost reply answers duplicate with the first version', async () => {
		const before = await notesOf(baTu);
		const sent = command();
		const [first] = await send(baTu, [sent]);
		const [second] = await send(baTu, [sent]);
		expect(first).toMatchObject({ outcome: 'applied' });
		expect(second).toMatchObject({
			outcome: 'duplicate',
			version: first?.outcome === 'applied' ? first.version : -1
		});
		expect(await notesOf(baTu)).toBe(before + 1);
	});

	test('sync 1: twenty copies at the same moment are applied once', async () => {
		const before = await notesOf(baTu);
		const sent = command();
		const answers = (await Promise.all(Array.from({ length: 20 }, () => send(baTu, [sent])))).flat();
		expect(answers.filter((answer) => answer.outcome === 'applied')).toHaveLength(1);
		expect(answers.filter((answer) => answer.outcome === 'duplicate')).toHaveLength(19);
		expect(await notesOf(baTu)).toBe(before + 1);
	});

	test('TG-19.5 every command leaves one line in the audit, carried out or refused, a repeat none', async () => {
		const [applied, refused] = [command(), command()];
		await send(baTu, [applied]);
		await send(baTu, [applied]);
		await send(baTu, [refused], async () => no('not_allowed', { clause: 'TG-3.4' }));
		const lines = await transaction(
			db,
			'system:test',
			(tx) => tx`
				select actor, action, command_id as id, clause from audit_log
				where command_id in (${applied.id}, ${refused.id}) order by audit_log.id`
		);
		expect(lines).toEqual([
			{ actor: baTu.id, action: 'command.applied', id: applied.id, clause: null },
			{ actor: baTu.id, action: 'command.refused', id: refused.id, clause: 'TG-3.4' }
		]);
	});

	test('sync 1: a reused id with another input is refused and changes nothing', async () => {
		const sent = command();
		await send(baTu, [sent]);
		const before = await notesOf(baTu);
		const [answer] = await send(baTu, [{ ...sent, input: { ids: [randomUUID()] } }]);
		expect(answer).toMatchObject({ outcome: 'refused', refusal: { code: 'id_reused' } });
		expect(await notesOf(baTu)).toBe(before);
	});

	test("sync 1: another member's id is refused, reveals nothing and leaves no effect", async () => {
		const sent = command();
		await send(baTu, [sent]);
		const before = await notesOf(chiLan);
		const [answer] = await send(chiLan, [sent]);
		expect(answer).toEqual({
			id: sent.id,
			outcome: 'refused',
			refusal: { code: 'id_reused' },
			receivedAt: now
		});
		expect(await notesOf(chiLan)).toBe(before);
	});

	test('sync 1: a fault is not logged, so the same command succeeds later', async () => {
		const sent = command();
		const [first] = await send(baTu, [sent], () => Promise.reject(new Error('disk')));
		expect(first).toMatchObject({ outcome: 'retry' });
		const [second] = await send(baTu, [sent]);
		expect(second).toMatchObject({ outcome: 'applied' });
	});

	test('sync 1: the command log holds the input only sealed', async () => {
		const secret = randomUUID();
		await send(baTu, [command({ input: { ids: [secret] } })]);
		const rows = await transaction(
			db,
			baTu.id,
			(tx) => tx<{ text: string }[]>`select c::text as text from command_log c`
		);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.some((row) => row.text.includes(secret))).toBe(false);
	});
});

describe('sync 2: answers', () => {
	test('sync 2: what the database cannot keep is refused, and not tried again for ever', async () => {
		const before = await notesOf(baTu);
		const sent = command();
		const [answer, after] = await send(
			baTu,
			[sent, command({ input: { ids: [randomUUID()] } })],
			async (ctx) => {
				const done = await leaveNote(ctx);
				if (ctx.commandId === sent.id) await ctx.tx`select ${JSON.stringify('\u0000')}::text::jsonb`;
				return done;
			}
		);
		expect(answer).toMatchObject({ outcome: 'refused', refusal: { code: 'invalid_input' } });
		expect(after).toMatchObject({ outcome: 'applied' });
		expect(await send(baTu, [sent])).toMatchObject([{ outcome: 'refused' }]);
		expect(await notesOf(baTu)).toBe(before + 1);
	});

	test('sync 2: a refusal rolls the effects back, is logged, and a repeat gets it again', async () => {
		const before = await notesOf(baTu);
		const sent = command();
		const refuse: Dispatch = async (ctx) => {
			await leaveNote(ctx);
			return no('out_of_stock', { facts: { left: 2 } });
		};
		const [first] = await send(baTu, [sent], refuse);
		const [second] = await send(baTu, [sent]);
		expect(first).toMatchObject({
			outcome: 'refused',
			refusal: { code: 'out_of_stock', facts: { left: 2 } }
		});
		expect(second).toEqual(first);
		expect(await notesOf(baTu)).toBe(before);
	});

	test('sync 2: one bad command does not block the others', async () => {
		const answers = await send(baTu, [
			command({ name: 'no.such' }),
			command({ input: { ids: 'not a list' } }),
			command()
		]);
		expect(
			answers.map((answer) => (answer.outcome === 'refused' ? answer.refusal.code : answer.outcome))
		).toEqual(['unknown_command', 'invalid_input', 'applied']);
	});

	test('sync 2: a command that builds on a refused one is refused with it', async () => {
		const bad = command({ name: 'no.such' });
		const [, dependent] = await send(baTu, [bad, command({ after: [bad.id] })]);
		expect(dependent).toMatchObject({ outcome: 'refused', refusal: { code: 'depends_on_refused' } });
	});

	test('sync 2: a command that builds on one the server never saw waits', async () => {
		const [answer] = await send(baTu, [command({ after: [randomUUID()] })]);
		expect(answer).toMatchObject({ outcome: 'retry' });
	});

	test('sync 2: after a fault, later commands of the same subject wait, in order', async () => {
		let calls = 0;
		const failFirst: Dispatch = (ctx) =>
			++calls === 1 ? Promise.reject(new Error('fault')) : leaveNote(ctx);
		const answers = await send(baTu, [command(), command()], failFirst);
		expect(answers.map((answer) => answer.outcome)).toEqual(['retry', 'retry']);
	});

	test('sync 2: a locked account is told so and nothing is applied', async () => {
		const locked = await member('Người bị khóa');
		await transaction(
			db,
			locked.id,
			(tx) => tx`update accounts set state = 'locked' where id = ${locked.id}`
		);
		const answer = await push(deps(leaveNote), signedIn(locked), request(locked, command()));
		expect(answer).toEqual({ outcome: 'session', session: 'locked' });
		expect(await notesOf(locked)).toBe(0);
	});

	test.each(['expired', 'ended', 'revoked'] as const)('sync 2: a session that is %s says so', async (why) => {
		const answer = await push(deps(leaveNote), { kind: 'ended', why }, request(baTu, command()));
		expect(answer).toEqual({ outcome: 'session', session: why });
	});
});

describe('sync 6: one person, one device store', () => {
	test("sync 6: nobody's commands leave under another's name", async () => {
		const before = await notesOf(chiLan);
		const answer = await push(deps(leaveNote), signedIn(chiLan), request(baTu, command()));
		expect(answer).toEqual({ outcome: 'wrong_user' });
		expect(await notesOf(chiLan)).toBe(before);
	});

	test("sync 6: a pull for another person than the session's is wrong_user", async () => {
		const asked = {
			protocol: protocolVersion,
			actorId: baTu.id,
			collection: 'notifications' as const,
			positions: {},
			limit: 10
		};
		expect(await pull(db, signedIn(chiLan), asked, now)).toEqual({ outcome: 'wrong_user' });
		expect(await pull(db, { kind: 'nobody' }, asked, now)).toEqual({
			outcome: 'session',
			session: 'expired'
		});
	});
});

test('sync 16: a device of a newer or long gone protocol is asked to update', async () => {
	const answer = await push(deps(leaveNote), signedIn(baTu), { ...request(baTu, command()), protocol: 99 });
	expect(answer).toEqual({ outcome: 'upgrade' });
});

test('sync 12: a device clock ten years off is recorded and stops nothing', async () => {
	const sent = command({ deviceTime: '2016-11-23T02:00:00.000Z' });
	const [answer] = await send(baTu, [sent]);
	expect(answer).toMatchObject({ outcome: 'applied', receivedAt: now });
	const [row] = await transaction(
		db,
		baTu.id,
		(tx) => tx<{ device: string; received: string }[]>`
			select device_time as device, received_at as received from command_log where id = ${sent.id}`
	);
	expect(row).toEqual({ device: '2016-11-23T02:00:00.000Z', received: now });
});

describe('sync 2: a run of own affairs shares one transaction while everything is well', () => {
	const discards = (count: number): WireCommand[] =>
		Array.from({ length: count }, () =>
			command({ name: 'draft.discard', input: { listingId: randomUUID(), base: 1 } })
		);
	const auditOf = (sent: readonly WireCommand[]) =>
		transaction(
			db,
			'system:test',
			(tx) => tx<{ commandId: string; action: string }[]>`
				select command_id as "commandId", action from audit_log
				where command_id = any(${sent.map(({ id }) => id)}::uuid[]) order by id`
		);
	const versionsOf = (answers: readonly CommandAnswer[]) =>
		answers.map((answer) => (answer.outcome === 'applied' ? answer.version : null));

	test('sync 1: twenty saved drafts commit once, each with its own line and receipt, and a repeat does nothing', async () => {
		const before = await notesOf(baTu);
		const sent = discards(20);
		const first = await send(baTu, sent);
		expect(new Set(versionsOf(first)).size).toBe(1);
		expect(first.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
		expect(await auditOf(sent)).toEqual(sent.map(({ id }) => ({ commandId: id, action: 'command.applied' })));
		const again = await send(baTu, sent);
		expect(again.map(({ outcome }) => outcome)).toEqual(sent.map(() => 'duplicate'));
		expect(await notesOf(baTu)).toBe(before + 20);
	});

	test('TG-19.5 what a service adds stands on the line of its command, in a run and alone, and not on a refused one', async () => {
		const adds =
			(refused?: string): Dispatch =>
			async (ctx) => {
				const fields = [`of ${ctx.commandId}`];
				await auditWithCommand(ctx, { action: 'test.done', subject: 'test:1', data: { fields } });
				return ctx.commandId === refused ? no('not_found') : leaveNote(ctx);
			};
		const linesOf = (sent: readonly WireCommand[]) =>
			transaction(
				db,
				'system:test',
				(tx) => tx`
				select action, data from audit_log
				where command_id = any(${sent.map(({ id }) => id)}::uuid[]) order by id`
			);
		const line = ({ id, name }: WireCommand) => ({
			action: 'command.applied',
			data: { name, code: null, fields: [`of ${id}`] }
		});

		const run = discards(3);
		await send(baTu, run, adds());
		expect(await linesOf(run)).toEqual(run.map(line));

		const [first, bad, last] = [command(), command(), command()];
		await send(baTu, [first, bad, last], adds(bad.id));
		expect(await linesOf([first, bad, last])).toEqual([
			line(first),
			{ action: 'command.refused', data: { name: bad.name, code: 'not_found' } },
			line(last)
		]);
	});

	test('sync 2: one that is refused stands alone, the others of its run are applied one by one', async () => {
		const before = await notesOf(baTu);
		const sent = discards(5);
		const bad = sent[2];
		const answers = await send(baTu, sent, async (ctx) => {
			await leaveNote(ctx);
			return ctx.commandId === bad?.id ? no('not_found') : ok(undefined);
		});
		expect(answers.map(({ outcome }) => outcome)).toEqual([
			'applied',
			'applied',
			'refused',
			'applied',
			'applied'
		]);
		expect(new Set(versionsOf(answers)).size).toBe(5);
		expect(await notesOf(baTu)).toBe(before + 4);
		expect((await auditOf(sent)).map(({ action }) => action)).toEqual([
			'command.applied',
			'command.applied',
			'command.refused',
			'command.applied',
			'command.applied'
		]);
	});

	test('sync 2: a fault in a run leaves only its own command to be tried again', async () => {
		const before = await notesOf(baTu);
		const sent = discards(3);
		const answers = await send(baTu, sent, async (ctx) => {
			if (ctx.commandId === sent[1]?.id) throw new Error('the service broke');
			return leaveNote(ctx);
		});
		expect(answers.map(({ outcome }) => outcome)).toEqual(['applied', 'retry', 'applied']);
		expect(await notesOf(baTu)).toBe(before + 2);
		const again = await send(baTu, sent);
		expect(again.map(({ outcome }) => outcome)).toEqual(['duplicate', 'applied', 'duplicate']);
	});

	test('sync 1: the same run sent twice at one instant is carried out once', async () => {
		const before = await notesOf(baTu);
		const sent = discards(10);
		const both = await Promise.all([send(baTu, sent), send(baTu, [...sent].reverse())]);
		for (const { id } of sent)
			expect(both.map((answers) => answers.find((answer) => answer.id === id)?.outcome).sort()).toEqual([
				'applied',
				'duplicate'
			]);
		expect(await notesOf(baTu)).toBe(before + 10);
	});

	test('sync 2: what concerns others, or builds on another command, keeps a transaction of its own', async () => {
		const [first, second, third] = discards(3);
		if (!first || !second || !third) throw new Error('three');
		const order = command({
			name: 'order.advance',
			input: { orderId: randomUUID(), rev: 1, event: 'confirm', reason: '' }
		});
		const answers = await send(baTu, [
			first,
			{ ...second, seq: ++counter, after: [first.id] },
			{ ...order, seq: ++counter },
			{ ...third, seq: ++counter }
		]);
		const applied = versionsOf(answers).filter((version) => version !== null);
		expect(new Set(applied).size).toBe(applied.length);
		expect(applied.length).toBeGreaterThanOrEqual(3);
	});
});
