import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip, type ZlibOptions } from 'node:zlib';
import type { PackRow } from '$lib/sync/protocol/packs.ts';

export const compress: (text: string | Uint8Array, options?: ZlibOptions) => Promise<Buffer> =
	promisify(gzip);

/** One row as it stands in the feed. */
export type FeedListing = { readonly docId: string; readonly version: number; readonly doc: PackRow['d'] };

/** A chunk of the catalogue, ready to be kept and sent. `wards` are those its rows really come from, sorted. */
export type Pack = {
	readonly hash: string;
	readonly wards: readonly string[];
	readonly docIds: readonly string[];
	readonly body: Buffer;
};

/** Writes rows as one pack; the same rows in the same order always make the same hash. */
export async function makePack(rows: readonly FeedListing[]): Promise<Pack> {
	const text = rows.map(({ version, doc }) => JSON.stringify({ v: version, d: doc } satisfies PackRow));
	const bytes = Buffer.from(text.join('\n'));
	return {
		hash: createHash('sha256').update(bytes).digest('hex'),
		wards: [...new Set(rows.map(({ doc }) => String(doc.wardCode)))].sort(),
		docIds: rows.map(({ docId }) => docId),
		body: await compress(bytes, { level: 9 })
	};
}

export const unpack: (body: Uint8Array) => Promise<Buffer> = promisify(gunzip);
