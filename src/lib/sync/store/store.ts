import { Dexie } from 'dexie';
import { collectionNames, type CollectionName } from '../protocol/collections.ts';
import { noteCatalogue } from './catalogue-hint.ts';
import { openDocuments, type DocumentsDb } from './documents.ts';
import { firstState, isNewer, LocalDb, type StateRow } from './local.ts';
import { storeName, workName } from './names.ts';
import { forgetPacks } from './packs.ts';

export type StoreOptions = {
	/** Whose store; null = nobody is signed in, only public documents. */
	readonly userId: string | null;
	/** False where one process is the only tab (tests in Node). */
	readonly multiInstance?: boolean;
	/** Tells stores of several devices in one process apart (tests). */
	readonly prefix?: string;
	/** A page of an older build holds the store and does not hear that this one waits for it: a person must close it. */
	readonly blocked?: () => void;
	/** A newer build opens the same store in another tab: this one should be loaded anew. */
	readonly outdated?: () => void;
	/** Told while the rest still opens: nothing of the catalogue is here yet. */
	readonly bare?: () => void;
};

/** The device's copy for one user: documents that came up, work that goes down (sync 6). */
export type Store = {
	readonly userId: string | null;
	readonly name: string;
	readonly docs: DocumentsDb;
	readonly local: LocalDb;
	readState(): Promise<StateRow>;
	/** Writes down what differs from what is `known`, if it was read just now; else it looks. */
	changeState(change: Partial<Omit<StateRow, 'id' | 'deviceId' | 'seq'>>, known?: StateRow): Promise<void>;
	close(): Promise<void>;
	/** Takes everything of this user off the device. */
	wipe(): Promise<void>;
	/** `ended | locked | revoked`: what the server owns goes; drafts, outbox and photos stay (sync 6). */
	wipeServerData(): Promise<void>;
	/** A session expired for long: personal documents go, public ones and all work stay (sync 6). */
	wipePersonalDocuments(): Promise<void>;
};

/** Names of a user's databases as the browser knows them, for whoever must do without the store (sync 15). */
export function databasesOf(userId: string | null, prefix?: string) {
	const name = storeName({ userId, ...(prefix !== undefined && { prefix }) });
	const documents = documentDatabases(name);
	return {
		work: workName(name),
		drafts: `rxdb-dexie-${name}--0--drafts`,
		all: [workName(name), ...documents]
	};
}

/** Opens one RxDB and one Dexie database for the user; creates them when they are new. */
export async function openStore(options: StoreOptions): Promise<Store> {
	const name = storeName(options);
	const local = new LocalDb(workName(name));
	local.on('blocked', () => options.blocked?.());
	// Dexie lets the newer build through by closing, and opens what is there again with the next read or write, so that
	// nothing typed in this tab is lost (sync 16).
	local.on('versionchange', ({ newVersion }) => {
		if (isNewer(newVersion)) options.outdated?.();
	});
	const docs = await openBoth(local, name, options);

	const readState = async () => (await local.state.get('this')) ?? firstState(crypto.randomUUID());
	const store: Store = {
		userId: options.userId,
		name,
		docs,
		local,
		readState,
		changeState: async (change, known) => {
			const now = new Map(Object.entries(known ?? (await readState())));
			// Said with every answer of the server: a write that changes nothing would wake every screen.
			if (Object.entries(change).some(([name, value]) => now.get(name) !== value))
				await local.state.update('this', change);
		},
		close: async () => {
			await docs.close();
			local.close();
		},
		wipe: async () => {
			noteCatalogue(name, false);
			await Promise.all(local.tables.map((table) => table.clear()));
			await docs.remove();
			local.close();
			await deleteDatabases([local.name, ...documentDatabases(name)]);
		},
		wipeServerData: async () => {
			await forgetSeen(local);
			await local.state.update('this', { knownBusiness: null });
			await forgetPacks(local);
			for (const collection of collectionNames) await forget(store, collection, () => true);
			await local.files.clear();
		},
		wipePersonalDocuments: async () => {
			await forgetSeen(local);
			await local.state.update('this', { knownBusiness: null });
			for (const collection of collectionNames)
				await forget(store, collection, (audience) => audience !== 'public');
			await local.files.clear();
		}
	};
	return store;
}

