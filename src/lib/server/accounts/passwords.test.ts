import { expect, test } from 'vitest';
import { checkPassword, hashPassword, nobodysHash } from './passwords.ts';

/** Algorithm, version and cost, without salt and hash. */
const costOf = (hash: string): string => hash.split('$').slice(0, 4).join('$');

test('TG-11.1 an unknown name costs exactly the work of a known one, and opens nothing', async () => {
	expect(costOf(await nobodysHash())).toBe(costOf(await hashPassword('mật khẩu đủ dài')));
	expect(costOf(await nobodysHash())).toBe('$argon2id$v=19$m=19456,t=2,p=1');
	// Not even whoever knows what that hash was made of.
	expect(await checkPassword(null, 'no account has this password')).toBe(false);
	expect(await checkPassword(await hashPassword('mật khẩu đủ dài'), 'mật khẩu đủ dài')).toBe(true);
});
