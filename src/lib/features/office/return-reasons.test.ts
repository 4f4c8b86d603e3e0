import { describe, expect, test } from 'vitest';
import { caseDecide } from '$lib/domain/moderation/schema.ts';
import { decisionInput } from './return-reasons.ts';
import { caseOf } from './test-world.ts';

const typed = { caseId: caseOf(17).id, listingRev: 2, reasonCodes: [] as string[], note: '', checked: [] };

describe('what an officer typed becomes a decision', () => {
	test('TG-10.2b a return says why', () => {
		expect(decisionInput('return', typed)).toBeNull();
		expect(decisionInput('return', { ...typed, reasonCodes: ['anh-chua-ro'] })).toEqual({
			caseId: typed.caseId,
			listingRev: 2,
			decision: 'return',
			reasonCodes: ['anh-chua-ro'],
			note: ''
		});
	});
	test('an approval carries no reasons, whatever was ticked before', () => {
		expect(decisionInput('approve', { ...typed, reasonCodes: ['anh-chua-ro'] })).toEqual({
			caseId: typed.caseId,
			listingRev: 2,
			decision: 'approve',
			note: ''
		});
	});
	test('every decision fits the command, also with more reasons ticked than it takes', () => {
		const reasonCodes = Array.from({ length: 10 }, (_, index) => `ly-do-${index}`);
		for (const kind of ['approve', 'return'] as const)
			expect(caseDecide.safeParse(decisionInput(kind, { ...typed, reasonCodes })).success).toBe(true);
	});
});
