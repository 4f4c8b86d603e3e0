import { maxCodecHead, type CleanedSound } from './cleaned.ts';

const ids = {
	ebml: 0x1a45dfa3,
	segment: 0x18538067,
	info: 0x1549a966,
	timestampScale: 0x2ad7b1,
	tracks: 0x1654ae6b,
	trackEntry: 0xae,
	trackNumber: 0xd7,
	trackType: 0x83,
	codec: 0x86,
	codecHead: 0x63a2,
	codecDelay: 0x56aa,
	seekPreRoll: 0x56bb,
	audio: 0xe1,
	cluster: 0x1f43b675,
	timestamp: 0xe7,
	simpleBlock: 0xa3,
	blockGroup: 0xa0,
	block: 0xa1,
	blockDuration: 0x9b,
	discardPadding: 0x75a2
} as const;
/** Sampling frequency, channels, bit depth. */
const audioFacts = [0xb5, 0x78b5, 0x9f, 0x6264];
const soundTrack = 2;
const millisecond = 1_000_000;

type Element = { readonly id: number; readonly start: number; readonly from: number; readonly to: number };

/**
 * The sound of a WebM file and nothing else of it: one Opus track, written anew without titles, tags, dates,
 * attachments or the names of programs, and with its length, which recorders leave out. What a killed recorder left
 * half written at the end is cut off. null = not such a file.
 */
export function cleanWebm(bytes: Buffer): CleanedSound | null {
	const segment = elements(bytes, 0, bytes.length).find(({ id }) => id === ids.segment);
	if (!segment) return null;
	const parts = elements(bytes, segment.from, segment.to);
	const info = parts.find(({ id }) => id === ids.info);
	const scale = info ? elements(bytes, info.from, info.to).find(({ id }) => id === ids.timestampScale) : null;
	if (scale && unsigned(bytes, scale) !== millisecond) return null;
	const tracks = parts.filter(({ id }) => id === ids.tracks);
	const entries = tracks.flatMap(({ from, to }) =>
		elements(bytes, from, to).filter(({ id }) => id === ids.trackEntry)
	);
	const [entry] = entries;
	if (!entry || entries.length > 1) return null;
	const track = cleanTrack(bytes, entry);
	if (!track) return null;

	let last = -1;
	const clusters: Buffer[] = [];
	for (const cluster of parts.filter(({ id }) => id === ids.cluster)) {
		const inside = elements(bytes, cluster.from, cluster.to);
		const at = inside.find(({ id }) => id === ids.timestamp);
		if (!at) return null;
		const begins = unsigned(bytes, at);
		const kept = [element(ids.timestamp, bytes.subarray(at.from, at.to))];
		for (const part of inside) {
			const block = part.id === ids.simpleBlock ? part : blockOf(bytes, part);
			if (!block) continue;
			// Track number, time within the cluster, flags, then the sound.
			if (block.to - block.from < 5 || bytes[block.from] !== (0x80 | track.number)) return null;
			last = Math.max(last, begins + bytes.readInt16BE(block.from + 1));
			kept.push(part.id === ids.simpleBlock ? whole(bytes, part) : cleanGroup(bytes, part));
		}
		if (kept.length > 1) clusters.push(element(ids.cluster, Buffer.concat(kept)));
	}
	if (clusters.length === 0 || last < 0) return null;
	return {
		bytes: Buffer.concat([
			head,
			element(ids.segment, Buffer.concat([infoWith(last), track.written, ...clusters]))
		]),
		seconds: last / 1000
	};
}

function cleanTrack(bytes: Buffer, entry: Element): { number: number; written: Buffer } | null {
	const facts = new Map(elements(bytes, entry.from, entry.to).map((fact) => [fact.id, fact]));
	const [number, type, codec, codecHead, audio] = [
		ids.trackNumber,
		ids.trackType,
		ids.codec,
		ids.codecHead,
		ids.audio
	].map((id) => facts.get(id));
	if (!number || !type || !codec || !codecHead || !audio) return null;
	const numbered = unsigned(bytes, number);
	const opus = bytes.subarray(codec.from, codec.to).toString('latin1') === 'A_OPUS';
	const opening = bytes.subarray(codecHead.from, codecHead.to);
	if (unsigned(bytes, type) !== soundTrack || !opus || numbered < 1 || numbered > 126) return null;
	if (opening.length > maxCodecHead || !opening.toString('latin1').startsWith('OpusHead')) return null;
	const inside = elements(bytes, audio.from, audio.to).filter(({ id }) => audioFacts.includes(id));
	const kept = [number, type, codec, codecHead, facts.get(ids.codecDelay), facts.get(ids.seekPreRoll)];
	return {
		number: numbered,
		written: element(
			ids.tracks,
			element(
				ids.trackEntry,
				Buffer.concat([
					element(0x73c5, Buffer.from([1])),
					...kept.flatMap((fact) => (fact ? [whole(bytes, fact)] : [])),
					element(ids.audio, Buffer.concat(inside.map((fact) => whole(bytes, fact))))
				])
			)
		)
	};
}

