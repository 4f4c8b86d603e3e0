import { openTestDevice, type TestDevice } from '../../sync/test-world.ts';
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '$lib/server/db/pool.ts';
import { openDiskStore } from '$lib/server/files/store.ts';
import { serveUploads } from '$lib/server/files/testing/upload-server.ts';
import { openUploads } from '$lib/server/files/uploads.ts';
import { keepPhoto } from '$lib/sync/blobs/photos.ts';
import { PhotoUploader } from '$lib/sync/blobs/uploader.ts';
import { createDraft, submitDraft, typeIntoDraft } from '$lib/sync/outbox/drafts.ts';
import { enqueue } from '$lib/sync/outbox/outbox.ts';
import { readCases, readUnsent } from '$lib/sync/reads.ts';
import { caseSubjectRev } from '$lib/domain/moderation/schema.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import { openBackedUp, type BackedUp } from '../../../../tests/world/backed-up.ts';
import { people, type Person } from '../../../../tests/world/exchange.ts';
import { verifyBackup } from './verify.ts';

/** The rows and files of one exchange on a cluster of its own, kept by a backup; then nothing of it is left. */
const members = [people.batu, people.chilan, people.anhminh];
const now = () => new Date().toISOString();
const slow = { timeout: 240_000 };
let world: BackedUp;

/** One phone at a time is awake: RxDB opens no more collections than those of one store. */
async function on<T>(person: Person, work: (device: TestDevice) => Promise<T>): Promise<T> {
	const device = await openTestDevice(world.exchange, person, { name: `drill-${person.userName}` });
	try {
		return await work(device);
	} finally {
		await device.close();
	}
}

/** Sends photos as the program does, and keeps on syncing until nothing is under way. */
async function settle(device: TestDevice): Promise<void> {
	const uploads = openUploads({
		db: world.exchange.db,
		files: openDiskStore(world.dataDir),
		dataDir: world.dataDir,
		now,
		log: { error: () => undefined }
	});
	const asked = async (request: Request, owner: string) =>
		request.method === 'GET'
			? Response.json(await uploads.stateOf(owner, new URL(request.url).searchParams.get('hash') ?? ''))
			: uploads.handle(request, owner);
	const server = await serveUploads({ ...uploads, handle: asked }, device.actor.id);
	const uploader = new PhotoUploader({
		store: device.store,
		endpoint: server.endpoint,
		fault: (error) => {
			throw error;
		}
	});
	for (let round = 0; round < 3; round += 1) {
		await device.sync();
		await uploader.sendAll();
		device.clock.waitedMs += 60_000;
	}
	await device.sync();
	await server.close();
}

async function offers(device: TestDevice, colour: string, title: string): Promise<string> {
	const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: colour } })
		.jpeg()
		.toBuffer();
	const bytes = new Uint8Array(picture).buffer;
	const photo = await keepPhoto(device.store, { bytes, type: 'image/jpeg', thumb: null }, device.here.now());
	const { listingId } = await createDraft(device.store, device.here);
	await typeIntoDraft(device.store, device.here, listingId, world.exchange.goods({ title, photos: [photo] }));
	await submitDraft(device.store, device.here, listingId);
	await settle(device);
	return listingId;
}

async function sends(device: TestDevice, command: AnyCommand): Promise<void> {
	await enqueue(device.store.local, command, { id: randomUUID(), deviceTime: device.here.now() });
	await settle(device);
}

async function approves(device: TestDevice, listingId: string): Promise<void> {
	await device.sync();
	const view = (await readCases(device.store)).find(
		(one) => one.case.kind === 'listing' && one.case.listingId === listingId
	);
	if (!view) throw new Error('the officer does not see the case');
	const input = {
		caseId: view.case.id,
		listingRev: caseSubjectRev(view.case),
		note: '',
		decision: 'approve'
	} as const;
	await sends(device, { name: 'case.decide', input });
}

const asked = <T extends object>(
	question: (tx: Parameters<Parameters<typeof transaction>[2]>[0]) => Promise<T[]>
) => transaction(world.exchange.db, 'system:test', question);

