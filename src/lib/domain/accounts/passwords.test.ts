import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordFault, passwordStrength, plainPassword } from './passwords.ts';

const common = new Set(['matkhau', 'qwertyuiop', '1234567890'].map(plainPassword));
const about = ['Nguyễn Thị Tư', '0912345678', 'batu.vuon@x.example'];
const fault = (password: string) => passwordFault(password, common, about);

test('TG-7.2a: short, common and personal passwords are refused, each with its reason', () => {
	expect(fault('ngắn quá')).toBe('too_short');
	expect(fault('x'.repeat(201))).toBe('too_long');
	for (const password of [
		'qwertyuiop',
		'QwertyUIOP',
		'Mật Khẩu 2026!',
		'matkhau12345',
		'1234567890',
		'aaaaaaaaaaaa',
		'abababababab'
	])
		expect(fault(password), password).toBe('common');
	for (const password of ['Nguyễn Thị Tư', 'nguyenthitu1', '0912 345 678', '0912345678!', 'batu.vuon01'])
		expect(fault(password), password).toBe('about_you');
});

test('TG-7.2a: a sentence of one’s own is taken, also one in which the own name occurs', () => {
	for (const password of [
		'mật khẩu của riêng tôi',
		'con gà gáy lúc ba giờ',
		'nguyễn thị tư thích sầu riêng',
		'xK9#vRt2!pQm'
	])
		expect(fault(password), password).toBe(null);
});

test('a longer password is never weaker', () => {
	const order = ['weak', 'fair', 'strong'];
	fc.assert(
		fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 10 }), (one, more) => {
			expect(order.indexOf(passwordStrength(one + more))).toBeGreaterThanOrEqual(
				order.indexOf(passwordStrength(one))
			);
		})
	);
});