function blockOf(bytes: Buffer, group: Element): Element | undefined {
	if (group.id !== ids.blockGroup) return undefined;
	return elements(bytes, group.from, group.to).find(({ id }) => id === ids.block);
}

function cleanGroup(bytes: Buffer, group: Element): Buffer {
	const kept: readonly number[] = [ids.block, ids.blockDuration, ids.discardPadding];
	const inside = elements(bytes, group.from, group.to).filter(({ id }) => kept.includes(id));
	return element(ids.blockGroup, Buffer.concat(inside.map((part) => whole(bytes, part))));
}

/** Elements one after the other; one that does not fit whole is left out, with everything behind it. */
function elements(bytes: Buffer, from: number, to: number): Element[] {
	const found: Element[] = [];
	for (let at = from; at < to;) {
		const id = numberAt(bytes, at, to, 4, true);
		const size = id && numberAt(bytes, at + id.length, to, 8, false);
		if (!id || !size) break;
		const begins = at + id.length + size.length;
		// A recorder does not know how long the file or the cluster will be.
		const ends = size.unknown ? endOfOpen(bytes, id.value, begins, to) : begins + size.value;
		const open = id.value === ids.segment || id.value === ids.cluster;
		if (ends > to && !open) break;
		found.push({ id: id.value, start: at, from: begins, to: Math.min(ends, to) });
		at = ends;
	}
	return found;
}

/** A cluster of unknown size ends where an element begins that cannot be inside one: those have names of four bytes. */
function endOfOpen(bytes: Buffer, id: number, from: number, to: number): number {
	if (id !== ids.cluster) return to;
	for (let at = from; at < to;) {
		const inner = numberAt(bytes, at, to, 4, true);
		if (!inner) return to;
		if (inner.length === 4) return at;
		const size = numberAt(bytes, at + inner.length, to, 8, false);
		if (!size || size.unknown) return to;
		at += inner.length + size.length + size.value;
	}
	return to;
}

/** A number that tells its own length in its first bits; names keep those bits, sizes do not. */
function numberAt(bytes: Buffer, at: number, to: number, longest: number, name: boolean) {
	const first = bytes[at];
	if (first === undefined || first === 0) return null;
	const length = Math.clz32(first) - 23;
	if (length > longest || at + length > to) return null;
	let value = name ? first : first & (0xff >> length);
	let ones = value === 0xff >> length;
	for (let i = 1; i < length; i++) {
		const byte = bytes[at + i] ?? 0;
		ones &&= byte === 0xff;
		value = value * 256 + byte;
	}
	return { value, length, unknown: !name && ones };
}

function unsigned(bytes: Buffer, { from, to }: Element): number {
	return to > from && to - from <= 6 ? bytes.readUIntBE(from, to - from) : 0;
}

const whole = (bytes: Buffer, { id, from, to }: Element): Buffer => element(id, bytes.subarray(from, to));

function element(id: number, inside: Uint8Array): Buffer {
	const name = Buffer.alloc(4);
	name.writeUInt32BE(id);
	const size = Buffer.alloc(4);
	size.writeUInt32BE(0x10000000 + inside.length);
	return Buffer.concat([name.subarray(name.findIndex((byte) => byte !== 0)), size, inside]);
}

const text = (id: number, value: string): Buffer => element(id, Buffer.from(value));
const byte = (id: number, value: number): Buffer => element(id, Buffer.from([value]));

const head = element(
	ids.ebml,
	Buffer.concat([
		byte(0x4286, 1),
		byte(0x42f7, 1),
		byte(0x42f2, 4),
		byte(0x42f3, 8),
		text(0x4282, 'webm'),
		byte(0x4287, 4),
		byte(0x4285, 2)
	])
);

function infoWith(milliseconds: number): Buffer {
	const duration = Buffer.alloc(8);
	duration.writeDoubleBE(milliseconds);
	const scale = Buffer.alloc(3);
	scale.writeUIntBE(millisecond, 0, 3);
	return element(
		ids.info,
		Buffer.concat([
			element(ids.timestampScale, scale),
			text(0x4d80, 'san'),
			text(0x5741, 'san'),
			element(0x4489, duration)
		])
	);
}
