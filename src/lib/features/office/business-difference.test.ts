import { expect, test } from 'vitest';
import { changedLines, type Line } from './business-difference.ts';

const line = (id: string, words: string, files?: string[]): Line => ({
	id,
	label: id,
	words,
	...(files && { files })
});

const say = { otherFiles: 'tệp mới', gone: 'đã bỏ' };

test('TG-7.2b an officer reads what differs from the confirmed registration, field by field', () => {
	const before = [
		line('phone', '0911'),
		line('intro', 'Hủ tiếu'),
		line('attp', '118/2023 · 1 tệp', ['a']),
		line('haccp', 'HACCP-0815 · 1 tệp', ['b'])
	];
	const now = [
		line('phone', '0988'),
		line('intro', 'Hủ tiếu'),
		line('attp', '118/2023 · 1 tệp', ['c']),
		line('ocop', 'OCOP-22 · 1 tệp', ['d'])
	];
	expect(changedLines(before, now, say)).toEqual([
		{ id: 'phone', label: 'phone', before: '0911', now: '0988' },
		// The same number of files, and other ones.
		{ id: 'attp', label: 'attp', before: '118/2023 · 1 tệp', now: '118/2023 · 1 tệp · tệp mới' },
		{ id: 'ocop', label: 'ocop', before: '', now: 'OCOP-22 · 1 tệp' },
		{ id: 'haccp', label: 'haccp', before: 'HACCP-0815 · 1 tệp', now: 'đã bỏ' }
	]);
	expect(changedLines(before, before, say)).toEqual([]);
});
