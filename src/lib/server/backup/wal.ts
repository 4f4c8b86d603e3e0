import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { namesIn, syncFolder, writeDurably } from './disk.ts';
import type { WalPlace } from './queries.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const segmentPattern = /^[0-9A-F]{24}$/;
const hex = (n: number) => n.toString(16).toUpperCase().padStart(8, '0');

/** The name of the segment after this one: timeline, then a number written in two halves. */
export function nextSegment(name: string, segmentBytes: number): string {
	const perHalf = 0x1_0000_0000 / segmentBytes;
	const low = Number.parseInt(name.slice(16), 16) + 1;
	const high = Number.parseInt(name.slice(8, 16), 16);
	return name.slice(0, 8) + (low < perHalf ? hex(high) + hex(low) : hex(high + 1) + hex(0));
}

/**
 * Copies the log of changes from `from` up to `until`: whole segments compressed, of the last one what is on the disk.
 * Only bytes behind `until` are read, so a recycled segment's old ones never are. Returns where it stands now.
 */
export async function copyWal(options: {
	pgWal: string;
	to: string;
	from: WalPlace;
	until: WalPlace;
	segmentBytes: number;
}): Promise<WalPlace> {
	const { pgWal, to, until, segmentBytes } = options;
	let { segment, offset } = options.from;
	while (segment < until.segment) {
		const bytes = await fs.readFile(path.join(pgWal, segment));
		if (bytes.length !== segmentBytes) throw new Error(`${segment} has ${bytes.length} bytes`);
		await writeDurably(path.join(to, `${segment}.gz`), await compress(bytes, { level: 1 }));
		await fs.rm(path.join(to, `${segment}.partial`), { force: true });
		segment = nextSegment(segment, segmentBytes);
		offset = 0;
	}
	if (until.offset > offset) await copyPiece(path.join(pgWal, segment), path.join(to, `${segment}.partial`));
	return until;

	async function copyPiece(source: string, target: string): Promise<void> {
		const piece = Buffer.alloc(until.offset - offset);
		const read = await fs.open(source, 'r');
		try {
			const { bytesRead } = await read.read(piece, 0, piece.length, offset);
			if (bytesRead !== piece.length) throw new Error(`${segment} ends before ${until.offset}`);
		} finally {
			await read.close();
		}
		// Never emptied first: after a cut what was noted of it would be gone.
		const written = await fs.open(target, constants.O_RDWR | constants.O_CREAT, 0o600);
		try {
			for (let done = 0; done < piece.length;)
				done += (await written.write(piece, done, piece.length - done, offset + done)).bytesWritten;
			await written.sync();
		} finally {
			await written.close();
		}
		if (offset === 0) await syncFolder(to);
	}
}

/**
 * Walks the segments a base copy needs, in order, each with its full length. Throws when one is missing or damaged.
 * Returns how many there were.
 */
export async function eachSegment(
	options: { wal: string; from: string; until: WalPlace; segmentBytes: number },
	use: (name: string, bytes: Buffer) => Promise<void>
): Promise<number> {
	const { wal, from, until, segmentBytes } = options;
	let count = 0;
	for (let segment = from; segment <= until.segment; segment = nextSegment(segment, segmentBytes)) {
		const last = segment === until.segment;
		if (last && until.offset === 0) break;
		const bytes = last
			? await readPartial(segment)
			: await decompress(await fs.readFile(path.join(wal, `${segment}.gz`)));
		if (bytes.length !== segmentBytes) throw new Error(`${segment}: ${bytes.length} bytes`);
		await use(segment, bytes);
		count += 1;
	}
	return count;

	/** As far as it was noted: of what came after, the files may be missing. */
	async function readPartial(segment: string): Promise<Buffer> {
		const whole = await fs.readFile(path.join(wal, `${segment}.gz`)).catch(() => null);
		// The round that made it whole was cut before it was noted.
		const piece = whole ? await decompress(whole) : await fs.readFile(path.join(wal, `${segment}.partial`));
		if (piece.length < until.offset) throw new Error(`${segment}: ${piece.length} of ${until.offset} bytes`);
		return Buffer.concat([piece.subarray(0, until.offset), Buffer.alloc(segmentBytes - until.offset)]);
	}
}

/** Takes away what no base copy needs any more. */
export async function pruneWal(wal: string, oldestNeeded: string): Promise<void> {
	for (const name of await namesIn(wal)) {
		const segment = name.slice(0, 24);
		if (segmentPattern.test(segment) && segment < oldestNeeded)
			await fs.rm(path.join(wal, name), { force: true });
	}
}
