import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { renderSVG } from 'uqr';
import { afterSignIn, languageOf, paths, safeNext } from '$lib/paths.ts';
import {
	readDeviceCookie,
	readSessionCookie,
	setDeviceCookie,
	setSessionCookie
} from '$lib/server/accounts/cookies.ts';
import { actorOf } from '$lib/server/accounts/members.ts';
import {
	beginTotp,
	checkCode,
	completeSignIn,
	confirmTotp,
	demoCode,
	halfSession
} from '$lib/server/accounts/second-factor.ts';
import { serverConfig } from '$lib/server/config.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../../public-data.ts';

export const load: PageServerLoad = async ({ url, cookies, request, setHeaders }) => {
	setHeaders(noCache);
	const next = safeNext(url.searchParams.get('next'));
	const { db, auth, now } = runtime();
	const half = await halfSession(auth, readSessionCookie(cookies), now());
	if (half === null) {
		// The answer to a first code carries the recovery codes, which are shown this once.
		if (request.method === 'POST') return { step: 'done' as const, next };
		redirect(303, paths.signIn(languageOf(url.pathname), next));
	}
	if (half.step === 'second_factor') {
		const shown = serverConfig().demo ? await demoCode({ db }, half.accountId, now()) : null;
		return { step: half.step, next, demoCode: shown };
	}
	const { name } = await actorOf(db, half.accountId, now());
	const begun = await beginTotp({ db }, { accountId: half.accountId, label: name, now: now() });
	if (begun === null) redirect(303, paths.signIn(languageOf(url.pathname), next));
	return { step: half.step, next, secret: begun.secret, square: renderSVG(begun.uri) };
};

async function readCode({ request }: RequestEvent): Promise<string> {
	const value = (await request.formData()).get('code');
	return typeof value === 'string' ? value.trim().slice(0, 20) : '';
}

/** The rest of a sign-in, for whoever has half of it; everybody else begins anew. */
async function halfOf({ cookies, url }: RequestEvent) {
	const half = await halfSession(runtime().auth, readSessionCookie(cookies), runtime().now());
	if (half === null)
		redirect(303, paths.signIn(languageOf(url.pathname), url.searchParams.get('next') ?? undefined));
	return half;
}

async function open(
	{ cookies, url }: RequestEvent,
	half: Awaited<ReturnType<typeof halfOf>>,
	assurance: 'totp' | 'recovery'
): Promise<void> {
	const { auth, now } = runtime();
	const at = now();
	const done = await completeSignIn(auth, half, {
		assurance,
		knownDevice: readDeviceCookie(cookies),
		now: at
	});
	if (done === null)
		redirect(303, paths.signIn(languageOf(url.pathname), url.searchParams.get('next') ?? undefined));
	setSessionCookie(cookies, done.sessionId, done.expiresAt);
	setDeviceCookie(cookies, done.knownDevice, at);
}

export const actions: Actions = {
	/** TG-5: the code of the app, or a recovery code. */
	code: async (event) => {
		const half = await halfOf(event);
		const server = runtime();
		const checked = await checkCode(server, {
			accountId: half.accountId,
			code: await readCode(event),
			knownDevice: readDeviceCookie(event.cookies),
			ip: event.getClientAddress(),
			now: server.now()
		});
		if (!checked.ok) {
			const { refusal } = checked;
			return fail(refusal.code === 'too_many_attempts' ? 429 : 400, { refusal });
		}
		await open(event, half, checked.value);
		redirect(303, afterSignIn(safeNext(event.url.searchParams.get('next'))));
	},
	/** The first code of a new app. */
	enrol: async (event) => {
		const half = await halfOf(event);
		if (half.step !== 'enrol') return fail(400, { refusal: { code: 'illegal_transition' as const } });
		const { db, now } = runtime();
		const code = await readCode(event);
		const done = await confirmTotp({ db }, { accountId: half.accountId, code, now: now() });
		if (!done.ok) return fail(400, { refusal: done.refusal });
		await open(event, half, 'totp');
		return { recoveryCodes: done.value.recoveryCodes };
	}
};
