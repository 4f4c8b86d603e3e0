import { expect, test } from 'vitest';
import { listingsOf } from '$lib/sync/fold/listed.ts';
import { packHead, packRow } from '$lib/sync/protocol/packs.ts';
import { makePack, unpack, type FeedListing } from './pack.ts';

const row = (id: string, version: number, over: Record<string, unknown> = {}): FeedListing => ({
	docId: id,
	version,
	doc: {
		// What names another thing by the same kind of field comes before it.
		agency: { id: 'so-nnmt' },
		id,
		title: 'Khóm “Tân Phước”\nloại 1',
		sectorId: 'nong-san',
		categoryId: 'trai-cay',
		wardCode: '28477',
		seller: { id: `seller-of-${id}` },
		approvedAt: '2026-11-20T01:00:00.000Z',
		...over
	}
});

test('sync 10: the head of a pack says of each row what the row says, and leads to it', async () => {
	const rows = [
		row('00000000-0000-4000-8000-00000000000a', 7),
		row('đặc-biệt', 9, { wardCode: '28261', sectorId: 'thu-cong', approvedAt: '2026-11-21T01:00:00.000Z' }),
		row('c', 0, { categoryId: 'duong', seller: { id: 'seller-of-đặc-biệt' } })
	];
	const { body } = await makePack(rows);
	const text = await unpack(body);
	const [head = '', ...lines] = text.toString().split('\n');
	expect(packHead.parse(JSON.parse(head)).versions).toEqual([7, 9, 0]);
	expect(lines.map((line) => packRow.parse(JSON.parse(line)).d)).toEqual(rows.map(({ doc }) => doc));

	const listed = listingsOf(text);
	expect(listed.map(({ id, version, columns, data }) => ({ id, version, columns, data }))).toEqual(
		rows.map(({ docId, version, doc }) => ({
			id: docId,
			version,
			columns: {
				order: -Date.parse(String(doc.approvedAt)),
				sectorId: doc.sectorId,
				categoryId: doc.categoryId,
				wardCode: doc.wardCode,
				sellerId: Object(doc.seller).id
			},
			data: doc
		}))
	);
	expect(listed[0]?.data).toBe(listed[0]?.data);
});

test('sync 10: a pack without a head, as an earlier exchange made it, is read all the same', async () => {
	const rows = [row('a', 7), row('b', 9)];
	const text = rows.map(({ version, doc }) => JSON.stringify({ v: version, d: doc })).join('\n');
	const listed = listingsOf(Buffer.from(text));
	expect(listed.map(({ id, version, data }) => ({ id, version, data }))).toEqual(
		rows.map(({ docId, version, doc }) => ({ id: docId, version, data: doc }))
	);
	expect(listed[1]?.columns.sellerId).toBe('seller-of-b');
});

test('sync 10: a build that knows no heads takes the first line for nothing it could show', async () => {
	const { body } = await makePack([row('a', 7)]);
	const [head = ''] = (await unpack(body)).toString().split('\n');
	// Its readers kept what has both of a row's keys.
	expect(Object.keys(JSON.parse(head)).filter((key) => key === 'v' || key === 'd')).toEqual([]);
});
