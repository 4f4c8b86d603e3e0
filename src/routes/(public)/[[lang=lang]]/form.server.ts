import type { Asking } from '$lib/server/accounts/codes.ts';
import { serverConfig } from '$lib/server/config.ts';
import { runtime } from '$lib/server/runtime.ts';

/** A text of a form, no longer than `most`; '' when it is missing or a file. */
export function field(form: FormData, name: string, most: number): string {
	const value = form.get(name);
	return typeof value === 'string' ? value.slice(0, most) : '';
}

/** Every text under one name: boxes that were ticked. */
export const fields = (form: FormData, name: string): string[] =>
	form.getAll(name).filter((value) => typeof value === 'string');

/** Who asks for a code, from where and when. */
export const asking = (ip: string): Asking => ({
	now: runtime().now(),
	ip,
	minutes: serverConfig().codeMinutes
});
