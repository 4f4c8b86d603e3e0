import { sharedPictures as databaseName } from '../../sync/store/names.ts';

/**
 * Pictures another app handed over (share_target), until somebody says which listing they are for. A small database of
 * its own: the worker takes them before a store is open, and private pictures never enter Cache Storage (sync 5). The
 * whole browser has one, so each says who was signed in when it came.
 */
const storeName = 'pictures';
/** One listing takes eight; who has more waiting uses some of them first. */
export const mostShared = 24;
/** The name of the form's field in the manifest. */
export const sharedField = 'pictures';
export const sharePath = '/app/share';

export type SharedPicture = { readonly id: number; readonly file: Blob };
/** `by`: who was signed in; null = nobody, or a build that did not ask. */
type Row = { readonly file: Blob; readonly by: string | null };
/** What the landing page is told, behind `#`. */
export const shareEnds = ['kept', 'none', 'too_many', 'full'] as const;
export type ShareEnd = (typeof shareEnds)[number];

/** Keeps what a form brings, behind what waits already; never rejects. */
export async function takeShared(form: FormData, by: string | null): Promise<ShareEnd> {
	const files = form
		.getAll(sharedField)
		.filter(
			(value): value is File => value instanceof File && value.type.startsWith('image/') && value.size > 0
		);
	if (files.length === 0) return 'none';
	let room = 0;
	try {
		await within('readwrite', (store) =>
			allRows(store, (waiting) => {
				room = Math.max(0, mostShared - waiting.filter(({ row }) => isFor(by, row)).length);
				for (const file of files.slice(0, room)) store.add({ file, by } satisfies Row);
			})
		);
	} catch {
		return 'full';
	}
	return files.length > room ? 'too_many' : 'kept';
}

/** What waits for this person, and how many pictures wait for somebody else. */
export async function readShared(
	userId: string | null
): Promise<{ readonly mine: SharedPicture[]; readonly others: number }> {
	let all: Numbered[] = [];
	await within('readonly', (store) => allRows(store, (rows) => (all = rows)));
	const mine = all.filter(({ row }) => isFor(userId, row)).map(({ id, row: { file } }) => ({ id, file }));
	return { mine, others: all.length - mine.length };
}

const isFor = (userId: string | null, { by }: Row): boolean => by === null || by === userId;

type Numbered = { readonly id: number; readonly row: Row };

function allRows(store: IDBObjectStore, then: (rows: Numbered[]) => void): void {
	const rows: Numbered[] = [];
	store.openCursor().onsuccess = (event) => {
		const cursor = event.target instanceof IDBRequest ? event.target.result : null;
		if (!(cursor instanceof IDBCursorWithValue)) return then(rows);
		const value: unknown = cursor.value;
		if (value instanceof Blob) rows.push({ id: Number(cursor.key), row: { file: value, by: null } });
		else if (isRow(value)) rows.push({ id: Number(cursor.key), row: value });
		cursor.continue();
	};
}

const isRow = (value: unknown): value is Row =>
	typeof value === 'object' &&
	value !== null &&
	'file' in value &&
	value.file instanceof Blob &&
	'by' in value;

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
