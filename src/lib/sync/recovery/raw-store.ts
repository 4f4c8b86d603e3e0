/**
 * Reads IndexedDB as it lies on the disk, without the libraries that usually open it: a store they refuse (a newer or
 * half-written schema, a damaged index) may still give its rows, one object store or one row at a time (sync 15).
 */
export type RawRows = {
	readonly rows: ReadonlyMap<string, readonly unknown[]>;
	/** `database/store` that gave nothing or not all; the database's name alone when it does not open. */
	readonly unread: readonly string[];
};

const openWithinMs = 10_000;
const readWithinMs = 30_000;
const writeWithinMs = 10_000;

/** These object stores of a database, if it exists. Never makes one, never rejects. */
export async function readRaw(name: string, stores: readonly string[]): Promise<RawRows> {
	const rows = new Map<string, unknown[]>();
	const unread: string[] = [];
	const db = await within(openWithinMs, openExisting(name)).catch(() => 'closed' as const);
	if (db === null) return { rows, unread };
	if (db === 'closed') return { rows, unread: [name] };
	try {
		for (const store of stores) {
			if (!db.objectStoreNames.contains(store)) continue;
			const found = await readStore(db, store);
			rows.set(store, found.rows);
			if (!found.whole) unread.push(`${name}/${store}`);
		}
	} finally {
		db.close();
	}
	return { rows, unread };
}

/**
 * The rows of one object store as `change` leaves them, written in the transaction that read them; null = that cannot be
 * done here, and nothing is changed. Never makes a database, never rejects.
 */
export async function changeRaw(
	name: string,
	store: string,
	change: (row: unknown) => unknown
): Promise<readonly unknown[] | null> {
	const db = await within(openWithinMs, openExisting(name)).catch(() => null);
	if (!db) return null;
	try {
		const writing = db.transaction(store, 'readwrite', { durability: 'strict' });
		return await within(writeWithinMs, inOne(writing, store, change)).catch((error: unknown) => {
			// Too late is not done: it must not hold up those who only read.
			writing.abort();
			throw error;
		});
	} catch {
		return null;
	} finally {
		db.close();
	}
}

function inOne(
	writing: IDBTransaction,
	name: string,
	change: (row: unknown) => unknown
): Promise<readonly unknown[]> {
	return new Promise((resolve, reject) => {
		const store = writing.objectStore(name);
		let changed: unknown[] = [];
		writing.oncomplete = () => resolve(changed);
		writing.onabort = () => reject(writing.error ?? new Error(`${name} was not changed`));
		writing.onerror = (event) => {
			event.preventDefault();
			writing.abort();
		};
		const read: IDBRequest<unknown[]> = store.getAll();
		read.onsuccess = () => {
			changed = read.result.map(change);
			try {
				for (const [at, row] of changed.entries()) if (row !== read.result[at]) store.put(row);
			} catch {
				// A row that does not fit the store it lies in.
				writing.abort();
			}
		};
	});
}

/** Takes the rows that are `these` out, all or none. False where that cannot be done. Never makes a database, never rejects. */
export async function removeRaw(
	name: string,
	store: string,
	these: (row: unknown) => boolean
): Promise<boolean> {
	const db = await within(openWithinMs, openExisting(name)).catch(() => false as const);
	if (!db) return db === null;
	const gone = new Promise<boolean>((resolve) => {
		const writing = db.transaction(store, 'readwrite', { durability: 'strict' });
		writing.oncomplete = () => resolve(true);
		writing.onabort = () => resolve(false);
		const read: IDBRequest<IDBCursorWithValue | null> = writing.objectStore(store).openCursor();
		read.onsuccess = () => {
			const cursor = read.result;
			if (cursor === null) return;
			if (these(cursor.value)) cursor.delete();
			cursor.continue();
		};
	});
	try {
		return await within(writeWithinMs, gone);
	} catch {
		return false;
	} finally {
		db.close();
	}
}

/** Names of the databases of this origin; none where the browser does not tell. */
export async function databaseNames(): Promise<string[]> {
	const found = (await indexedDB.databases?.().catch(() => [])) ?? [];
	return found.flatMap((one) => one.name ?? []);
}

/** Deletes a database. False when another page still holds it open. */
export function deleteDatabase(name: string): Promise<boolean> {
	const gone = new Promise<boolean>((resolve) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve(true);
		request.onerror = () => resolve(false);
	});
	return within(openWithinMs, gone).catch(() => false);
}

function openExisting(name: string): Promise<IDBDatabase | null> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name);
		// Only one that is not there is upgraded from nothing: undo that, so that looking leaves no trace.
		request.onupgradeneeded = () => {
			request.transaction?.abort();
			resolve(null);
		};
		request.onsuccess = () => {
			// A page that wants to upgrade or delete must not wait for this one.
			request.result.onversionchange = () => request.result.close();
			resolve(request.result);
		};
		request.onerror = (event) => {
			event.preventDefault();
			reject(request.error ?? new Error(`${name} does not open`));
		};
	});
}

async function readStore(db: IDBDatabase, store: string): Promise<{ rows: unknown[]; whole: boolean }> {
	const ask = <T>(question: (from: IDBObjectStore) => IDBRequest<T>) =>
		within(
			readWithinMs,
			answer(() => question(db.transaction(store, 'readonly').objectStore(store)))
		);
	try {
		return { rows: await ask((from) => from.getAll()), whole: true };
	} catch {
		// One row that cannot be read fails them all: try them one by one.
		const keys = await ask((from) => from.getAllKeys()).catch(() => null);
		if (keys === null) return { rows: [], whole: false };
		const rows: unknown[] = [];
		for (const key of keys) {
			const row: unknown = await ask((from): IDBRequest<unknown> => from.get(key)).catch(() => undefined);
			if (row !== undefined) rows.push(row);
		}
		return { rows, whole: rows.length === keys.length };
	}
}

const answer = <T>(ask: () => IDBRequest<T>): Promise<T> =>
	new Promise((resolve, reject) => {
		const request = ask();
		request.onsuccess = () => resolve(request.result);
		request.onerror = (event) => {
			event.preventDefault();
			reject(request.error ?? new Error('the store gave no answer'));
		};
	});

/** A damaged store may never answer at all. */
function within<T>(ms: number, work: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error('no answer in time')), ms);
		work.then(resolve, reject).finally(() => clearTimeout(timer));
	});
}
