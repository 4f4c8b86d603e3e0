import { expect, test } from 'vitest';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import { historyOnDevice, wasLate } from './history.ts';
import { caseOf, hanh } from './test-world.ts';

const decided = (number: number, at: string): CaseDoc =>
	caseOf(number, {
		state: 'approved',
		decision: {
			by: { id: hanh.id, name: hanh.name },
			at,
			deviceTime: at,
			outcome: 'approved',
			reasonCodes: [],
			note: ''
		}
	});

test('without a network the decided cases of the unit on the device are shown, newest first', () => {
	const elsewhere = { ...decided(3, '2026-11-23T09:00:00.000Z'), agencyId: 'so-y-te' };
	const rows = historyOnDevice(
		[decided(1, '2026-11-22T09:00:00.000Z'), caseOf(9), elsewhere, decided(2, '2026-11-23T09:00:00.000Z')],
		'so-nnmt'
	);
	expect(rows.map((row) => row.code)).toEqual(['TG-42-02', 'TG-42-01']);
	expect(rows[0]).toMatchObject({
		decidedByName: 'Phạm Mỹ Hạnh',
		title: 'Dừa sáp trái to',
		state: 'approved'
	});
});

test('TG-10.2b a decision at the end of the term is late, a withdrawal never', () => {
	const dueAt = '2026-11-23T17:00:00.000Z';
	const row = { state: 'approved', decidedAt: dueAt, dueAt } as const;
	expect(wasLate(row)).toBe(true);
	expect(wasLate({ ...row, decidedAt: '2026-11-23T16:59:59.999Z' })).toBe(false);
	expect(wasLate({ ...row, state: 'cancelled' })).toBe(false);
});
