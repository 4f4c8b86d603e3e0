import { describe, expect, test } from 'vitest';
import { deskAction, deskKeys, reasonIndex, type KeyPress } from './keys.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
	key,
	ctrlKey: false,
	altKey: false,
	metaKey: false,
	isComposing: false,
	repeat: false,
	...more
});
const free = { writing: false, dialogOpen: false };

describe('keys of the desk', () => {
	test.each(deskKeys)('$key does $action, in either case', ({ key, action }) => {
		expect(deskAction(press(key), free)).toBe(action);
		expect(deskAction(press(key.toLowerCase()), free)).toBe(action);
	});
	test('no key decides while somebody writes or a dialog is open', () => {
		for (const { key } of deskKeys) {
			expect(deskAction(press(key), { ...free, writing: true })).toBeNull();
			expect(deskAction(press(key), { ...free, dialogOpen: true })).toBeNull();
		}
	});
	test('combinations belong to the browser', () => {
		expect(deskAction(press('a', { ctrlKey: true }), free)).toBeNull();
		expect(deskAction(press('r', { metaKey: true }), free)).toBeNull();
		expect(deskAction(press('k', { altKey: true }), free)).toBeNull();
	});
	test('letters on their way through a Vietnamese keyboard are text', () => {
		expect(deskAction(press('a', { isComposing: true }), free)).toBeNull();
	});
	test('a key held down moves on but decides nothing', () => {
		expect(deskAction(press('j', { repeat: true }), free)).toBe('next');
		expect(deskAction(press('a', { repeat: true }), free)).toBeNull();
	});
	test('digits choose reasons, 0 is the tenth', () => {
		expect(['1', '9', '0', 'a', 'Enter'].map(reasonIndex)).toEqual([0, 8, 9, null, null]);
	});
});