/** What the exchange holds, in words that do not change with a restore. */
async function truth() {
	const listings = await asked(
		(tx) => tx<{ id: string; state: string; rev: number }[]>`select id, state, rev from listings order by id`
	);
	const orders = await asked(
		(tx) =>
			tx<{ id: string; quantity: number }[]>`select id, quantity::int as quantity from orders order by id`
	);
	const cases = await asked(
		(tx) => tx<{ id: string; state: string }[]>`select id, state from cases order by id`
	);
	const commands = await asked(
		(tx) => tx<{ id: string; outcome: string }[]>`
			select id, outcome ->> 'outcome' as outcome from command_log order by id`
	);
	const stored = await asked(
		(tx) => tx<{ sha256: string; key: string }[]>`
			select sha256, detail_key as key from uploads where state = 'stored' order by sha256`
	);
	const hashes = stored.map(({ sha256, key }) => ({
		sha256,
		content: createHash('sha256')
			.update(fs.readFileSync(path.join(world.dataDir, 'files', key)))
			.digest('hex')
	}));
	return { listings, orders, cases, commands, hashes };
}

beforeAll(async () => {
	world = await openBackedUp({ members, durable: false });
});
afterAll(() => world.close());

const kept = (person: Person) => on(person, (device) => device.store.local.kept.count());

test(
	'sync 13: backed up, worked on, destroyed, restored: devices give back what was lost',
	slow,
	async () => {
		await world.keeper.round();
		const held = await on(people.batu, (tu) => offers(tu, '#3a7', 'Sầu riêng Ri6'));
		expect(await kept(people.batu)).toBeGreaterThan(0);
		await world.keeper.round();
		await on(people.batu, settle);
		expect(await kept(people.batu)).toBe(0);

		// From here on everything is acknowledged, and in no backup.
		await on(people.anhminh, (minh) => approves(minh, held));
		const place = world.exchange.order({ id: held, content: world.exchange.goods() }, 3);
		await on(people.chilan, (lan) => sends(lan, { name: 'order.place', input: place }));
		const lost = await on(people.batu, (tu) => offers(tu, '#a37', 'Mận An Phước'));
		await on(people.anhminh, (minh) => approves(minh, lost));
		const confirm = {
			event: 'confirm',
			reason: '',
			carrier: '',
			trackingCode: '',
			shippingFee: null
		} as const;
		const input = { orderId: place.orderId, rev: 1, ...confirm };
		await on(people.batu, (tu) => sends(tu, { name: 'order.advance', input }));
		const before = await truth();
		expect(before.listings.map(({ state }) => state)).toEqual(['approved', 'approved']);
		expect(before.commands.every(({ outcome }) => outcome === 'applied')).toBe(true);
		expect(await verifyBackup(world.backupDir)).toMatchObject({ wrong: [], files: 1 });

		await world.destroy();
		expect(await world.restore()).toMatchObject({ files: 1, damaged: [] });
		const after = await truth();
		expect(after.listings.map(({ id }) => id)).toEqual([held]);
		expect(after.orders).toEqual([]);

		// In the worst order: who builds on the others comes back first.
		const everybody = [people.chilan, people.batu, people.anhminh];
		for (let round = 0; round < 3; round += 1) for (const person of everybody) await on(person, settle);
		expect(await truth()).toEqual(before);
		for (const person of everybody) expect(await on(person, ({ store }) => readUnsent(store))).toEqual([]);

		// The new machine dies before its first copy: the old one is brought back once more.
		for (const person of everybody) expect(await kept(person)).toBeGreaterThan(0);
		await world.destroy();
		await world.restore();
		expect((await truth()).orders).toEqual([]);
		for (let round = 0; round < 3; round += 1) for (const person of everybody) await on(person, settle);
		expect(await truth()).toEqual(before);

		await world.keeper.round();
		for (const person of everybody) {
			await on(person, settle);
			expect(await kept(person)).toBe(0);
		}
	}
);
