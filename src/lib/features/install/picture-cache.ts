import { isCrowded, marketPictureCaches } from '../../sync/blobs/market-pictures.ts';

/** The addresses of public pictures, and of nothing else. */
export const picturePath = /^\/media\/[\w-]{22}\/(thumb|detail)\.webp$/;

const kinds = [
	// 12 KB each at most: the goods somebody scrolled through.
	{ path: /thumb\.webp$/, cache: marketPictureCaches.thumb, most: 1200 },
	// 90 KB each at most: the goods somebody looked at.
	{ path: /detail\.webp$/, cache: marketPictureCaches.detail, most: 80 }
] as const;

type Surroundings = {
	readonly caches: CacheStorage;
	readonly fetch: (request: Request) => Promise<Response>;
	/** How full the device is. */
	readonly estimate: () => Promise<StorageEstimate>;
	/** Keeps the worker alive for work that goes on behind the answer. */
	readonly later: (work: Promise<unknown>) => void;
};

/**
 * Answers from the cache at once and looks behind it whether the picture is still public: one that was withdrawn
 * (404, 410) leaves this device too. The browser's own cache asks the server once an hour at most.
 */
export async function pictureFor(
	request: Request,
	{ caches, fetch, estimate, later }: Surroundings
): Promise<Response> {
	const kind = kinds.find(({ path }) => path.test(new URL(request.url).pathname));
	if (!kind) return fetch(request);
	const cache = await caches.open(kind.cache);
	const kept = await cache.match(request);
	const fresh = refresh(cache, request, { fetch, estimate }, kind.most);
	if (!kept) return fresh;
	later(fresh.catch(() => undefined));
	return kept;
}

async function refresh(
	cache: Cache,
	request: Request,
	{ fetch, estimate }: Pick<Surroundings, 'fetch' | 'estimate'>,
	most: number
): Promise<Response> {
	const response = await fetch(request);
	// The last fifth of the room is for what people write (sync 15).
	if (response.status === 200 && !isCrowded(await estimate()))
		await keep(cache, request, response.clone(), most);
	if (response.status === 404 || response.status === 410) await cache.delete(request);
	return response;
}

/** A cache keeps its entries in the order they were put, so the first are those not seen for longest. */
async function keep(cache: Cache, request: Request, response: Response, most: number): Promise<void> {
	try {
		await cache.put(request, response);
	} catch {
		// A full device shows the picture all the same; room is for what people write.
		return;
	}
	const held = await cache.keys();
	await Promise.all(held.slice(0, Math.max(0, held.length - most)).map((old) => cache.delete(old)));
}
