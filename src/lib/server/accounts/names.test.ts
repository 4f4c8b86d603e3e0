import { expect, test } from 'vitest';
import { normalEmail, normalPhone, normalUserName, readSignInName } from './names.ts';

test('TG-11.1 a phone number is the same however it is typed', () => {
	for (const typed of [
		'0901234567',
		'090 123 4567',
		'090.123.4567',
		'+84901234567',
		'+84 90-123-4567',
		'84901234567',
		'(090) 1234567',
		'0084901234567'
	])
		expect(normalPhone(typed), typed).toBe('0901234567');
	for (const typed of ['', '12345', '09012345678901', '+1 202 555 0100', 'batu', '84'])
		expect(normalPhone(typed), typed).toBeNull();
});

test('TG-11.1 e-mail and user name lose their capitals and outer spaces', () => {
	expect(normalEmail('  Ba.Tu@Vuon.Example ')).toBe('ba.tu@vuon.example');
	expect(normalEmail('ba tu@x.vn')).toBeNull();
	expect(normalUserName(' BaTu ')).toBe('batu');
	for (const typed of ['bà tư', '1batu', 'ab', 'a'.repeat(41)])
		expect(normalUserName(typed), typed).toBeNull();
});

test('TG-11.1 what is typed at sign-in is one kind of name or none', () => {
	expect(readSignInName('batu@vuon.example')).toEqual({ kind: 'email', normal: 'batu@vuon.example' });
	expect(readSignInName('090 123 4567')).toEqual({ kind: 'phone', normal: '0901234567' });
	expect(readSignInName('BaTu')).toEqual({ kind: 'user_name', normal: 'batu' });
	expect(readSignInName('???')).toBeNull();
});
