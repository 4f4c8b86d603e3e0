import { expect, test } from 'vitest';
import { noBusinessRules } from '../agencies/schema.ts';
import { comparedByHand, identityIsDuty } from './identity.ts';

const line = (id: string, clause: string, effectiveFrom: string) => ({
	id,
	text: '',
	clause,
	required: true,
	effectiveFrom,
	effectiveTo: null
});
const pack = {
	businesses: {
		...noBusinessRules,
		checkList: [
			line('so', 'TG-19.4', '2023-05-01'),
			line('vneid', 'LAW-tmdt-identity', '2026-12-01'),
			line('goc', 'LAW-tmdt-identity', '2027-01-01')
		]
	}
};

test('LAW-tmdt-identity the duty begins on its day', () => {
	expect(identityIsDuty(pack, '2026-12-31')).toBe(false);
	expect(identityIsDuty(pack, '2027-01-01')).toBe(true);
});

test('LAW-tmdt-identity compared is who has every line of that clause ticked, and there is one', () => {
	expect(comparedByHand(pack, ['so'], '2026-11-30')).toBe(false);
	expect(comparedByHand(pack, ['so'], '2026-12-31')).toBe(false);
	expect(comparedByHand(pack, ['vneid'], '2026-12-31')).toBe(true);
	expect(comparedByHand(pack, ['vneid'], '2027-01-01')).toBe(false);
	expect(comparedByHand(pack, ['vneid', 'goc'], '2027-01-01')).toBe(true);
});
