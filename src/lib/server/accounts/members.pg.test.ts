import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { businessOf, openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { write } from '$lib/server/sync/write.ts';
import { audiencesOf } from './audiences.ts';
import { actorOf, registerMember, type NewMember } from './members.ts';
import { endPost, givePost } from './service.ts';
import { anywhere } from './testing/origin.ts';
import { signIn } from './sign-in.ts';

const { batu, chilan, anhminh, bacsau } = people;
let exchange: Exchange;
beforeAll(async () => {
	exchange = await openExchange();
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
const register = (member: Partial<NewMember>) =>
	write(exchange.db, { actorId: 'system:test', now: now() }, (ctx) =>
		registerMember(ctx, { name: 'Người Mới', password: 'mật khẩu đủ dài', roles: ['buyer'], ...member })
	);

describe('registering', () => {
	test('TG-11.1 a new member can sign in by each name given', async () => {
		const done = await register({ userName: 'NguoiMoi', phone: '+84 911 222 333', email: 'Moi@X.example' });
		expect(done.ok).toBe(true);
		for (const name of ['nguoimoi', '0911222333', 'moi@x.example'])
			expect(
				(await signIn(exchange.auth, { name, password: 'mật khẩu đủ dài', ...anywhere(now()) })).ok,
				name
			).toBe(true);
	});

	test('a name that is taken is said, and nothing of the account is left', async () => {
		const id = randomUUID();
		expect(await register({ id, userName: 'ai_do', phone: batu.phone })).toEqual({
			ok: false,
			refusal: { code: 'invalid_input', fields: { phone: 'taken' } }
		});
		expect(await exchange.db`select id from accounts where id = ${id}`).toHaveLength(0);
	});

	test('what cannot be a name, and a password that is too short, are said together', async () => {
		expect(
			await register({ userName: '1', phone: 'x', email: '@', name: ' ', password: 'ngắn' })
		).toMatchObject({
			refusal: {
				fields: {
					userName: 'invalid_input',
					phone: 'invalid_input',
					email: 'invalid_input',
					name: 'invalid_input',
					password: 'too_short'
				}
			}
		});
		expect(await register({})).toMatchObject({ refusal: { fields: { userName: 'invalid_input' } } });
	});
});

describe('who somebody is now', () => {
	const actor = (person: { id: string }, at = now()) =>
		transaction(exchange.db, person.id, (tx) => actorOf(tx, person.id, at));

	test('an actor has a name, roles, posts and the business sold for', async () => {
		expect(await actor(batu)).toEqual({
			id: batu.id,
			name: 'Nguyễn Thị Tư',
			roles: ['buyer', 'seller'],
			posts: [],
			businessId: businessOf(batu)
		});
		expect(await actor(bacsau)).toMatchObject({
			roles: ['officer', 'lead'],
			posts: [{ agencyId: 'so-nnmt', role: 'lead' }]
		});
	});

	test('sync 8: audiences follow posts from the day they are given to the day they end', async () => {
		const officer = (at: string) => actor(anhminh, at).then(audiencesOf);
		await write(exchange.db, { actorId: 'system:test', now: '2027-03-01T00:00:00.000Z' }, async (ctx) => {
			await endPost(ctx, { accountId: anhminh.id, agencyId: 'so-nnmt' });
			await givePost(ctx, {
				accountId: anhminh.id,
				agencyId: 'so-y-te',
				role: 'officer',
				publicName: anhminh.name
			});
		});
		expect(await officer('2027-02-28T23:59:59.999Z')).toContain('agency:so-nnmt');
		expect(await officer('2027-02-28T23:59:59.999Z')).not.toContain('agency:so-y-te');
		expect(await officer('2027-03-01T00:00:00.000Z')).toEqual([
			'public',
			`user:${anhminh.id}`,
			'agency:so-y-te',
			'role:officer'
		]);
	});

	test('who is looked up is the actor for that reading alone', async () => {
		await transaction(exchange.db, batu.id, async (tx) => {
			expect(await actorOf(tx, bacsau.id, now())).toMatchObject({ id: bacsau.id, name: bacsau.name });
			const [row] = await tx<{ actor: string }[]>`select current_actor() as actor`;
			expect(row).toEqual({ actor: batu.id });
		});
		// Without a transaction too: no connection of the pool remembers it.
		expect(await actorOf(exchange.db, batu.id, now())).toMatchObject({ name: 'Nguyễn Thị Tư' });
		const left = await Promise.all(
			Array.from(
				{ length: 60 },
				() => exchange.db`select current_setting('san.actor', true) as actor, pg_sleep(0.01)`
			)
		);
		expect(left.filter((rows) => rows[0]?.actor)).toEqual([]);
	});

	test('an account that does not exist is a fault', async () => {
		await expect(actor({ id: randomUUID() })).rejects.toThrow(/no account/);
	});
});

describe('row-level security: the database itself keeps people apart', () => {
	const as = <T extends object>(person: { id: string } | 'system:test', sql: string) =>
		transaction(exchange.db, typeof person === 'string' ? person : person.id, (tx) => tx.unsafe<T[]>(sql));

	test('nobody reads another member’s profile, order, notification, upload or command', async () => {
		const goods = await exchange.sells(batu, {}, people.chihanh);
		await exchange.must(chilan, { name: 'order.place', input: exchange.order(goods, 1) });
		const counts = async (person: { id: string } | 'system:test') =>
			Promise.all(
				['account_profiles', 'orders', 'order_events', 'notifications', 'uploads'].map(
					async (table) => (await as(person, `select 1 from ${table}`)).length
				)
			);
		expect(await counts(chilan)).toEqual([1, 1, 2, 0, 0]);
		const [profiles = 0, orders = 0, events = 0] = await counts(people.chuba);
		expect([profiles, orders, events]).toEqual([1, 0, 0]);
		const everything = await counts('system:test');
		expect(everything.every((n) => n > 0)).toBe(true);
		expect(everything[0]).toBeGreaterThan(5);
	});

	test('nobody changes another member’s order or writes in another’s name', async () => {
		expect(await as(people.chuba, `update orders set state = 'delivered' returning id`)).toHaveLength(0);
		await expect(
			as(
				people.chuba,
				`insert into notifications (id, account_id, kind, subject_id, at)
				values (gen_random_uuid(), '${batu.id}', 'order_new', gen_random_uuid(), now())`
			)
		).rejects.toThrow(/row-level security/);
	});

	test('a transaction in which nobody acts reads nothing personal: it is a fault', async () => {
		for (const table of [
			'account_profiles',
			'orders',
			'notifications',
			'uploads',
			'command_log',
			'person_keys'
		])
			await expect(exchange.db.unsafe(`select 1 from ${table}`), table).rejects.toThrow(/no actor/);
	});

	test('TG-19.5 what was recorded cannot be changed or removed by the app', async () => {
		for (const table of ['audit_log', 'case_events', 'sla_breaches', 'listing_versions', 'order_events']) {
			await expect(as('system:test', `delete from ${table}`), table).rejects.toThrow();
			await expect(as('system:test', `truncate ${table}`), table).rejects.toThrow();
		}
		await expect(as('system:test', `update audit_log set actor = 'somebody'`)).rejects.toThrow();
		await expect(as('system:test', `update case_events set actor = 'somebody'`)).rejects.toThrow();
	});

	test('the app sees no sign-in table, and sign-in sees nothing of people', async () => {
		for (const table of ['sessions', 'sign_in_accounts', 'sign_in_names', 'ended_sessions'])
			await expect(exchange.db.unsafe(`select 1 from ${table}`), table).rejects.toThrow(/permission denied/);
		for (const table of ['account_profiles', 'orders', 'listings', 'sync_feed', 'audit_log'])
			await expect(
				transaction(exchange.auth, 'system:test', (tx) => tx.unsafe(`select 1 from ${table}`)),
				table
			).rejects.toThrow(/permission denied/);
	});

	test('the app can neither write the feed nor lift its own bounds', async () => {
		for (const sql of [
			'delete from sync_feed',
			`update sync_feed set doc = null`,
			'alter table orders disable row level security',
			'create table mine (id int)',
			'drop trigger audit_log_append_only on audit_log'
		])
			await expect(exchange.db.unsafe(sql), sql).rejects.toThrow(/permission denied|must be owner/);
	});
});
