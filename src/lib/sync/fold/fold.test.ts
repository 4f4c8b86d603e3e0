import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { emptyListing, type MyListing } from '$lib/domain/listings/schema.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { StoredDoc } from '../store/documents.ts';
import { newestById } from '../store/documents.ts';
import type { OutboxRow, PhotoRow } from '../store/local.ts';
import { foldMyListings } from './listings.ts';
import { newDraft } from './merge.ts';
import { foldNotifications } from './notifications.ts';
import { foldUnsent } from './unsent.ts';

const at = '2026-11-22T01:00:00.000Z';
const listingId = randomUUID();
const content = { ...emptyListing, title: 'Sầu riêng Ri6', price: 85_000, photos: ['p', 'q'] };

const stored = <D>(id: string, version: number, data: D): StoredDoc<D> => ({
	key: `user:x|${id}`,
	audience: 'user:x',
	id,
	version,
	round: 1,
	order: 0,
	data
});
const server = (over: Partial<MyListing> = {}): MyListing => ({
	id: listingId,
	state: 'draft',
	rev: 1,
	content,
	storedPhotos: [],
	review: null,
	publishedRev: null,
	updatedAt: at,
	...over
});
const submit = (over: Partial<Omit<OutboxRow, 'name' | 'input'>> = {}): OutboxRow => ({
	name: 'listing.submit',
	input: { listingId, base: 1, content: { ...content, price: 85_000 } },
	seq: 1,
	id: randomUUID(),
	subject: `listing:${listingId}`,
	deviceTime: at,
	after: [],
	blobs: ['p', 'q'],
	state: 'waiting',
	sent: false,
	version: null,
	receipt: null,
	receivedAt: null,
	refusal: null,
	released: false,
	goods: null,
	...over
});
const photo = (hash: string, state: PhotoRow['state']): PhotoRow => ({
	hash,
	type: 'image/jpeg',
	bytes: 10,
	bytesSent: 0,
	state,
	uploadUrl: null,
	refusal: null,
	addedAt: at
});
const work = (rows: OutboxRow[], ...photos: PhotoRow[]) => ({
	rows,
	photos: new Map(photos.map((p) => [p.hash, p]))
});
const docs = (...all: StoredDoc<MyListing>[]) => newestById(all);
const one = (...args: Parameters<typeof foldMyListings>) => foldMyListings(...args)[0];

describe('where a listing is', () => {
	test('on this phone → sending, photo by photo → acknowledged → received → approved', () => {
		const draft = { ...newDraft(listingId, at), content };
		expect(one(docs(), [draft], work([]))).toMatchObject({ place: { at: 'on_device' }, unsaved: true });
		const waiting = work([submit()], photo('p', 'stored'), photo('q', 'on_device'));
		expect(one(docs(), [draft], waiting)).toMatchObject({
			place: { at: 'sending', sentPhotos: 1, totalPhotos: 2 },
			editable: false
		});
		const acked = submit({ state: 'acknowledged', version: 9, receivedAt: at });
		expect(one(docs(), [draft], work([acked]))).toMatchObject({
			place: { at: 'acknowledged', receivedAt: at }
		});
		const review = {
			code: 'TG-42-17',
			agencyName: 'Sở',
			receivedAt: at,
			dueAt: at,
			lastDay: '2026-11-25',
			decidedAt: null,
			decision: null,
			reasonCodes: [],
			note: ''
		};
		const received = stored(listingId, 9, server({ state: 'submitted', rev: 2, review }));
		expect(one(docs(received), [], work([acked]))).toMatchObject({
			place: { at: 'received', code: 'TG-42-17' }
		});
		const approved = stored(listingId, 12, server({ state: 'approved', rev: 3, review }));
		expect(one(docs(approved), [], work([]))).toMatchObject({ place: { at: 'approved' }, editable: true });
	});

	test('sync 3: an older document does not hide what was acknowledged after it, a newer one does', () => {
		const acked = submit({ state: 'acknowledged', version: 9, receivedAt: at, released: true });
		const before = stored(listingId, 8, server());
		expect(one(docs(before), [], work([acked]))?.place.at).toBe('acknowledged');
		const after = stored(listingId, 9, server({ state: 'withdrawn' }));
		expect(one(docs(after), [], work([acked]))?.place.at).toBe('withdrawn');
	});

	test('sync 2: a refused submission shows why and what was typed, and may be edited', () => {
		const refused = submit({ state: 'refused', refusal: { code: 'unknown_ward' } });
		const draft = { ...newDraft(listingId, at, server()), content: { ...content, title: 'Sửa lại' } };
		expect(one(docs(stored(listingId, 5, server())), [draft], work([refused]))).toMatchObject({
			place: { at: 'refused', refusal: { code: 'unknown_ward' }, commandId: refused.id },
			content: { title: 'Sửa lại' },
			editable: true
		});
	});

	test('a draft thrown away here is gone at once', () => {
		const gone: OutboxRow = {
			...submit({ blobs: [] }),
			name: 'draft.discard',
			input: { listingId, base: 1 }
		};
		expect(foldMyListings(docs(stored(listingId, 5, server())), [], work([gone]))).toEqual([]);
	});

	test('sync 8: two projections of one listing are one line, the newer one', () => {
		const older = { ...stored(listingId, 5, server()), key: `agency:y|${listingId}`, audience: 'agency:y' };
		const newer = stored(listingId, 6, server({ state: 'withdrawn' }));
		const views = foldMyListings(docs(newer, older), [], work([]));
		expect(views.map((view) => view.place.at)).toEqual(['withdrawn']);
	});
});

