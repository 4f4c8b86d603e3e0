import { keepPiece } from '../blobs/voice.ts';
import { createDraft, typeIntoDraft, type Here } from '../outbox/drafts.ts';
import { enqueue } from '../outbox/outbox.ts';
import { openStore, type Store } from '../store/store.ts';

/** A second tab as a thread of its own, which goes on writing into a store that the first one wipes (tests of sync 6). */
export type StoreOrder = { readonly open: string; readonly prefix: string } | 'write';
export type StoreSaid = 'open' | { readonly refused: number; readonly of: number };

const say = (said: StoreSaid) => self.postMessage(said);
const here: Here = { now: () => new Date().toISOString(), newId: () => crypto.randomUUID() };
let store: Store | undefined;
let listingId = '';

self.addEventListener('message', ({ data }: MessageEvent<StoreOrder>) => void obey(data));

async function obey(order: StoreOrder): Promise<void> {
	if (order !== 'write') {
		store = await openStore({ userId: order.open, prefix: order.prefix });
		listingId = (await createDraft(store, here)).listingId;
		return say('open');
	}
	if (!store) throw new Error('no store is open');
	const { local } = store;
	const input = { listingId, base: 0, fields: { title: 'Sầu riêng Ri6' } };
	const all = await Promise.allSettled([
		typeIntoDraft(store, here, listingId, { title: 'Sầu riêng Ri6' }),
		enqueue(local, { name: 'draft.save', input }, { id: here.newId(), deviceTime: here.now() }),
		keepPiece(store, listingId, { nth: 0, type: 'audio/webm', bytes: new ArrayBuffer(8) }),
		store.readState()
	]);
	say({ refused: all.filter(({ status }) => status === 'rejected').length, of: all.length });
}
