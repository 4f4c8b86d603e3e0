import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutboxRow, PhotoRow } from '../store/local.ts';
import { batchSize, brokenByPhoto, nextBatch } from './next-batch.ts';

const row = (
	seq: number,
	subject: string,
	over: Partial<Omit<OutboxRow, 'name' | 'input'>> = {}
): OutboxRow => ({
	name: 'notification.read',
	input: { ids: [randomUUID()] },
	seq,
	id: `${subject}-${seq}`,
	subject,
	deviceTime: '2026-11-22T01:00:00.000Z',
	after: [],
	blobs: [],
	state: 'waiting',
	sent: false,
	version: null,
	receipt: null,
	receivedAt: null,
	refusal: null,
	released: false,
	goods: null,
	...over
});
const photo = (hash: string, state: PhotoRow['state']): [string, PhotoRow] => [
	hash,
	{
		hash,
		type: 'image/jpeg',
		bytes: 10,
		bytesSent: 0,
		state,
		uploadUrl: null,
		refusal: state === 'refused' ? { code: 'upload_not_an_image' } : null,
		addedAt: ''
	}
];
const none = new Map<string, PhotoRow>();
const ids = (rows: readonly OutboxRow[], photos = none) => nextBatch({ rows, photos }).map((r) => r.id);

describe('sync 2: what may leave', () => {
	test('sync 2: the first of each subject, in the order it was made', () => {
		expect(ids([row(3, 'b'), row(1, 'a'), row(2, 'a'), row(4, 'c')])).toEqual(['a-1', 'b-3', 'c-4']);
	});

	test('sync 2: a subject under way holds its own commands back and no others', () => {
		expect(ids([row(1, 'a', { state: 'sending' }), row(2, 'a'), row(3, 'b')])).toEqual(['b-3']);
	});

	test('sync 2: a command set apart holds its own subject back and no others', () => {
		expect(ids([row(1, 'a', { state: 'quarantined' }), row(2, 'a'), row(3, 'b')])).toEqual(['b-3']);
	});

	test('sync 2: a refused command holds nothing back', () => {
		expect(ids([row(1, 'a', { state: 'refused' }), row(2, 'a')])).toEqual(['a-2']);
	});

	test('sync 2: what builds on a command of another subject waits for it', () => {
		expect(ids([row(1, 'a'), row(2, 'b', { after: ['a-1'] })])).toEqual(['a-1']);
	});

	test('sync 4: the next command of a listing waits until the pull has brought the last one', () => {
		const done: OutboxRow = {
			...row(1, 'listing:x', { state: 'acknowledged', version: 5 }),
			name: 'listing.withdraw',
			input: { listingId: randomUUID(), base: 1 }
		};
		expect(ids([done, row(2, 'listing:x')])).toEqual([]);
		expect(ids([{ ...done, released: true }, row(2, 'listing:x')])).toEqual(['listing:x-2']);
	});

	test('sync 5: a command waits for its photos', () => {
		const waiting = row(1, 'a', { blobs: ['p', 'q'] });
		expect(ids([waiting, row(2, 'b')], new Map([photo('p', 'stored'), photo('q', 'on_device')]))).toEqual([
			'b-2'
		]);
		expect(ids([waiting], new Map([photo('p', 'stored'), photo('q', 'stored')]))).toEqual(['a-1']);
	});

	test('sync 2, 5: what has left once does not wait for a photo that nobody will send', () => {
		const sent = row(1, 'a', { blobs: ['p'], sent: true });
		expect(ids([sent])).toEqual(['a-1']);
		expect(ids([sent], new Map([photo('p', 'refused')]))).toEqual(['a-1']);
		expect(ids([sent], new Map([photo('p', 'on_device')]))).toEqual([]);
	});

	test('sync 5: a refused or lost photo is found, unless the command has already left', () => {
		const broken = row(1, 'a', { blobs: ['p'] });
		expect(brokenByPhoto(broken, new Map([photo('p', 'refused')]))).toMatchObject({ hash: 'p' });
		expect(brokenByPhoto(broken, none)).toBe('missing');
		expect(brokenByPhoto({ ...broken, sent: true }, none)).toBeNull();
	});

	test('sync 2: never more than one command of a subject, never more than a batch, never nothing for ever', () => {
		const made = fc.array(
			fc.record({ subject: fc.integer({ min: 0, max: 80 }), after: fc.option(fc.nat(20)) }),
			{ maxLength: 120 }
		);
		fc.assert(
			fc.property(made, (commands) => {
				let rows = commands.map(({ subject, after }, at) =>
					row(at + 1, `s${subject}`, {
						// Only on something made earlier, as in life.
						after: after !== null && after < at ? [`s${commands[after]?.subject ?? 0}-${after + 1}`] : []
					})
				);
				while (rows.length > 0) {
					const batch = nextBatch({ rows, photos: none });
					expect(batch.length).toBeGreaterThan(0);
					expect(batch.length).toBeLessThanOrEqual(batchSize);
					expect(new Set(batch.map((r) => r.subject)).size).toBe(batch.length);
					rows = rows.filter((r) => !batch.includes(r));
				}
			}),
			{ numRuns: 200 }
		);
	});
});
