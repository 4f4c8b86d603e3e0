import { describe, expect, test } from 'vitest';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { certificatesThatHold, certificateStandings, hidesGoods, type WatchedGoods } from './certificates.ts';

const pack = loadPack('tien-giang');
const last = '2027-03-15';
const after = '2027-03-16';
const attp = { type: 'attp', number: '15/ATTP', issuedBy: 'Sở Công Thương', expiresOn: last };
const ocop = { type: 'ocop', number: 'OCOP-82', issuedBy: 'UBND tỉnh', expiresOn: last };
const sweets: WatchedGoods = {
	id: 'mut',
	title: 'Mứt dừa',
	kind: 'household',
	sectorId: 'banh-keo-do-uong',
	waits: false,
	certificates: [attp, ocop],
	papers: [],
	written: [attp, ocop]
};

test('TG-6.3 the last day of a certificate counts, and one without a day holds', () => {
	const forever = { ...ocop, expiresOn: null };
	expect(certificatesThatHold([attp, forever], last)).toEqual([attp, forever]);
	expect(certificatesThatHold([attp, forever], after)).toEqual([forever]);
});

describe('TG-6.3 TG-7.1a what hides goods', () => {
	test('the one their sector asks for, and no other', () => {
		expect(hidesGoods(pack, sweets, last)).toBeNull();
		expect(hidesGoods(pack, sweets, after)).toBe('attp');
		expect(hidesGoods(pack, { ...sweets, certificates: [ocop] }, after)).toBeNull();
		expect(hidesGoods(pack, { ...sweets, sectorId: 'nong-san' }, after)).toBeNull();
		expect(hidesGoods(pack, { ...sweets, kind: 'individual' }, after)).toBeNull();
	});

	test('not while one of its kind is in force beside it or among the confirmed papers of the seller', () => {
		const newer = { ...attp, number: '16/ATTP', expiresOn: '2029-01-01' };
		expect(hidesGoods(pack, { ...sweets, certificates: [attp, newer] }, after)).toBeNull();
		expect(hidesGoods(pack, { ...sweets, papers: [newer] }, after)).toBeNull();
		expect(hidesGoods(pack, { ...sweets, papers: [attp] }, after)).toBe('attp');
	});

	test('nothing about certificates hides goods that state none', () => {
		expect(hidesGoods(pack, { ...sweets, certificates: [], papers: [attp] }, after)).toBeNull();
	});
});

test('TG-6.3 one certificate of many goods is one standing, which says whether goods are hidden for it', () => {
	const candy = { ...sweets, id: 'keo', title: 'Kẹo dừa', certificates: [attp], written: [attp] };
	expect(certificateStandings(pack, [sweets, candy], '2027-03-08')).toMatchObject([
		{ type: 'attp', left: 7, hides: true, renewing: false, goods: [{ id: 'mut' }, { id: 'keo' }] },
		{ type: 'ocop', left: 7, hides: false, goods: [{ id: 'mut' }] }
	]);
	const newer = { ...attp, expiresOn: '2029-01-01' };
	const sent: WatchedGoods = { ...candy, waits: true, written: [newer] };
	const renewing = (goods: WatchedGoods[]) => certificateStandings(pack, goods, last)[0]?.renewing;
	expect(renewing([sent])).toBe(true);
	expect(renewing([sent, sweets])).toBe(false);
	expect(renewing([{ ...sent, waits: false }])).toBe(false);
});
