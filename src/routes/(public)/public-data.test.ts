import { expect, test } from 'vitest';
import { catalogueQuery } from './public-data.ts';

const asked = (search: string) => catalogueQuery(new URL(`https://san.example.vn/needs${search}`));

test('what the database does not take is cleaned out of an address: such a link shows a list, not a fault', () => {
	expect(asked('?q=%00&category=%00&ward=%00')).toEqual({ q: '', category: '', ward: '', page: 1 });
	expect(asked('?q=xoa%CC%80i%00&category=trai-cay%00&ward=28%00261&page=%00')).toEqual({
		q: 'xoài',
		category: 'trai-cay',
		ward: '28261',
		page: 1
	});
});
