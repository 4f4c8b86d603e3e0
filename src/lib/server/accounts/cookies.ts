import { serverConfig } from '$lib/server/config.ts';

/** What we need of SvelteKit's cookies, so that this module runs outside of it as well. */
export type CookieJar = {
	get(name: string): string | undefined;
	set(name: string, value: string, options: CookieOptions & { path: string }): void;
	delete(name: string, options: CookieOptions & { path: string }): void;
};
type CookieOptions = { httpOnly: boolean; sameSite: 'lax'; secure: boolean; expires?: Date };

const cookieOptions = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure });
/** Over plain http (this machine, a local network) a `secure` cookie would never come back. */
const overHttps = (): boolean => serverConfig().origin.startsWith('https:');

/** Over https no neighbour on the same domain can set it (`__Host-`). */
const named = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);
const sessionName = 'san_session';
const deviceName = 'san_device';
const deviceYears = 1;

export const readSessionCookie = (
	cookies: Pick<CookieJar, 'get'>,
	secure: boolean = overHttps()
): string | undefined => cookies.get(named(sessionName, secure));

export function setSessionCookie(
	cookies: Pick<CookieJar, 'set'>,
	sessionId: string,
	expiresAt: string,
	secure: boolean = overHttps()
): void {
	cookies.set(named(sessionName, secure), sessionId, {
		...cookieOptions(secure),
		expires: new Date(expiresAt)
	});
}

export function clearSessionCookie(cookies: Pick<CookieJar, 'delete'>, secure: boolean = overHttps()): void {
	cookies.delete(named(sessionName, secure), cookieOptions(secure));
}

/** What this device is known by since it signed in here (attempts.ts). Signing out leaves it. */
export const readDeviceCookie = (
	cookies: Pick<CookieJar, 'get'>,
	secure: boolean = overHttps()
): string | null => cookies.get(named(deviceName, secure)) ?? null;

export function setDeviceCookie(
	cookies: Pick<CookieJar, 'set'>,
	device: string,
	now: string,
	secure: boolean = overHttps()
): void {
	const expires = new Date(now);
	expires.setUTCFullYear(expires.getUTCFullYear() + deviceYears);
	cookies.set(named(deviceName, secure), device, { ...cookieOptions(secure), expires });
}

const lockName = 'san_lock';

/** Opens the page of a locked person and nothing else: no procedure, command or file asks for it. */
export const readLockCookie = (
	cookies: Pick<CookieJar, 'get'>,
	secure: boolean = overHttps()
): string | undefined => cookies.get(named(lockName, secure));

export function setLockCookie(
	cookies: Pick<CookieJar, 'set'>,
	session: { readonly token: string; readonly expiresAt: string },
	secure: boolean = overHttps()
): void {
	cookies.set(named(lockName, secure), session.token, {
		...cookieOptions(secure),
		expires: new Date(session.expiresAt)
	});
}

export function clearLockCookie(cookies: Pick<CookieJar, 'delete'>, secure: boolean = overHttps()): void {
	cookies.delete(named(lockName, secure), cookieOptions(secure));
}