/** What an officer had before the eyes belongs to somebody else; the decision itself stays. */
async function forgetSeen(local: LocalDb): Promise<void> {
	for (const table of [local.outbox, local.kept])
		await table.filter((row) => !!row.seen).modify({ seen: null });
}

/**
 * Both halves beside each other, which is half of what a start waits for. One that does not open closes the other: held
 * open, it could not be made anew (sync 15).
 */
async function openBoth(
	local: LocalDb,
	name: string,
	{ multiInstance = true, bare }: Pick<StoreOptions, 'multiInstance' | 'bare'>
): Promise<DocumentsDb> {
	// The half that is one database goes ahead of the half that is many: it says whether anything is here.
	const opened = local.open();
	const documents = openDocuments(name, multiInstance);
	// Heard of below, once the other half is open.
	documents.catch(() => undefined);
	try {
		await opened;
		await local.transaction('rw', local.state, local.manifest, async () => {
			if (!(await local.state.get('this'))) await local.state.add(firstState(crypto.randomUUID()));
			if (!(await local.manifest.get('this'))?.complete) bare?.();
		});
		return await documents;
	} catch (error) {
		local.close();
		void documents.then(
			(opened) => opened.close(),
			() => undefined
		);
		throw error;
	}
}

/** The databases RxDB made: its `remove` empties them, but leaves them and the names they carry. */
const documentDatabases = (name: string): string[] =>
	[...collectionNames, 'drafts', '_rxdb_internal'].map((part) => `rxdb-dexie-${name}--0--${part}`);

/** Everything in them is gone already; a frozen tab that keeps one open must not hold up a sign-out. */
async function deleteDatabases(names: readonly string[]): Promise<void> {
	const patience = new Promise<void>((resolve) => setTimeout(resolve, 2_000));
	await Promise.race([Promise.all(names.map((name) => Dexie.delete(name))), patience]);
}

/** Purges the audiences `of` names. Positions go first: a cut in between re-reads, it never skips (sync 8). */
async function forget(
	store: Store,
	collection: CollectionName,
	of: (audience: string) => boolean
): Promise<void> {
	const pull = await store.local.pulls.get(collection);
	if (pull)
		await store.local.pulls.put({
			...pull,
			positions: Object.fromEntries(Object.entries(pull.positions).filter(([audience]) => !of(audience))),
			purging: true
		});
	const docs = await store.docs[collection].find().exec();
	await removeDocuments(
		store,
		collection,
		docs.filter((doc) => of(doc.audience)).map((doc) => doc.key)
	);
	await purgeDisk(store, collection);
}

/** Deletes documents; their fields stay on the disk until `purgeDisk`. */
export async function removeDocuments(
	store: Store,
	collection: CollectionName,
	keys: readonly string[]
): Promise<void> {
	let left = [...keys];
	for (let attempt = 1; left.length > 0; attempt += 1) {
		const { error } = await store.docs[collection].bulkRemove(left);
		// Another tab was faster: what it removed is gone, what it wrote is looked at again.
		left = error
			.filter((one) => one.status !== 409 || !one.documentInDb._deleted)
			.map((one) => one.documentId);
		if (attempt === 3 && left.length > 0)
			throw new Error(`could not remove ${left.length} documents of ${collection}`);
	}
}

/**
 * Takes deleted documents off the disk: RxDB only marks them. The minimum age lies far in the future because
 * the age is read from the device's clock, which may have jumped back since (sync 12).
 */
export async function purgeDisk(store: Store, collection: CollectionName): Promise<void> {
	await store.docs[collection].storageInstance.cleanup(-1e15);
	await store.local.pulls.update(collection, { purging: false });
}
