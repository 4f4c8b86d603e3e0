import { expect, test } from 'vitest';
import { inSentence, nameOf, namesOf, withoutRank } from './reference.ts';

const units = [
	{ id: 'kg', name: 'kg' },
	{ id: 'trai', name: 'trái' }
];

test('an id the pack no longer knows is shown as it is', () => {
	expect(nameOf(units, 'trai')).toBe('trái');
	expect(nameOf(units, 'thung-go')).toBe('thung-go');
	expect(namesOf(units, ['kg', 'trai'])).toBe('kg, trái');
});

test('a place is written as the sentence around it asks', () => {
	expect(withoutRank('Tỉnh Đồng Tháp')).toBe('Đồng Tháp');
	expect(withoutRank('Thành phố Cần Thơ')).toBe('Cần Thơ');
	expect(inSentence('Tỉnh Đồng Tháp')).toBe('tỉnh Đồng Tháp');
});
