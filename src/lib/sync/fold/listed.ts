import type { PublicListing } from '$lib/domain/listings/schema.ts';
import type { PackHead } from '../protocol/packs.ts';
import type { KnownListing } from './packed.ts';

/** What lists are filtered and sorted by. */
type Columns = {
	/** Newest first, ascending. */
	readonly order: number;
	readonly sectorId: string;
	readonly categoryId: string;
	readonly wardCode: string;
	readonly sellerId: string;
};

/**
 * A listing in the lists of this device. What it is listed by is at hand; the rest of one from a pack is read when it is
 * asked for, since of ten thousand somebody looks at a few dozen.
 */
export class Listed implements KnownListing {
	/** What words are looked for in, made when the first are; folded once a version. */
	text: string | null = null;
	#data: PublicListing | null = null;

	constructor(
		readonly id: string,
		readonly version: number,
		readonly columns: Columns,
		private readonly from: () => PublicListing
	) {}

	/** Always the same object. */
	get data(): PublicListing {
		return (this.#data ??= this.from());
	}

	/** For who looks at it once and does not keep it. */
	glance(): PublicListing {
		return this.#data ?? this.from();
	}
}

export const listedOf = ({ id, version, data }: KnownListing): Listed =>
	new Listed(
		id,
		version,
		{
			order: -Date.parse(data.approvedAt),
			sectorId: data.sectorId,
			categoryId: data.categoryId,
			wardCode: data.wardCode,
			sellerId: data.seller.id
		},
		() => data
	);

const utf8 = new TextDecoder();
const [lineFeed, quotationMark] = [0x0a, 0x22];

/**
 * The listings of a pack's text. Its name has been checked and the exchange published them through their strict
 * schema: checking each shape again would make an older device refuse a field it does not know yet.
 */
export function listingsOf(bytes: Uint8Array): Listed[] {
	const end = bytes.indexOf(lineFeed);
	const head: unknown = end > 0 ? JSON.parse(utf8.decode(bytes.subarray(0, end))) : null;
	return isHead(head) ? listedByHead(head, bytes, end + 1) : readRows(utf8.decode(bytes)).map(listedOf);
}

const isHead = (head: unknown): head is PackHead =>
	typeof head === 'object' && head !== null && 'lengths' in head && 'idAt' in head;

function listedByHead(head: PackHead, bytes: Uint8Array, from: number): Listed[] {
	let begin = from;
	return head.lengths.map((length, row) => {
		const line = bytes.subarray(begin, begin + length);
		begin += length + 1;
		const idAt = head.idAt[row] ?? 0;
		const id = utf8.decode(line.subarray(idAt, line.indexOf(quotationMark, idAt)));
		const columns = {
			order: -(head.approvedAt[row] ?? 0),
			sectorId: valueOf(head.sectors, row),
			categoryId: valueOf(head.categories, row),
			wardCode: valueOf(head.wards, row),
			sellerId: valueOf(head.sellers, row)
		};
		return new Listed(id, head.versions[row] ?? 0, columns, () => readRow(line));
	});
}

const valueOf = ({ names, of }: PackHead['sectors'], row: number): string => names[of[row] ?? -1] ?? '';

function readRow(line: Uint8Array): PublicListing {
	const row: unknown = JSON.parse(utf8.decode(line));
	if (!isRow(row)) throw new Error('a line of a pack is not a row');
	return row.d;
}

/** Of a pack without a head, all at once. */
function readRows(text: string): KnownListing[] {
	const rows: unknown = JSON.parse(`[${text.trim().replaceAll('\n', ',')}]`);
	return Array.isArray(rows) ? rows.filter(isRow).map(({ v, d }) => ({ id: d.id, version: v, data: d })) : [];
}

const isRow = (row: unknown): row is { v: number; d: PublicListing } =>
	typeof row === 'object' &&
	row !== null &&
	'v' in row &&
	'd' in row &&
	typeof row.d === 'object' &&
	row.d !== null &&
	'id' in row.d;
