/**
 * Pictures of approved goods, kept by the worker so that the catalogue has them without a network. Anybody's and to be
 * had again: the first thing to go when what people write needs the room (sync 15).
 */
export const marketPictureCaches = { thumb: 'pictures-thumb', detail: 'pictures-detail' } as const;

/** How much of them is kept, in bytes. */
export async function measureMarketPictures(): Promise<number> {
	let bytes = 0;
	for (const name of Object.values(marketPictureCaches)) {
		if (!(await caches.has(name))) continue;
		const cache = await caches.open(name);
		for (const request of await cache.keys())
			bytes += Number((await cache.match(request))?.headers.get('content-length') ?? 0);
	}
	return bytes;
}

/** Lets all of them go. False = there were none. */
export async function freeMarketPictures(): Promise<boolean> {
	const gone = await Promise.all(Object.values(marketPictureCaches).map((name) => caches.delete(name)));
	return gone.includes(true);
}

/** From here on people are told, and pictures of the market are no longer kept. */
export const crowdedShare = 0.8;

export const isCrowded = ({ usage = 0, quota = 0 }: { usage?: number; quota?: number }): boolean =>
	quota > 0 && usage > crowdedShare * quota;
