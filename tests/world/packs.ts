import { packCatalogue } from '$lib/server/catalogue/jobs.ts';
import { describeCatalogue, openPack } from '$lib/server/catalogue/service.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import type { Transport } from '$lib/sync/transport/transport.ts';
import type { Exchange } from './exchange.ts';

/** The exchange's packs as HTTP hands them out; `make` is what its job does. */
export function packsOf({ db }: Exchange) {
	const now = () => new Date().toISOString();
	return {
		make: () => packCatalogue(db, now()),
		manifest: (): Promise<PackManifest> => describeCatalogue(db, now()),
		pack: async (hash: string): Promise<ArrayBuffer | null> => {
			const body = await openPack(db, hash);
			return body && new Uint8Array(body).buffer;
		}
	} satisfies Pick<Transport, 'manifest' | 'pack'> & { make(): Promise<unknown> };
}
