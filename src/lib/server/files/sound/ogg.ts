import { maxCodecHead, type CleanedSound } from './cleaned.ts';

type Page = {
	readonly flags: number;
	readonly granule: bigint;
	readonly serial: number;
	/** Lengths of its pieces; one below 255 ends a packet. */
	readonly table: Buffer;
	readonly inside: Buffer;
};

/**
 * An Ogg file with one Opus stream, its comments (where titles, names and pictures would stand) replaced by none.
 * A last page that is not whole is left out. null = not such a file.
 */
export function cleanOgg(bytes: Buffer): CleanedSound | null {
	const pages = pagesOf(bytes);
	const [head] = pages;
	if (!head || head.inside.length > maxCodecHead || !head.inside.toString('latin1').startsWith('OpusHead'))
		return null;
	if (head.inside.length < 19 || pages.some(({ serial }) => serial !== head.serial)) return null;
	const [comments] = pages.slice(1);
	if (!comments?.inside.toString('latin1').startsWith('OpusTags')) return null;
	// The comments end their last page (RFC 7845, 3): what follows is sound.
	const ended = pages.findIndex(({ table }, at) => at > 0 && (table.at(-1) ?? 0) < 255);
	const sound = ended < 0 ? [] : pages.slice(ended + 1);
	if (sound.length === 0) return null;
	const skipped = head.inside.readUInt16LE(10);
	const last = sound.reduce((most, { granule }) => (granule > most ? granule : most), 0n);
	const kept = [
		head,
		{ ...comments, granule: 0n, table: Buffer.from([noComments.length]), inside: noComments }
	];
	return {
		bytes: Buffer.concat([...kept, ...sound].map(written)),
		seconds: Math.max(0, Number(last) - skipped) / 48_000
	};
}

const noComments = Buffer.concat([
	Buffer.from('OpusTags'),
	Buffer.from([3, 0, 0, 0]),
	Buffer.from('san'),
	Buffer.alloc(4)
]);

function pagesOf(bytes: Buffer): Page[] {
	const pages: Page[] = [];
	for (let at = 0; at + 27 <= bytes.length;) {
		if (bytes.toString('latin1', at, at + 4) !== 'OggS' || bytes[at + 4] !== 0) return [];
		const table = bytes.subarray(at + 27, at + 27 + bytes.readUInt8(at + 26));
		const from = at + 27 + table.length;
		const to = from + table.reduce((sum, length) => sum + length, 0);
		if (to > bytes.length) break;
		pages.push({
			flags: bytes.readUInt8(at + 5),
			granule: bytes.readBigUInt64LE(at + 6),
			serial: bytes.readUInt32LE(at + 14),
			table,
			inside: bytes.subarray(from, to)
		});
		at = to;
	}
	return pages;
}

function written({ flags, granule, table, inside }: Page, nth: number): Buffer {
	const head = Buffer.alloc(27);
	head.write('OggS', 'latin1');
	// Pages of comments that are gone leave no page that goes on.
	head.writeUInt8(nth === 1 ? 0 : flags, 5);
	head.writeBigUInt64LE(granule, 6);
	head.writeUInt32LE(1, 14);
	head.writeUInt32LE(nth, 18);
	head.writeUInt8(table.length, 26);
	const page = Buffer.concat([head, table, inside]);
	page.writeUInt32LE(checksum(page), 22);
	return page;
}

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
	let sum = byte << 24;
	for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
	return sum >>> 0;
});

function checksum(page: Buffer): number {
	let sum = 0;
	for (const byte of page) sum = ((sum << 8) ^ (checksums[((sum >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
	return sum;
}
