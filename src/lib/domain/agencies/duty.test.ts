import { expect, test } from 'vitest';
import { onDuty } from './duty.ts';

const away = (accountId: string, substituteId: string, from = '2026-11-23', to = '2026-11-25') => ({
	accountId,
	substituteId,
	from,
	to
});

test('TG-3.2 the substitute stands in from the first to the last day, and no longer', () => {
	const absences = [away('minh', 'hanh')];
	const days = ['2026-11-22', '2026-11-23', '2026-11-25', '2026-11-26'];
	expect(days.map((day) => onDuty(absences, 'minh', day))).toEqual(['minh', 'hanh', 'hanh', 'minh']);
	expect(onDuty(absences, 'hanh', '2026-11-23')).toBe('hanh');
});

test('TG-3.2 a substitute who is away passes it on; a circle leaves nobody', () => {
	expect(onDuty([away('minh', 'hanh'), away('hanh', 'sau')], 'minh', '2026-11-24')).toBe('sau');
	expect(onDuty([away('minh', 'hanh'), away('hanh', 'minh')], 'minh', '2026-11-24')).toBeNull();
	expect(onDuty([away('minh', 'minh')], 'minh', '2026-11-24')).toBeNull();
});
