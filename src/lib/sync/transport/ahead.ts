import type { PackManifest } from '../protocol/packs.ts';
import type { Transport } from './transport.ts';

/** A manifest that was asked for ahead and not needed so long is asked for anew. */
const goodForMs = 30_000;

type First = { readonly hash: string; readonly text: ArrayBuffer | null };

/**
 * A way to the server that can be told to ask for the manifest and its first pack while the store still opens: a first
 * sync needs nothing sooner. Each answer is given once, to whoever asks for it first.
 */
export function askingAhead(transport: Transport): Transport & { ahead(): void } {
	let manifest: Promise<PackManifest | null> | null = null;
	let first: Promise<First | null> | null = null;
	let askedAt = -Infinity;
	return {
		...transport,
		ahead() {
			askedAt = performance.now();
			manifest = transport.manifest();
			first = manifest
				.then(async (offered): Promise<First | null> =>
					offered?.first
						? { hash: offered.first.hash, text: await transport.pack(offered.first.hash, false) }
						: null
				)
				// Asked for once more by whoever needs it, who hears why it fails.
				.catch(() => null);
			manifest.catch(() => undefined);
		},
		manifest() {
			const asked = performance.now() - askedAt < goodForMs ? manifest : null;
			manifest = null;
			return asked ?? transport.manifest();
		},
		async pack(hash, anew) {
			const asked = anew ? null : await first;
			first = null;
			return asked?.hash === hash ? asked.text : transport.pack(hash, anew);
		}
	};
}
