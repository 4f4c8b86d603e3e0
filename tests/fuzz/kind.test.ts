import { expect, test } from 'vitest';
import { kindOf } from './kind.ts';

test('two failures are of one kind when they differ in ids, numbers and what was typed', () => {
	const lost = (field: string, words: string, id: string) =>
		kindOf(`sync 4: tu-phone/batu: ${field} "${words}" of ${id} is lost`);
	expect(lost('title', 'Sầu riêng lần 2', '93ba0dc6')).toBe(lost('title', 'Sầu riêng lần 31', 'aabc2415'));
	expect(lost('title', 'a', '93ba0dc6')).not.toBe(lost('packing', 'a', '93ba0dc6'));
	expect(kindOf('sync 1: notification bb4d1042 is unread again')).not.toBe(
		kindOf('sync 1: notification bb4d1042 is lost')
	);
	expect(kindOf('the story broke: Error: x\n    at a.ts:1:2')).toBe(
		kindOf('the story broke: Error: x\n    at b.ts:7:9')
	);
});
