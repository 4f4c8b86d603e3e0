import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { changeRole } from '$lib/server/grants/service.ts';
import { openExchange, people, type Exchange } from '../world/exchange.ts';

/** Why a table has no row policies. A new table needs policies or a line here: it fails by its name. */
const signIn = 'the sign-in role’s alone: hashes, blind indexes and times, no personal data';
const reference = 'the province as public data';
const published = 'public, or the text of goods on its way there; asked by business, and no person’s data';
const office = 'what an office does, by ids, with the public name of whoever acted';
const derived = 'made from what is public already';
const machine = 'the exchange’s own bookkeeping';
const withoutPolicies: Readonly<Record<string, string>> = {
	accounts: 'ids, roles and states: what anyone may lock to decide who may do what',
	posts: 'a post in public office carries its name in the open (TG-19.5)',
	post_absences: office,
	businesses: 'what a business publishes of itself, its phone included (TG-13.3)',
	business_sectors: 'in which sectors a business may sell: shown by what it sells',
	listings: published,
	listing_versions: published,
	listing_holds: published,
	public_files: 'random ids of published pictures',
	cases: office,
	case_events: office,
	sla_breaches: office,
	audit_log: 'append-only ids and codes, never personal data',
	audit_seals: machine,
	audit_heads: machine,
	audit_roots: machine,
	sync_feed: 'read by audience alone, personal fields sealed inside (decision 012)',
	sync_floors: machine,
	sync_marks: machine,
	exchange: machine,
	schema_migration: machine,
	rule_packs: reference,
	agencies: reference,
	agency_changes: reference,
	reference_changes: reference,
	sector_agencies: reference,
	sectors: reference,
	categories: reference,
	wards: reference,
	catalogue_progress: derived,
	catalogue_slots: derived,
	catalogue_members: derived,
	catalogue_packs: derived,
	sign_in_accounts: signIn,
	sign_in_names: signIn,
	sign_in_failures: signIn,
	address_failures: signIn,
	known_devices: signIn,
	sessions: signIn,
	session_traces: 'the sign-in role’s alone: what kind of browser a session is, for its owner’s list',
	ended_sessions: signIn,
	lock_sessions: signIn,
	passkey_challenges: signIn,
	setup_links: signIn
};
const ofSignIn = Object.keys(withoutPolicies).filter((name) =>
	(withoutPolicies[name] ?? '').startsWith('the sign-in role’s alone')
);

/** Wrapped keys open nothing without the master key, and a seller opens the contact of a buyer's order with the buyer's. */
const readableByAnyActor = ['person_keys'];

let exchange: Exchange;
let tables: { name: string; owner: string; guarded: boolean; forced: boolean; policies: number }[];
beforeAll(async () => {
	exchange = await openExchange();
	tables = await exchange.owner<typeof tables>`
		select c.relname as name, r.rolname as owner, c.relrowsecurity as guarded, c.relforcerowsecurity as forced,
			(select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
		where c.relkind in ('r', 'p') and n.nspname = 'public' order by 1`;
	// Something in the tables that matter most, so that reading nothing of them means something.
	const goods = await exchange.sells(people.batu, {}, people.chihanh);
	await exchange.must(people.chilan, { name: 'order.place', input: exchange.order(goods, 1) });
	const need = await exchange.looksFor(people.chilan);
	await exchange.must(people.batu, { name: 'offer.send', input: exchange.offer(need, goods) });
	const now = new Date().toISOString();
	const admin = await exchange.actorNow(people.quantri, now);
	const input = { accountId: people.chilan.id, role: 'board', reason: 'Quyết định số 5' } as const;
	await changeRole(exchange.db, admin, true, input, now);
});
afterAll(() => exchange.close());

test('LAW-data-subject every table has forced row policies, or its reason to have none', () => {
	const bare = tables.filter(({ guarded, forced, policies }) => !guarded || !forced || policies === 0);
	expect(bare.map(({ name }) => name).sort()).toEqual(Object.keys(withoutPolicies).sort());
});

test('LAW-data-subject a sealed field lies under row policies, and nothing that looks personal lies outside', async () => {
	const columns = await exchange.owner<{ table: string; column: string }[]>`
		select table_name as table, column_name as column from information_schema.columns
		where table_schema = 'public'`;
	const outside = columns.filter(({ table }) => Object.hasOwn(withoutPolicies, table));
	expect(outside.filter(({ column }) => column.endsWith('_sealed'))).toEqual([]);
	const personal = outside
		.filter(({ column }) => /phone|mail|address|contact|birth|identity|tax|account_no/.test(column))
		.map(({ table, column }) => `${table}.${column}`);
	expect(personal.sort()).toEqual(['address_failures.address_index', 'businesses.phone']);
});

test('the app’s roles own nothing, and the public role may do nothing', async () => {
	expect(tables.filter(({ owner }) => owner !== 'san_owner')).toEqual([]);
	const functions = await exchange.owner<{ name: string }[]>`
		select p.proname as name from pg_proc p join pg_roles r on r.oid = p.proowner
		where r.rolname in ('san_app', 'san_auth')`;
	expect(functions).toEqual([]);
	const given = await exchange.owner<{ name: string }[]>`
		select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
		where n.nspname = 'public' and a.grantee = 0 and c.relkind in ('r', 'p')`;
	expect(given).toEqual([]);
});

test('the app sees no table of the sign-in', async () => {
	const seen = await exchange.owner<{ name: string }[]>`
		select name from unnest(${ofSignIn}::text[]) as t (name)
		where has_any_column_privilege('san_app', 'public.' || name, 'select, insert, update')`;
	expect(seen).toEqual([]);
});

test('LAW-data-subject of every guarded table a stranger reads nothing, and without an actor it is a fault', async () => {
	const guarded = tables.filter(({ name }) => !Object.hasOwn(withoutPolicies, name)).map(({ name }) => name);
	const readable = await exchange.owner<{ name: string }[]>`
		select name from unnest(${guarded}::text[]) as t (name)
		where has_any_column_privilege('san_app', 'public.' || name, 'select')`;
	const rows = async (actor: string, name: string): Promise<number> =>
		transaction(exchange.db, actor, async (tx) => {
			const [row] = await tx.unsafe<{ n: number }[]>(`select count(*)::int as n from ${name}`);
			return row?.n ?? 0;
		});
	const filled: string[] = [];
	for (const { name } of readable) {
		if ((await rows('system:test', name)) > 0) {
			filled.push(name);
			// Policies are asked row by row: an empty table has nobody to ask for.
			await expect(exchange.db.unsafe(`select 1 from ${name}`), name).rejects.toThrow(/no actor/);
		}
		if (readableByAnyActor.includes(name)) continue;
		expect(await rows(randomUUID(), name), name).toBe(0);
		// Somebody with a desk has no more right to it than anybody else; what is theirs is not there yet.
		const own = name === 'account_profiles' || name === 'notifications' ? 'own' : null;
		if (own === null) expect(await rows(people.coyen.id, name), `${name}, as an officer`).toBe(0);
	}
	expect(filled).toEqual(
		expect.arrayContaining([
			'account_profiles',
			'need_offers',
			'need_versions',
			'needs',
			'notifications',
			'order_events',
			'orders',
			'person_keys',
			'rights_changes',
			'uploads'
		])
	);
});
