import { expect, test } from 'vitest';
import { countWorkingDays } from '$lib/domain/calendar/working-days.ts';
import { loadPack, packIds } from '$lib/server/rulepacks/load.ts';
import facts from '$lib/domain/calendar/data/vectors.json' with { type: 'json' };
import { describeTerm } from './due.ts';

test.each(packIds)('TG-10.2b the calendar of %s answers every published vector', (packId) => {
	const { calendar } = loadPack(packId);
	for (const vector of facts.vectors) {
		const term = countWorkingDays({ from: vector.submittedAt, workingDays: vector.workingDays, calendar });
		expect.soft(term.counted, vector.why).toEqual(vector.countedDays);
		expect.soft(term.overdueFrom, vector.why).toBe(vector.overdueFrom);
	}
});

test('TG-10.2b the command shows counted days, the last one, the overdue instant and each skipped day', () => {
	const { calendar } = loadPack('tien-giang');
	const from = '2026-11-20T15:00:00+07:00';
	expect(describeTerm(from, countWorkingDays({ from, workingDays: 3, calendar }))).toEqual([
		'nhận:        2026-11-20 15:00:00 (giờ Việt Nam), ngày nhận không tính',
		'ngày 1       2026-11-23 Thứ Hai',
		'ngày 2       2026-11-25 Thứ Tư',
		'ngày 3       2026-11-26 Thứ Năm',
		'ngày cuối:   2026-11-26 Thứ Năm, hết ngày (24:00)',
		'quá hạn từ:  2026-11-26T17:00:00.000Z = 2026-11-27 00:00:00 (giờ Việt Nam)',
		'bỏ qua:      2026-11-21 Thứ Bảy',
		'bỏ qua:      2026-11-22 Chủ nhật',
		'bỏ qua:      2026-11-24 Thứ Ba: Ngày Văn hóa Việt Nam'
	]);
});
