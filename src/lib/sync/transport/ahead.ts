import type { PackManifest } from '../protocol/packs.ts';
import type { Transport } from './transport.ts';

/** A manifest that was asked for ahead and not needed so long is asked for anew. */
const goodForMs = 30_000;
/** So many packs at most are fetched for a store that does not open yet, and so many at once. */
const packsAhead = 24;
const atOnce = 6;

/**
 * A way to the server that can be told to ask for the manifest and its first pack while the store still opens, and for
 * the other packs once it is known that there are none: a first sync needs nothing sooner. Each answer is given once, to
 * whoever asks for it first.
 */
export function askingAhead(transport: Transport): Transport & { ahead(none: boolean): void } {
	let begun: Promise<PackManifest | null> = Promise.resolve(null);
	let manifest: Promise<PackManifest | null> | null = null;
	let askedAt = -Infinity;
	let queue: string[] = [];
	const packs = new Map<string, Promise<ArrayBuffer | null>>();

	const begin = (hash: string): Promise<unknown> => {
		const asked = transport.pack(hash, false);
		packs.set(hash, asked);
		// Asked for once more by whoever needs it, who hears why it fails.
		return asked.catch(() => packs.delete(hash));
	};
	const fetchSome = async () => {
		for (let hash = queue.shift(); hash !== undefined; hash = queue.shift()) await begin(hash);
	};
	const bringFirst = async (offered: PackManifest | null) => {
		if (offered?.first) await begin(offered.first.hash);
		return offered;
	};
	const bringOthers = async (offered: PackManifest | null) => {
		queue = offered?.packs.slice(0, packsAhead).map((pack) => pack.hash) ?? [];
		await Promise.all(Array.from({ length: atOnce }, fetchSome));
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
