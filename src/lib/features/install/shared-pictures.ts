import { sharedPictures as databaseName } from '../../sync/store/names.ts';

/**
 * Pictures another app handed over (share_target), until somebody says which listing they are for. A small database of
 * its own: the worker takes them before anybody is known, and private pictures never enter Cache Storage (sync 5).
 */
const storeName = 'pictures';
/** One listing takes eight; who shares more chooses again. */
export const mostShared = 24;
/** The name of the form's field in the manifest. */
export const sharedField = 'pictures';
export const sharePath = '/app/share';

export type SharedPicture = { readonly id: number; readonly file: Blob };
/** What the landing page is told, behind `#`. */
export const shareEnds = ['kept', 'none', 'too_many', 'full'] as const;
export type ShareEnd = (typeof shareEnds)[number];

/** Keeps what a form brings; never rejects. What was shared earlier and not used goes. */
export async function takeShared(form: FormData): Promise<ShareEnd> {
	const files = form
		.getAll(sharedField)
		.filter(
			(value): value is File => value instanceof File && value.type.startsWith('image/') && value.size > 0
		);
	if (files.length === 0) return 'none';
	try {
		await within('readwrite', (store) => {
			store.clear();
			for (const file of files.slice(0, mostShared)) store.add(file);
		});
	} catch {
		return 'full';
	}
	return files.length > mostShared ? 'too_many' : 'kept';
}

export async function readShared(): Promise<SharedPicture[]> {
	const found: SharedPicture[] = [];
	await within('readonly', (store) => {
		store.openCursor().onsuccess = (event) => {
			const cursor = event.target instanceof IDBRequest ? event.target.result : null;
			if (!(cursor instanceof IDBCursorWithValue)) return;
			if (cursor.value instanceof Blob) found.push({ id: Number(cursor.key), file: cursor.value });
			cursor.continue();
		};
	});
	return found;
}

export const forgetShared = (ids: readonly number[]): Promise<void> =>
	within('readwrite', (store) => {
		for (const id of ids) store.delete(id);
	});

/** Resolves when what was done is stored. */
function within(mode: IDBTransactionMode, work: (store: IDBObjectStore) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(databaseName, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { autoIncrement: true });
		opening.onerror = () => reject(opening.error);
		opening.onsuccess = () => {
			const database = opening.result;
			const transaction = database.transaction(storeName, mode);
			const over = (end: () => void) => () => {
				database.close();
				end();
			};
			transaction.oncomplete = over(resolve);
			transaction.onabort = over(() => reject(transaction.error));
			work(transaction.objectStore(storeName));
		};
	});
}
