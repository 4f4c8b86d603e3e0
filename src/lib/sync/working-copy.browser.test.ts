import { afterEach, describe, expect, test, vi } from 'vitest';
import { shrinkPhoto } from './blobs/shrink.ts';
import { keepPhoto } from './blobs/photos.ts';
import { leadOneTab } from './engine/leader.ts';
import { createDraft, readDraft, typeIntoDraft, type Here } from './outbox/drafts.ts';
import { enqueue } from './outbox/outbox.ts';
import { liveReads } from './reads.ts';
import { openStore, type Store } from './store/store.ts';
import { WhoIsHere } from './store/who.ts';
import { effectRoot } from './testing/effect-root.svelte.ts';

const here: Here = { now: () => new Date().toISOString(), newId: () => crypto.randomUUID() };
const open: Store[] = [];
const openHere = async (userId: string | null, prefix = 'test'): Promise<Store> => {
	const store = await openStore({ userId, prefix });
	open.push(store);
	return store;
};
afterEach(async () => {
	for (const store of open.splice(0)) await store.wipe();
});

describe('sync 4: on real IndexedDB', () => {
	test('sync 4: what was typed and queued is there after the page was killed', async () => {
		const userId = crypto.randomUUID();
		const before = await openStore({ userId, prefix: 'test' });
		const { listingId } = await createDraft(before, here);
		await typeIntoDraft(before, here, listingId, { title: 'Sầu riêng Ri6', price: 85_000 });
		await enqueue(
			before.local,
			{ name: 'draft.save', input: { listingId, base: 0, fields: { title: 'Sầu riêng Ri6' } } },
			{ id: here.newId(), deviceTime: here.now() }
		);
		const hash = await keepPhoto(
			before,
			{ bytes: new Uint8Array([1, 2, 3]).buffer, type: 'image/jpeg', thumb: null },
			here.now()
		);
		// Nothing is closed, nothing is flushed.
		const after = await openHere(userId);
		expect((await readDraft(after, listingId))?.content).toMatchObject({
			title: 'Sầu riêng Ri6',
			price: 85_000
		});
		expect(await after.local.outbox.toArray()).toMatchObject([{ name: 'draft.save', seq: 1 }]);
		expect((await after.local.photoBytes.get(hash))?.original?.byteLength).toBe(3);
	});

	test('sync 6: each person has a store of their own, wiping one leaves the other', async () => {
		const [tu, lan] = [crypto.randomUUID(), crypto.randomUUID()];
		const hers = await openStore({ userId: tu, prefix: 'test' });
		const { listingId } = await createDraft(hers, here);
		await hers.close();
		const his = await openStore({ userId: lan, prefix: 'test' });
		expect(await readDraft(his, listingId)).toBeNull();
		await his.wipe();
		const names = (await indexedDB.databases()).map((db) => db.name ?? '');
		expect(names.filter((name) => name.includes(lan))).toEqual([]);
		expect(await readDraft(await openHere(tu), listingId)).not.toBeNull();
	});

	test('a screen’s read follows what is typed and queued', async () => {
		const store = await openHere(crypto.randomUUID());
		const reads = liveReads(
			store,
			() => null,
			(error) => {
				throw error;
			}
		);
		const seen: string[] = [];

		const stop = effectRoot(() => {
			seen.push(`${reads.myListings.ready} ${reads.myListings.current.map((view) => view.content.title)}`);
		});
		await expect.poll(() => seen.at(-1)).toBe('true ');
		const { listingId } = await createDraft(store, here);
		await typeIntoDraft(store, here, listingId, { title: 'Bưởi da xanh' });
		await expect.poll(() => seen.at(-1)).toBe('true Bưởi da xanh');
		stop();
	});

	test('sync 6: who is signed in is known without a network', async () => {
		const who = new WhoIsHere(`test-who-${crypto.randomUUID()}`);
		const tu = { id: crypto.randomUUID(), name: 'Nguyễn Thị Tư', roles: [], posts: [], businessId: null };
		expect(await who.learn(tu, 'first session')).toBe(true);
		expect(await who.actor()).toEqual(tu);
		await who.leave(tu.id);
		expect(await who.actor()).toBeNull();
		expect(await who.leaving()).toEqual({ actorId: tu.id, session: 'first session' });
		// Until the server knows, its cookie signs nobody in; the session to be ended stays the first one.
		expect(await who.learn(tu, 'second session')).toBe(false);
		expect(await who.leaving()).toEqual({ actorId: tu.id, session: 'first session' });
		who.close();
	});
});

