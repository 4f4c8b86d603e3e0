import { expect, test } from 'vitest';
import {
	clearSessionCookie,
	readDeviceCookie,
	readSessionCookie,
	setDeviceCookie,
	setSessionCookie,
	type CookieJar
} from './cookies.ts';

function jar() {
	const said: Record<string, unknown>[] = [];
	const held = new Map<string, string>();
	const cookies: CookieJar = {
		get: (name) => held.get(name),
		set: (name, value, options) => {
			held.set(name, value);
			said.push({ name, value, ...options });
		},
		delete: (name, options) => {
			held.delete(name);
			said.push({ name, ...options });
		}
	};
	return { said, cookies };
}

const expiresAt = '2026-12-01T00:00:00.000Z';

test('TG-5: no script reads the cookie, no other site sends it, over https no neighbour sets it', () => {
	const { said, cookies } = jar();
	setSessionCookie(cookies, 'id', expiresAt, true);
	setSessionCookie(cookies, 'id', expiresAt, false);
	clearSessionCookie(cookies, true);
	const safe = { path: '/', httpOnly: true, sameSite: 'lax' };
	expect(said).toEqual([
		{ ...safe, name: '__Host-san_session', value: 'id', secure: true, expires: new Date(expiresAt) },
		{ ...safe, name: 'san_session', value: 'id', secure: false, expires: new Date(expiresAt) },
		{ ...safe, name: '__Host-san_session', secure: true }
	]);
});

test('TG-5: the cookie of plain http opens nothing over https', () => {
	const { cookies } = jar();
	setSessionCookie(cookies, 'id', expiresAt, false);
	expect([readSessionCookie(cookies, false), readSessionCookie(cookies, true)]).toEqual(['id', undefined]);
});

test('the device stays known for a year', () => {
	const { said, cookies } = jar();
	setDeviceCookie(cookies, 'abc', '2026-11-22T00:00:00.000Z', true);
	expect(said).toMatchObject([{ httpOnly: true, expires: new Date('2027-11-22T00:00:00.000Z') }]);
	expect([readDeviceCookie(cookies, true), readDeviceCookie(cookies, false)]).toEqual(['abc', null]);
});
