import { freeMarketPictures } from './market-pictures.ts';

/** Dexie and RxDB wrap the browser's error, sometimes twice. */
export function isFull(error: unknown): boolean {
	for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
		if (at.name === 'QuotaExceededError' || /quota/i.test(at.message)) return true;
		at = 'inner' in at && at.inner !== at ? at.inner : at.cause;
	}
	return false;
}

/** A full device gives up the pictures of the market first, and then tries once more (sync 15). */
export async function withRoom<T>(save: () => Promise<T>): Promise<T> {
	try {
		return await save();
	} catch (error) {
		// Where no caches are to be had there are no pictures either.
		if (!isFull(error) || !(await freeMarketPictures().catch(() => false))) throw error;
		return save();
	}
}
