import { randomUUID } from 'node:crypto';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { pull } from '$lib/server/sync/pull.ts';
import { packManifest, packRow, type PackManifest, type PackRow } from '$lib/sync/protocol/packs.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import type { Position } from '$lib/sync/protocol/wire.ts';
import { freshDatabase } from '../../../../tests/world/database.ts';
import { packCatalogue } from './jobs.ts';
import { unpack } from './pack.ts';
import { forgetPacks, manifestBody, openPack } from './service.ts';

export const now = '2026-11-23T02:00:00.000Z';

/** What somebody holds: the public listings by id, with their version. */
export type Held = Map<string, { readonly version: number; readonly doc: unknown }>;

export type Goods = {
	readonly id: string;
	readonly sectorId: string;
	readonly wardCode: string;
	readonly title: string;
};

export type Catalogue = Awaited<ReturnType<typeof openCatalogue>>;

/** A feed of public listings that are only what the packs look at, and everybody who reads it. */
export async function openCatalogue() {
	const database = await freshDatabase();
	const db = openDb({ url: database.appUrl, role: 'san_app', max: 20 });
	const owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 4 });

	const docOf = (goods: Goods) => JSON.stringify({ approvedAt: now, ...goods });

	/** Puts goods up, or changes them, in one transaction; `hold` keeps it open. */
	const publish = (goods: readonly Goods[], hold: () => Promise<void> = async () => undefined) =>
		transaction(db, 'system:test', async (tx) => {
			for (const one of goods)
				await tx`select feed_publish('listings', ${one.id}, array['public'], array[${docOf(one)}::text::jsonb])`;
			await hold();
		});

	const withdraw = (ids: readonly string[]) =>
		transaction(db, 'system:test', async (tx) => {
			for (const id of ids)
				await tx`select feed_publish('listings', ${id}, array[]::text[], array[]::jsonb[])`;
		});

	/** Changes what is up. */
	async function change(id: string, to: Partial<Omit<Goods, 'id'>>): Promise<void> {
		const [row] = await db<{ doc: Goods }[]>`
			select doc from sync_feed
			where audience = 'public' and collection = 'listings' and doc_id = ${id} and doc is not null`;
		if (row) await publish([{ ...row.doc, ...to }]);
	}

	/** A transaction that stays open, and what it puts up, until it is told to end. */
	function holdTransaction(what: readonly Goods[] = [goods({ title: 'Giữ' })]) {
		let end = () => {};
		let started = () => {};
		const held = new Promise<void>((resolve) => (end = resolve));
		const begun = new Promise<void>((resolve) => (started = resolve));
		const done = publish(what, () => {
			started();
			return held;
		});
		return { begun, done, end: () => end() };
	}

	/** The same database, where something happens before each transaction. */
	function beforeEach(happens: (transaction: number) => Promise<void>): Sql {
		let n = 0;
		const begin = async (...args: unknown[]): Promise<unknown> => {
			await happens(n++);
			return Reflect.apply(db.begin, db, args);
		};
		return new Proxy(db, {
			get: (target, key): unknown => (key === 'begin' ? begin : Reflect.get(target, key, target))
		});
	}

	/** The database of a process that is killed after so many transactions. */
	const dying = (transactions: number): Sql =>
		beforeEach(async (n) => {
			if (n >= transactions) throw new Error('killed');
		});

	/** The database of a process that something happens to before one of its transactions. */
	const meeting = (transaction: number, happens: () => Promise<void>): Sql =>
		beforeEach((n) => (n === transaction ? happens() : Promise.resolve()));

	/** Takes everything away: no goods, no packs. */
	async function clear(): Promise<void> {
		await owner`truncate sync_feed, sync_floors, sync_marks`;
		await transaction(owner, 'system:test', forgetPacks);
	}

	/** Many at once, which came about one transaction after the other. */
	async function fill(count: number, sectors = 3, wards = 20): Promise<string[]> {
		const rows = await owner<{ id: string }[]>`
			insert into sync_feed (audience, collection, doc_id, version, doc)
			select 'public', 'listings', id, 1 + n % 50, jsonb_build_object('id', id, 'title', 'Hàng ' || n,
				'sectorId', 'sector-' || n % ${sectors}, 'wardCode', (28000 + (n * 7) % ${wards})::text,
				'approvedAt', timestamptz '2026-01-01Z' + n * interval '1 minute')
			from (select n, gen_random_uuid()::text as id from generate_series(1, ${count}) n) t
			returning doc_id as id`;
		await owner`analyze sync_feed`;
		return rows.map((row) => row.id);
	}

	/** A pack as a device keeps it that took it in time; null when it was superseded. */
	async function read(hash: string): Promise<PackRow[] | null> {
		const [pack] = await db<
			{ body: Buffer }[]
		>`select body from catalogue_packs where hash = ${hash} and live`;
		if (!pack) return null;
		const text = (await unpack(pack.body)).toString();
		return text
			.split('\n')
			.slice(1)
			.map((line) => packRow.parse(JSON.parse(line)));
	}

	/** As a device is told it, by a process that has answered before. */
	const manifest = async (): Promise<PackManifest> =>
		packManifest.parse(JSON.parse((await unpack(await manifestBody(db, now))).toString()));

	/** All packs of a manifest, less what is hidden. Null when one of them was superseded meanwhile. */
	async function readAll(from: PackManifest): Promise<Held | null> {
		const held: Held = new Map();
		for (const { hash, rows } of from.packs) {
			const found = await read(hash);
			if (!found) return null;
			if (found.length !== rows) throw new Error(`${hash} has ${found.length} rows instead of ${rows}`);
			for (const { v, d } of found) {
				if (held.has(d.id)) throw new Error(`${d.id} is in two packs`);
				if (!from.hidden.includes(d.id)) held.set(d.id, { version: v, doc: d });
			}
		}
		return held;
	}

	/** Everything the pull brings after the position of a manifest, laid over `held`: the higher version wins. */
	async function pullOver(held: Held, { position, epoch }: PackManifest): Promise<Held> {
		for (let at: Record<string, Position> = position.version === 0 ? {} : { public: position }; ;) {
			const page = await pull(
				db,
				{ kind: 'nobody' },
				{ protocol: protocolVersion, actorId: null, collection: 'listings', positions: at, limit: 200 },
				now
			);
			if (page.outcome !== 'page') throw new Error(page.outcome);
			if (page.epoch !== epoch) throw new Error(`the pull speaks of another epoch: ${page.epoch}`);
			if (page.again?.length) throw new Error('the pull began again');
			for (const { id, version, doc } of page.rows) {
				if (version < (held.get(id)?.version ?? 0)) continue;
				if (doc === null) held.delete(id);
				else held.set(id, { version, doc });
			}
			at = page.positions;
			if (!page.more) return held;
		}
	}

	/** What is public at this moment. */
	async function truth(): Promise<Held> {
		const rows = await db<{ id: string; version: number; doc: unknown }[]>`
			select doc_id as id, version, doc from sync_feed
			where audience = 'public' and collection = 'listings' and doc is not null`;
		return new Map(rows.map(({ id, version, doc }) => [id, { version, doc }]));
	}

	/** Packs of a manifest that are not handed out, and those that hold something hidden: the same ones. */
	async function closedPacks(from: PackManifest): Promise<{ closed: string[]; tainted: string[] }> {
		const closed: string[] = [];
		const tainted: string[] = [];
		for (const { hash } of from.first ? [...from.packs, from.first] : from.packs) {
			if (!(await openPack(db, hash))) closed.push(hash);
			if ((await read(hash))?.some((row) => from.hidden.includes(row.d.id))) tainted.push(hash);
		}
		return { closed, tainted };
	}

	return {
		db,
		owner,
		publish,
		change,
		withdraw,
		holdTransaction,
		dying,
		meeting,
		clear,
		random: seeded,
		fill,
		read,
		closedPacks,
		readAll,
		pullOver,
		truth,
		manifest,
		pack: (portions?: Parameters<typeof packCatalogue>[2]) => packCatalogue(db, now, portions),
		/** A device's first sync: packs, less what is hidden, then the pull. */
		async firstSync(): Promise<Held> {
			for (;;) {
				const from = await manifest();
				const held = await readAll(from);
				// Superseded in the middle: the device asks again.
				if (held) return pullOver(held, from);
			}
		},
		async close() {
			await Promise.all([db.end({ timeout: 1 }), owner.end({ timeout: 1 })]);
			await database.drop();
		}
	};
}

/** The same numbers for the same seed. */
const seeded = (seed: number) => () => (seed = (seed * 48271) % 2147483647) / 2147483647;

/** Something to sell. */
export const goods = (
	place: { sectorId?: string; wardCode?: string; title?: string; id?: string } = {}
): Goods => ({
	id: randomUUID(),
	sectorId: 'nong-san',
	wardCode: '28249',
	title: 'Sầu riêng Ri6',
	...place
});
