import type { CleanedSound } from './cleaned.ts';

type Box = { readonly type: string; readonly start: number; readonly from: number; readonly to: number };

/** What each box may hold; everything else in it is blanked. Boxes without a line are kept as they are. */
const known: Readonly<Record<string, readonly string[]>> = {
	file: ['ftyp', 'styp', 'moov', 'moof', 'mdat', 'sidx', 'mfra'],
	moov: ['mvhd', 'trak', 'mvex'],
	trak: ['tkhd', 'edts', 'mdia'],
	mdia: ['mdhd', 'hdlr', 'minf'],
	minf: ['smhd', 'dinf', 'stbl'],
	moof: ['mfhd', 'traf']
};

/**
 * An MP4 file with one sound track (what Safari records). Bytes name each other by their place in it, so nothing is
 * moved: boxes that are not needed to play become empty space of the same size, dates and names become zeros.
 * null = not such a file.
 */
export function cleanMp4(source: Buffer): CleanedSound | null {
	const bytes = Buffer.from(source);
	const whole = boxes(bytes, 0, bytes.length);
	// A fragment whose sound did not arrive whole is none.
	if (whole.at(-1)?.type === 'moof') whole.pop();
	const end = whole.at(-1)?.to ?? 0;
	if (whole[0]?.type !== 'ftyp' || !whole.some(({ type }) => type === 'mdat')) return null;
	const movies = whole.filter(({ type }) => type === 'moov');
	const [movie] = movies;
	if (!movie || movies.length > 1) return null;
	const tracks = inside(bytes, movie, 'trak');
	const [track] = tracks;
	if (!track || tracks.length > 1) return null;
	const [media] = inside(bytes, track, 'mdia');
	const [handler] = media ? inside(bytes, media, 'hdlr') : [];
	const [clock] = media ? inside(bytes, media, 'mdhd') : [];
	if (!media || !handler || !clock || handler.to - handler.from < 24) return null;
	if (bytes.toString('latin1', handler.from + 8, handler.from + 12) !== 'soun') return null;
	const codec = inside(bytes, media, 'minf')
		.flatMap((box) => inside(bytes, box, 'stbl'))
		.flatMap((box) => inside(bytes, box, 'stsd'))
		.map((box) => bytes.toString('latin1', box.from + 12, box.from + 16));
	if (codec.length !== 1 || !['Opus', 'mp4a'].includes(codec[0] ?? '')) return null;
	const seconds = lengthOf(bytes, whole, clock);

	blank(bytes, 'file', whole);
	bytes.fill(0, handler.from + 24, handler.to);
	for (const box of [...inside(bytes, movie, 'mvhd'), ...inside(bytes, track, 'tkhd'), clock])
		bytes.fill(0, box.from + 4, box.from + 4 + (bytes[box.from] === 1 ? 16 : 8));
	return { bytes: bytes.subarray(0, end), seconds };
}

function boxes(bytes: Buffer, from: number, to: number): Box[] {
	const found: Box[] = [];
	for (let at = from; at + 8 <= to;) {
		const size = bytes.readUInt32BE(at);
		// 0 = to the end of the file, 1 = longer than anything we take: neither is what a recorder writes.
		if (size < 8 || at + size > to) break;
		found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at, from: at + 8, to: at + size });
		at += size;
	}
	return found;
}

const inside = (bytes: Buffer, { from, to }: Box, type: string): Box[] =>
	boxes(bytes, from, to).filter((box) => box.type === type);

function blank(bytes: Buffer, holder: string, all: readonly Box[]): void {
	const allowed = known[holder];
	if (!allowed) return;
	for (const box of all) {
		if (allowed.includes(box.type)) blank(bytes, box.type, boxes(bytes, box.from, box.to));
		else {
			bytes.write('free', box.start + 4, 'latin1');
			bytes.fill(0, box.from, box.to);
		}
	}
}

/** What the head says, or the end of the last fragment: whichever is longer. null = neither says anything. */
function lengthOf(bytes: Buffer, whole: readonly Box[], clock: Box): number | null {
	const wide = bytes[clock.from] === 1;
	const ticks = bytes.readUInt32BE(clock.from + (wide ? 20 : 12));
	const said = wide ? Number(bytes.readBigUInt64BE(clock.from + 24)) : bytes.readUInt32BE(clock.from + 16);
	if (ticks === 0) return null;
	const ends = whole
		.filter(({ type }) => type === 'moof')
		.flatMap((moof) => inside(bytes, moof, 'traf'))
		.map((traf) => endOfFragment(bytes, traf));
	const last = Math.max(0, said === 0xffffffff ? 0 : said, ...ends);
	return last === 0 ? null : last / ticks;
}

function endOfFragment(bytes: Buffer, traf: Box): number {
	const [starts] = inside(bytes, traf, 'tfdt');
	let end = 0;
	if (starts)
		end =
			bytes[starts.from] === 1
				? Number(bytes.readBigUInt64BE(starts.from + 4))
				: bytes.readUInt32BE(starts.from + 4);
	const usual = usualDuration(bytes, traf);
	for (const run of inside(bytes, traf, 'trun')) {
		const flags = bytes.readUIntBE(run.from + 1, 3);
		const count = bytes.readUInt32BE(run.from + 4);
		if ((flags & 0x100) === 0) {
			end += count * usual;
			continue;
		}
		let at = run.from + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
		const each = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
		for (let n = 0; n < count && at + each <= run.to; n++, at += each) end += bytes.readUInt32BE(at);
	}
	return end;
}

function usualDuration(bytes: Buffer, traf: Box): number {
	const [head] = inside(bytes, traf, 'tfhd');
	const flags = head ? bytes.readUIntBE(head.from + 1, 3) : 0;
	if (!head || (flags & 0x8) === 0) return 0;
	const at = head.from + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
	return at + 4 <= head.to ? bytes.readUInt32BE(at) : 0;
}