describe('TG-17.1 stock said anew', () => {
	const restock = (over: Partial<Omit<OutboxRow, 'name' | 'input'>> = {}): OutboxRow => ({
		...submit({ blobs: [], ...over }),
		name: 'listing.restock',
		input: { listingId, base: 3, stock: 80 }
	});
	const onSale = stored(listingId, 12, server({ state: 'approved', rev: 3 }));

	test('TG-17.1 it lies beside the listing, which stays where it is and may be edited', () => {
		expect(one(docs(onSale), [], work([restock()]))).toMatchObject({
			place: { at: 'approved' },
			editable: true,
			content: { stock: content.stock },
			restock: { stock: 80, command: { state: { at: 'waiting' } } }
		});
	});

	test('sync 3: it is shown until both collections it touches have come, refused until it is answered', () => {
		const seen = (over: Parameters<typeof restock>[0]) =>
			one(docs(onSale), [], work([restock(over)]))?.restock?.command.state.at;
		// The listing has come back already, the market has not.
		expect(seen({ state: 'acknowledged', version: 12, receivedAt: at })).toBe('acknowledged');
		expect(seen({ state: 'acknowledged', version: 12, receivedAt: at, released: true })).toBeUndefined();
		expect(seen({ state: 'refused', refusal: { code: 'stale_version' } })).toBe('refused');
	});
});

describe('notifications and what is unsent', () => {
	const note: NotificationDoc = {
		id: randomUUID(),
		kind: 'order_new',
		subjectId: listingId,
		facts: {},
		at,
		readAt: null
	};
	const read = (over: Partial<Omit<OutboxRow, 'name' | 'input'>> = {}): OutboxRow => ({
		...submit({ blobs: [], subject: 'notifications', ...over }),
		name: 'notification.read',
		input: { ids: [note.id] }
	});
	const readIn = (row: OutboxRow) =>
		foldNotifications(newestById([stored(note.id, 5, note)]), work([row]))[0]?.read;

	test('sync 3: read here is read, unless the exchange refused it', () => {
		expect(readIn(read())).toBe(true);
		expect(readIn(read({ state: 'acknowledged', version: 6 }))).toBe(true);
		expect(readIn(read({ state: 'refused' }))).toBe(false);
	});

	test('sync 2: unsent and refused commands are all listed, in their order, with their goods', () => {
		const rows = [
			submit({ seq: 2, state: 'refused', refusal: { code: 'unknown_ward' } }),
			read({ seq: 1 }),
			submit({ seq: 3, state: 'acknowledged' })
		];
		const unsent = foldUnsent(work(rows), () => undefined);
		expect(unsent.map((item) => [item.name, item.title])).toEqual([
			['notification.read', ''],
			['listing.submit', 'Sầu riêng Ri6']
		]);
	});
});
