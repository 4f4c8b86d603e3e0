import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyWal, eachSegment, nextSegment } from './wal.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-wal-'));
afterAll(() => fs.rmSync(root, { recursive: true }));
const segmentBytes = 1_000;
const segment = '000000010000000000000007';
const next = nextSegment(segment, segmentBytes);

/** A log of two segments, all of it written by Postgres. */
function log(name: string) {
	const [pgWal, to] = [path.join(root, name, 'pg_wal'), path.join(root, name, 'wal')];
	for (const folder of [pgWal, to]) fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(path.join(pgWal, segment), Buffer.alloc(segmentBytes, 'first '));
	fs.writeFileSync(path.join(pgWal, next), Buffer.alloc(segmentBytes, 'second '));
	return {
		to,
		copy: (from: number, until: { segment: string; offset: number }) =>
			copyWal({ pgWal, to, from: { segment, offset: from }, until, segmentBytes }),
		read: async (until: { segment: string; offset: number }) => {
			const parts: Buffer[] = [];
			await eachSegment({ wal: to, from: segment, until, segmentBytes }, async (_, bytes) => {
				parts.push(bytes);
			});
			return parts;
		}
	};
}
const cut = (text: string, at: number) =>
	Buffer.concat([Buffer.alloc(at, text), Buffer.alloc(segmentBytes - at)]);

test('sync 13: a piece that is copied again is never shorter on the way than what was noted of it', async () => {
	const { copy, read, to } = log('again');
	await copy(0, { segment, offset: 600 });
	await copy(600, { segment, offset: 900 });
	// The program starts anew and trusts nothing; it is cut before it comes as far as before.
	await copy(0, { segment, offset: 300 });
	expect(fs.statSync(path.join(to, `${segment}.partial`)).size).toBe(900);
	expect(await read({ segment, offset: 900 })).toEqual([cut('first ', 900)]);
});

test('sync 13: of a segment that got whole after it was noted only what was noted is read', async () => {
	const { copy, read } = log('whole');
	await copy(0, { segment, offset: 600 });
	await copy(600, { segment: next, offset: 50 });
	expect(await read({ segment, offset: 600 })).toEqual([cut('first ', 600)]);
	expect(await read({ segment: next, offset: 50 })).toEqual([cut('first ', 1_000), cut('second ', 50)]);
});
