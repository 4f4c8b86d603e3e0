import { openTestDevice, type TestDevice } from '$lib/sync/test-world.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PublicListing } from '$lib/domain/listings/schema.ts';
import { forgetPacks } from '$lib/server/catalogue/service.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { compactFeed } from '$lib/server/sync/queries.ts';
import { openExchange, people, type Exchange } from './exchange.ts';
import { packsOf } from './packs.ts';
import { readCatalogue } from '$lib/sync/read-catalogue.ts';
import type { Transport } from '$lib/sync/transport/transport.ts';

/** Where a device of these tests gets its packs from. */
export type PackWire = Pick<Transport, 'manifest' | 'pack'>;

/**
 * An exchange for the tests of one file, with nothing in its feed and no packs before each of them, and devices of chị Lan that
 * are put away afterwards. Call it once, at the top.
 */
export function useMarket() {
	let world: Exchange | null = null;
	const exchange = (): Exchange => {
		if (!world) throw new Error('the exchange opens before the first test');
		return world;
	};
	const open: TestDevice[] = [];
	let years = 0;

	beforeAll(async () => {
		world = await openExchange();
	});
	beforeEach(async () => {
		const { owner } = exchange();
		await transaction(owner, 'system:test', forgetPacks);
		await owner`delete from sync_feed where collection = 'listings'`;
		await owner`delete from sync_floors`;
	});
	afterEach(async () => {
		for (const opened of open.splice(0)) await opened.close();
	});
	afterAll(() => exchange().close());

	const packs = {
		make: () => packsOf(exchange()).make(),
		manifest: () => packsOf(exchange()).manifest(),
		pack: (hash: string) => packsOf(exchange()).pack(hash)
	};

	async function device(wire: PackWire | null = packs): Promise<TestDevice> {
		const opened = await openTestDevice(exchange(), people.chilan);
		opened.wire.packs = wire;
		open.push(opened);
		return opened;
	}
	async function restarted(before: TestDevice): Promise<TestDevice> {
		const after = await before.restart();
		open.splice(open.indexOf(before), 1, after);
		return after;
	}
	/** A device is put away before the end of its test. */
	async function putAway(opened: TestDevice): Promise<void> {
		open.splice(open.indexOf(opened), 1);
		await opened.close();
	}

	const asSystem = (sql: (tx: Parameters<Parameters<typeof transaction>[2]>[0]) => Promise<unknown>) =>
		transaction(exchange().db, 'system:test', sql);

	/** Puts goods into the public feed as an approval does, in one transaction. */
	async function publish(...listings: PublicListing[]): Promise<void> {
		await asSystem(async (tx) => {
			for (const listing of listings)
				await tx`select feed_publish('listings', ${listing.id}, array['public'],
					array[${JSON.stringify(listing)}]::text[]::jsonb[])`;
		});
	}
	const withdraw = (id: string) =>
		asSystem((tx) => tx`select feed_publish('listings', ${id}, array[]::text[], array[]::jsonb[])`);

	/** What everybody may see now, and in which version of its text. */
	async function truth(): Promise<Record<string, string>> {
		const rows = await exchange().owner<{ id: string; title: string }[]>`
			select doc_id as id, doc ->> 'title' as title from sync_feed
			where audience = 'public' and collection = 'listings' and doc is not null`;
		return Object.fromEntries(rows.map(({ id, title }) => [id, title]));
	}

	/** The night job, on one day and again ten weeks later: tombstones of before are taken away. */
	async function compact(): Promise<void> {
		years += 1;
		for (const day of ['01-01', '03-15'])
			await asSystem((tx) => compactFeed(tx, `${2030 + years}-${day}T00:00:00Z`, '60 days'));
	}

	/** Three sectors, two goods each, packed. */
	async function stocked() {
		const of = (sectorId: string, wardCode = '28477') => goods({ sectorId, wardCode });
		const all = {
			fruit: [of('nong-san'), of('nong-san', '28261')] as const,
			crafts: [of('thu-cong'), of('thu-cong')] as const,
			trips: [of('du-lich'), of('du-lich')] as const
		};
		await publish(...Object.values(all).flat());
		await packs.make();
		return all;
	}

	return { exchange, packs, device, restarted, putAway, publish, withdraw, compact, truth, stocked };
}

let approved = 0;
export const goods = (over: Partial<PublicListing> = {}): PublicListing => ({
	id: randomUUID(),
	rev: 1,
	title: 'Sầu riêng Ri6',
	categoryId: 'trai-cay',
	sectorId: 'nong-san',
	price: 85_000,
	unit: 'kg',
	bulk: null,
	stock: null,
	minimum: null,
	description: '',
	ingredients: '',
	packing: '',
	wardCode: '28477',
	wardName: 'Xã Ngũ Hiệp',
	formerly: '',
	place: '',
	growingAreaCode: '',
	certificates: [],
	payment: [],
	shipping: [],
	shippingTerms: '',
	deliveryDays: null,
	photos: [],
	seller: { id: randomUUID(), name: 'Vườn bà Tư', phone: '' },
	agency: { id: 'so-nnmt', name: 'Sở' },
	approvedAt: new Date(1_790_000_000_000 + 60_000 * (approved += 1)).toISOString(),
	...over
});

/** What the device shows, by id, in which version of its text. */
export async function shown(of: TestDevice): Promise<Record<string, string>> {
	return Object.fromEntries([...(await readCatalogue(of.store))].map(([id, { data }]) => [id, data.title]));
}

/** A line that counts what is fetched. */
export function counted(line: PackWire) {
	const fetched: string[] = [];
	let manifests = 0;
	return {
		fetched,
		manifests: () => manifests,
		manifest: () => {
			manifests += 1;
			return line.manifest();
		},
		pack: (hash: string, anew: boolean) => {
			fetched.push(hash);
			return line.pack(hash, anew);
		}
	};
}