describe('sync 14: two tabs, one leader', () => {
	test('sync 14: one leads, the other takes over when it goes', async () => {
		const name = `test-${crypto.randomUUID()}`;
		const leading: string[] = [];
		const tab = (id: string) =>
			leadOneTab(name, async (ended) => {
				leading.push(id);
				await ended;
				leading.splice(leading.indexOf(id), 1);
			});
		const first = tab('first');
		await expect.poll(() => leading).toEqual(['first']);
		const second = tab('second');
		const third = tab('third');
		expect(leading).toEqual(['first']);
		await third();
		await first();
		await expect.poll(() => leading).toEqual(['second']);
		await second();
		expect(leading).toEqual([]);
	});
});

describe('sync 5: a photo is made small on the device', () => {
	async function drawn(width: number, height: number, type: string): Promise<Blob> {
		const canvas = new OffscreenCanvas(width, height);
		const context = canvas.getContext('2d');
		if (!context) throw new Error('no canvas');
		for (let at = 0; at < 500; at += 1) {
			context.fillStyle = `hsl(${(at * 37) % 360} 70% 50%)`;
			context.fillRect((at * 131) % width, (at * 197) % height, 80, 80);
		}
		return canvas.convertToBlob({ type });
	}
	const sizeOf = async (bytes: ArrayBuffer) => {
		const bitmap = await createImageBitmap(new Blob([bytes]));
		return [bitmap.width, bitmap.height];
	};

	test('sync 5: at most 1600 px, as JPEG, with a small picture of itself', async () => {
		const shrunk = await shrinkPhoto(await drawn(4000, 3000, 'image/png'));
		if (!shrunk.ok) throw new Error(shrunk.refusal.code);
		expect(shrunk.value.type).toBe('image/jpeg');
		expect(await sizeOf(shrunk.value.bytes)).toEqual([1600, 1200]);
		expect(await sizeOf(shrunk.value.thumb ?? new ArrayBuffer(0))).toEqual([320, 240]);
	});

	test('sync 5: a small one is not blown up', async () => {
		const shrunk = await shrinkPhoto(await drawn(300, 200, 'image/webp'));
		if (!shrunk.ok) throw new Error(shrunk.refusal.code);
		expect(await sizeOf(shrunk.value.bytes)).toEqual([300, 200]);
	});

	test.each([
		[8_000, 6_250, [1600, 1250]],
		[6_250, 8_000, [1250, 1600]]
	])('sync 5: %i × %i pixels, 50 million, are made small', async (width, height, small) => {
		const shrunk = await shrinkPhoto(await drawn(width, height, 'image/jpeg'));
		if (!shrunk.ok) throw new Error(shrunk.refusal.code);
		expect(await sizeOf(shrunk.value.bytes)).toEqual(small);
	});

	test('sync 5: a phone without the memory for all of it reads the photo small at once', async () => {
		const photo = await drawn(3_000, 4_000, 'image/jpeg');
		const whole = window.createImageBitmap.bind(window);
		// The one part that cannot be had on a machine with memory: the whole picture does not fit.
		const poor = async (image: ImageBitmapSource, options: unknown): Promise<ImageBitmap> => {
			if (typeof options === 'object' && options !== null && 'resizeWidth' in options)
				return whole(image, { imageOrientation: 'from-image', resizeWidth: Number(options.resizeWidth) });
			throw new DOMException('could not be allocated', 'InvalidStateError');
		};
		const spied = vi.spyOn(window, 'createImageBitmap').mockImplementation(poor);
		const shrunk = await shrinkPhoto(photo).finally(() => spied.mockRestore());
		if (!shrunk.ok) throw new Error(shrunk.refusal.code);
		expect(await sizeOf(shrunk.value.bytes)).toEqual([1200, 1600]);
	});

	test.each([
		['text', new Blob(['not a picture'], { type: 'image/jpeg' })],
		['nothing', new Blob([])]
	])('sync 5: %s is refused before it is kept', async (_, file) => {
		expect(await shrinkPhoto(file)).toMatchObject({ ok: false, refusal: { code: 'upload_not_an_image' } });
	});
});
