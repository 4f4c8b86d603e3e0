import { nextSlice } from '$lib/slices.ts';
import type { PackManifest } from '../protocol/packs.ts';
import type { Transport } from './transport.ts';

/** A manifest that was asked for ahead and not needed so long is asked for anew. */
const goodForMs = 30_000;
/** So many packs at most are fetched for a store that does not open yet, and so many at once. */
const packsAhead = 24;
const atOnce = 6;

/** A manifest and the small pack that is seen first, as it travels; null where there is none, or it did not come. */
type Begun = { readonly manifest: PackManifest | null; readonly gzip: ArrayBuffer | null };

export type AskingAhead = Transport & {
	/** `none`: nothing of the catalogue is here for certain. */
	ahead(none: boolean): void;
	/** What `ahead` asked for first, once it has come, to be shown before anything is stored; null = nothing to show. */
	first(): Promise<{ readonly manifest: PackManifest; readonly gzip: ArrayBuffer } | null>;
};

/**
 * A way to the server that can be told to ask for the manifest and its first pack while the store still opens, and for
 * the other packs once it is known that there are none: a first sync needs nothing sooner. Each answer is given once, to
 * whoever asks for it first.
 */
export function askingAhead(transport: Transport): AskingAhead {
	let begun: Promise<Begun | null> = Promise.resolve(null);
	let manifest: Promise<PackManifest | null> | null = null;
	let askedAt = -Infinity;
	let queue: string[] = [];
	const packs = new Map<string, Promise<ArrayBuffer | null>>();

	const begin = (hash: string): Promise<ArrayBuffer | null> => {
		const asked = transport.pack(hash, false);
		packs.set(hash, asked);
		// Asked for once more by whoever needs it, who hears why it fails.
		return asked.catch(() => {
			packs.delete(hash);
			return null;
		});
	};
	const fetchSome = async () => {
		for (let hash = queue.shift(); hash !== undefined; hash = queue.shift()) await begin(hash);
	};
	const bringFirst = async (manifest: PackManifest | null): Promise<Begun> => ({
		manifest,
		gzip: manifest?.first ? await begin(manifest.first.hash) : null
	});
	const bringOthers = async (first: Begun | null) => {
		queue = first?.manifest?.packs.slice(0, packsAhead).map((pack) => pack.hash) ?? [];
		// A task for each: six requests begun in one stand in the way of a finger.
		for (let n = 0; n < atOnce; n += 1) {
			void fetchSome();
			await nextSlice();
		}
	};
	const isGood = () => performance.now() - askedAt < goodForMs;

	return {
		...transport,
		ahead(none) {
			if (!isGood()) {
				askedAt = performance.now();
				manifest = transport.manifest();
				begun = manifest.then(bringFirst, () => null);
			}
			if (none) void begun.then(bringOthers);
		},
		async first() {
			const { manifest, gzip } = (await begun) ?? { manifest: null, gzip: null };
			return manifest && gzip && { manifest, gzip };
		},
		manifest() {
			const asked = isGood() ? manifest : null;
			manifest = null;
			return asked ?? transport.manifest();
		},
		async pack(hash, anew) {
			queue = queue.filter((other) => other !== hash);
			const asked = packs.get(hash);
			packs.delete(hash);
			const came = anew ? null : await asked?.catch(() => null);
			return came ?? transport.pack(hash, anew);
		}
	};
}
