import type { Dexie } from 'dexie';
import { createRxDatabase, type RxCollection, type RxDatabase, type RxJsonSchema } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { nextSlice } from '$lib/slices.ts';
import type { CollectionDoc, CollectionName } from '../protocol/collections.ts';
import type { Draft } from './types.ts';

/**
 * How every document lies on the device, whatever it is: one generic schema, so that new fields need no RxDB
 * migration. One document may be here once an audience (sync 8).
 */
export type StoredDoc<D> = {
	/** `audience|id` */
	key: string;
	audience: string;
	id: string;
	/** The feed version it came with; 0 for what was made here. */
	version: number;
	/** The re-reading it came with: rows of an older round that are not seen again are swept (sync 9). */
	round: number;
	/** Sort key of lists, ascending; newest-first lists store a negated time. */
	order: number;
	data: D;
};

export type Documents = { [C in CollectionName]: RxCollection<StoredDoc<CollectionDoc<C>>> } & {
	drafts: RxCollection<StoredDoc<Draft>>;
};
export type DocumentsDb = RxDatabase<Documents>;

/** The audience of what never leaves this device as a document. */
export const deviceAudience = 'device';

export const documentKey = (audience: string, id: string): string => `${audience}|${id}`;

const farthest = 8_640_000_000_000_000;

function schema<D>(): RxJsonSchema<StoredDoc<D>> {
	return {
		version: 0,
		primaryKey: 'key',
		type: 'object',
		properties: {
			key: { type: 'string', maxLength: 170 },
			audience: { type: 'string', maxLength: 80 },
			id: { type: 'string', maxLength: 80 },
			version: { type: 'number' },
			round: { type: 'number' },
			order: { type: 'number', minimum: -farthest, maximum: farthest, multipleOf: 1 },
			data: { type: 'object', additionalProperties: true }
		},
		required: ['key', 'audience', 'id', 'version', 'round', 'order', 'data'],
		indexes: ['audience', 'order']
	};
}

/**
 * RxDB tells of its changes itself and asks for indexes by their whole names. What Dexie would do for that on top, with
 * every table that is opened, every row and every transaction, nobody hears.
 */
function leaveToRxDb(dexie: Dexie): void {
	for (const name of ['VirtualIndexMiddleware', 'Observability', 'Cache'])
		dexie.unuse({ stack: 'dbcore', name });
}

/** Each in a task of its own, one after the other: begun at once, eight databases stand in the way of a finger. */
function inTurns(): () => Promise<void> {
	let last = Promise.resolve();
	return () => (last = last.then(nextSlice));
}

/** Opens the documents of one user. `strict`: a save that was reported has reached the disk. */
export async function openDocuments(name: string, multiInstance: boolean): Promise<DocumentsDb> {
	const turn = inTurns();
	const onCreate = (dexie: Dexie) => {
		leaveToRxDb(dexie);
		return turn();
	};
	await turn();
	const db = await createRxDatabase<Documents>({
		name,
		storage: getRxStorageDexie({ chromeTransactionDurability: 'strict', onCreate }),
		multiInstance,
		eventReduce: false,
		closeDuplicates: true
	});
	const collections = {
		reference: { schema: schema<CollectionDoc<'reference'>>() },
		notifications: { schema: schema<CollectionDoc<'notifications'>>() },
		mine: { schema: schema<CollectionDoc<'mine'>>() },
		orders: { schema: schema<CollectionDoc<'orders'>>() },
		cases: { schema: schema<CollectionDoc<'cases'>>() },
		needs: { schema: schema<CollectionDoc<'needs'>>() },
		listings: { schema: schema<CollectionDoc<'listings'>>() },
		drafts: { schema: schema<Draft>() }
	};
	try {
		await db.addCollections(collections);
	} catch (error) {
		await db.close();
		throw error;
	}
	return db;
}

/** Documents of an id as one: a person may hold two projections, the newer one speaks (sync 8). */
export function newestById<D>(docs: readonly StoredDoc<D>[]): Map<string, StoredDoc<D>> {
	const found = new Map<string, StoredDoc<D>>();
	for (const doc of docs) {
		const other = found.get(doc.id);
		if (!other || doc.version > other.version) found.set(doc.id, doc);
	}
	return found;
}
