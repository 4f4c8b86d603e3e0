import { isHttpError, isRedirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Address } from './addresses.ts';
import type { Asker } from './everybody.ts';

export type AddressSample = {
	readonly params?: Readonly<Record<string, string>>;
	readonly search?: string;
	readonly body?: BodyInit;
	readonly headers?: Readonly<Record<string, string>>;
};

const refused = z.object({ refusal: z.object({ code: z.string() }) });
/** `closed` = not for you; `hidden` = not there, which is all that anybody hears of what is not theirs. */
export type Denial = 'closed' | 'hidden';
const denialOf = (status: number): Denial | null =>
	status === 401 || status === 403 ? 'closed' : status === 404 ? 'hidden' : null;

/** Asks an address as somebody, the way SvelteKit does. `asked` = whether it wanted to know who is there. */
export async function askAddress(
	asker: Asker,
	address: Address,
	sample: AddressSample
): Promise<{ denied: Denial | null; said: string; asked: boolean }> {
	const [method = 'GET', route = '/'] = address.name.split(' ');
	const params = sample.params ?? {};
	const path = Object.entries(params).reduce((done, [key, value]) => done.replace(`[${key}]`, value), route);
	const url = new URL(
		`${path.replaceAll(/\/\[[^/]*\]/g, '') || '/'}${sample.search ?? ''}`,
		'http://localhost:3000'
	);
	const sends = ['POST', 'PUT', 'PATCH', 'ACTION'].includes(method);
	const request = new Request(url, {
		method: method === 'ACTION' ? 'POST' : ['PAGE', 'LAYOUT'].includes(method) ? 'GET' : method,
		headers: { origin: url.origin, ...sample.headers },
		...(sends && { body: sample.body ?? new URLSearchParams() })
	});
	let asked = false;
	const event = {
		request,
		url,
		params,
		route: { id: route },
		cookies: { get: () => undefined, set: () => undefined, delete: () => undefined },
		locals: {
			requestId: 'rights',
			caller: () => {
				asked = true;
				return Promise.resolve(asker.caller);
			}
		},
		getClientAddress: () => '192.0.2.1',
		setHeaders: () => undefined,
		parent: () => Promise.resolve({}),
		depends: () => undefined,
		untrack: (work: () => unknown) => work()
	};
	try {
		const answer: unknown = await address.run(event);
		if (!(answer instanceof Response)) return { denied: null, said: 'data', asked };
		const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
		const no = isJson ? refused.safeParse(await answer.json()) : null;
		await answer.body?.cancel().catch(() => undefined);
		// A refusal says more than its status: 403 may also mean "prove once more that it is you".
		if (no?.success) {
			const { code } = no.data.refusal;
			const denied = code === 'not_allowed' ? 'closed' : code === 'not_found' ? 'hidden' : null;
			return { denied, said: code, asked };
		}
		return { denied: denialOf(answer.status), said: String(answer.status), asked };
	} catch (error) {
		if (isRedirect(error)) return { denied: null, said: `to ${error.location}`, asked };
		if (!isHttpError(error)) throw error;
		return { denied: denialOf(error.status), said: String(error.status), asked };
	}
}
