import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import type { OutboxRow, PhotoRow } from '../store/local.ts';
import type { Draft } from '../store/types.ts';
import { foldKeptWords, foldUnsentDrafts } from './unsent.ts';

const at = '2026-11-22T01:00:00.000Z';
const hash = 'a'.repeat(64);
const words: ListingContent = { ...emptyListing, title: 'Xoài cát Hòa Lộc' };

const draft = (over: Partial<Draft>): Draft => ({
	listingId: randomUUID(),
	base: 1,
	ancestor: words,
	content: words,
	conflicts: {},
	createdAt: at,
	updatedAt: at,
	...over
});
const photo = (state: PhotoRow['state']): Map<string, PhotoRow> =>
	new Map([
		[
			hash,
			{ hash, type: 'image/jpeg', bytes: 9, bytesSent: 0, state, uploadUrl: null, refusal: null, addedAt: at }
		]
	]);
const none = { rows: [], photos: new Map<string, PhotoRow>() };

test('sync 6: a working copy the server has as it is here is nothing unsent, nor is one never written in', () => {
	expect(foldUnsentDrafts(none, [draft({})])).toEqual([]);
	expect(foldUnsentDrafts(none, [draft({ base: 0, ancestor: emptyListing, content: emptyListing })])).toEqual(
		[]
	);
	const shown = { ...words, photos: [hash] };
	expect(
		foldUnsentDrafts({ rows: [], photos: photo('stored') }, [draft({ ancestor: shown, content: shown })])
	).toEqual([]);
});

test('sync 6: photos that are only here are unsent, also when the words that name them have gone', () => {
	const shown = { ...words, photos: [hash] };
	expect(
		foldUnsentDrafts({ rows: [], photos: photo('on_device') }, [draft({ ancestor: shown, content: shown })])
	).toMatchObject([
		{ name: 'draft.save', title: 'Xoài cát Hòa Lộc', state: { at: 'waiting_for_photos', sent: 0, total: 1 } }
	]);
});

test('sync 6: words that cannot go yet are unsent: not valid, or both devices changed them', () => {
	const tooLong = draft({ content: { ...words, title: 'x'.repeat(200) } });
	const asked = draft({ conflicts: { title: 'Xoài' } });
	expect(foldUnsentDrafts(none, [tooLong, asked]).map((item) => item.subjectId)).toEqual([
		tooLong.listingId,
		asked.listingId
	]);
});

test('sync 6: a command that brings them speaks for them', () => {
	const one = draft({ content: { ...words, price: 5 } });
	const row: OutboxRow = {
		name: 'draft.save',
		input: { listingId: one.listingId, base: 1, fields: { price: 5 } },
		seq: 1,
		id: randomUUID(),
		subject: `listing:${one.listingId}`,
		deviceTime: at,
		after: [],
		blobs: [],
		state: 'waiting',
		sent: false,
		version: null,
		receipt: null,
		receivedAt: null,
		refusal: null,
		released: false,
		goods: null
	};
	expect(foldUnsentDrafts({ ...none, rows: [row] }, [one])).toEqual([]);
	expect(foldUnsentDrafts({ ...none, rows: [{ ...row, state: 'acknowledged' }] }, [one])).toHaveLength(1);
});

test('sync 6: what is being typed is named by what would send it, and by what it is about', () => {
	const kept = new Map<string, unknown>([
		['need:new', { id: 'n', base: 0, typed: { title: 'Cần mua xoài' } }],
		['offer:need-1', { listingId: '', quantity: 5 }],
		['order:listing-1', { name: 'Lan', note: '', title: 'Bưởi da xanh' }],
		['proposal', { topic: 'feature', text: 'Xin thêm nút in.' }],
		['decide:return:case-1', { chosen: ['anh-chua-ro'], note: '' }],
		['reassign:case-1', 'Tôi nghỉ phép.'],
		['decide:return:case-2', { chosen: [], note: 'Người khác đã xử lý.' }],
		['reassign:case-2', 'Tôi nghỉ phép.']
	]);
	const titles = new Map([
		['need-1', 'Cần mua mít'],
		['case-1', 'TG-42-17'],
		['case-2', 'TG-42-18']
	]);
	const named = foldKeptWords(
		kept,
		(id) => titles.get(id),
		(id) => id === 'case-1'
	);
	expect(named.map(({ name, title }) => `${name} ${title}`)).toEqual([
		'need.submit Cần mua xoài',
		'offer.send Cần mua mít',
		'order.place Bưởi da xanh',
		'proposal.send ',
		'case.decide TG-42-17',
		'case.reassign TG-42-17'
	]);
});
