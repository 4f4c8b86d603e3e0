import { describe, expect, test } from 'vitest';
import {
	formatDate,
	formatDateTime,
	formatDong,
	formatNumber,
	formatQuantity,
	formatRelative,
	formatWeekday
} from './format.ts';

describe('numbers as people write them', () => {
	test.each([
		[85_000, '85.000\u00a0đ', '85,000\u00a0đ'],
		[0, '0\u00a0đ', '0\u00a0đ'],
		[1_234_567, '1.234.567\u00a0đ', '1,234,567\u00a0đ'],
		[999, '999\u00a0đ', '999\u00a0đ']
	])('%i đồng', (amount, vi, en) => {
		expect(formatDong(amount, 'vi')).toBe(vi);
		expect(formatDong(amount, 'en')).toBe(en);
	});

	test('a quantity keeps its decimals and drops empty ones', () => {
		expect(formatQuantity(1.5, 'kg', 'vi')).toBe('1,5\u00a0kg');
		expect(formatQuantity(1200, 'kg', 'vi')).toBe('1.200\u00a0kg');
		expect(formatQuantity(10, 'kg', 'en')).toBe('10\u00a0kg');
		expect(formatNumber(-2500.25, 'vi')).toBe('−2.500,25');
	});
});

describe('dates are those of Vietnam', () => {
	test('an instant late in the UTC day is the next day here', () => {
		expect(formatDate('2026-11-18T17:30:00Z', 'vi')).toBe('19/11/2026');
		expect(formatDateTime('2026-11-18T17:30:00Z', 'vi')).toBe('19/11/2026 00:30');
		expect(formatDate('2026-11-18T17:30:00Z', 'en')).toBe('19 Nov 2026');
	});

	test('a plain day stays that day', () => {
		expect(formatDate('2026-11-18', 'vi')).toBe('18/11/2026');
		expect(formatWeekday('2026-11-25', 'vi')).toBe('Thứ Tư 25/11');
		expect(formatWeekday('2026-11-22', 'en')).toBe('Sunday 22 Nov');
	});

	test.each([
		['2026-11-22T02:59:40Z', 'vừa xong', 'just now'],
		['2026-11-22T03:05:00Z', 'vừa xong', 'just now'],
		['2026-11-22T02:55:00Z', '5 phút trước', '5 min ago'],
		['2026-11-22T00:30:00Z', '2 giờ trước', '2 h ago'],
		['2026-11-21T16:59:00Z', 'hôm qua 23:59', 'yesterday 23:59'],
		['2026-11-18T01:12:00Z', '18/11/2026', '18 Nov 2026']
	])('%s seen at ten in the morning', (instant, vi, en) => {
		const now = new Date('2026-11-22T03:00:00Z');
		expect(formatRelative(instant, now, 'vi')).toBe(vi);
		expect(formatRelative(instant, now, 'en')).toBe(en);
	});
});
