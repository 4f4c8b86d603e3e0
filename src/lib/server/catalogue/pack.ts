import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip, type ZlibOptions } from 'node:zlib';
import type { PackHead, PackRow } from '$lib/sync/protocol/packs.ts';

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

/** What a device makes its lists by, so that it need not read the rows. */
const headOf = (rows: readonly FeedListing[], lines: readonly string[]): PackHead => ({
	lengths: lines.map((line) => Buffer.byteLength(line)),
	idAt: lines.map((line, at) => {
		const before = line.slice(0, line.indexOf(`"id":${JSON.stringify(rows[at]?.doc.id)}`));
		return Buffer.byteLength(before) + '"id":"'.length;
	}),
	versions: rows.map(({ version }) => version),
	approvedAt: rows.map(({ doc }) => Date.parse(String(doc.approvedAt))),
	sectors: columnOf(rows.map(({ doc }) => String(doc.sectorId ?? ''))),
	categories: columnOf(rows.map(({ doc }) => String(doc.categoryId ?? ''))),
	wards: columnOf(rows.map(({ doc }) => String(doc.wardCode ?? ''))),
	sellers: columnOf(rows.map(({ doc }) => sellerOf(doc)))
});

const sellerOf = ({ seller }: PackRow['d']): string =>
	typeof seller === 'object' && seller !== null && 'id' in seller ? String(seller.id) : '';

function columnOf(values: readonly string[]): PackHead['sectors'] {
	const places = new Map([...new Set(values)].map((value, place) => [value, place]));
	return { names: [...places.keys()], of: values.map((value) => places.get(value) ?? 0) };
}

/** Writes rows as one pack; the same rows in the same order always make the same hash. */
export async function makePack(rows: readonly FeedListing[]): Promise<Pack> {
	const lines = rows.map(({ version, doc }) => JSON.stringify({ v: version, d: doc } satisfies PackRow));
	const bytes = Buffer.from([JSON.stringify(headOf(rows, lines)), ...lines].join('\n'));
	return {
		hash: createHash('sha256').update(bytes).digest('hex'),
		wards: [...new Set(rows.map(({ doc }) => String(doc.wardCode)))].sort(),
		docIds: rows.map(({ docId }) => docId),
		body: await compress(bytes, { level: 9 })
	};
}

export const unpack: (body: Uint8Array) => Promise<Buffer> = promisify(gunzip);
