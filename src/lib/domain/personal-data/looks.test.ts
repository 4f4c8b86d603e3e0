import { expect, test } from 'vitest';
import { letterPurpose, numberPurpose } from './looks.ts';

test('TG-16.2 what is masked is shown for a purpose of the list alone; another one is said in words', () => {
	const said = { purpose: 'compare_papers', words: '' };
	expect(numberPurpose.safeParse(said)).toMatchObject({ success: true, data: said });
	for (const none of [
		{},
		{ words: 'để xem' },
		{ purpose: 'curious', words: '' },
		{ ...said, words: 'x'.repeat(201) }
	])
		expect(numberPurpose.safeParse(none).success).toBe(false);
	for (const words of ['', '   '])
		expect(letterPurpose.safeParse({ purpose: 'other', words }).success).toBe(false);
	expect(letterPurpose.safeParse({ purpose: 'other', words: 'Đối soát với bưu điện' }).success).toBe(true);
	// A number is nobody's letter.
	expect(letterPurpose.safeParse(said).success).toBe(false);
});
