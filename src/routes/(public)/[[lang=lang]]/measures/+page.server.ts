import { fail, redirect } from '@sveltejs/kit';
import { lockedOrderEvents, maxEvidenceFiles, remedyRequest } from '$lib/domain/enforcement/schema.ts';
import { no } from '$lib/domain/kernel/refusal.ts';
import { languageOf, paths } from '$lib/paths.ts';
import { clearLockCookie, readLockCookie } from '$lib/server/accounts/cookies.ts';
import { endLockSession } from '$lib/server/accounts/lock-sessions.ts';
import { advanceAsLocked, runningOrdersOf } from '$lib/server/enforcement/orders.ts';
import { keepEvidence } from '$lib/server/enforcement/evidence.ts';
import { personBehind } from '$lib/server/enforcement/person.ts';
import { requestRemedy } from '$lib/server/enforcement/remedies.ts';
import { ownMeasures } from '$lib/server/enforcement/views.ts';
import { runtime } from '$lib/server/runtime.ts';
import { noCache } from '../../public-data.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const personOf = async ({ locals, cookies, url }: Pick<RequestEvent, 'locals' | 'cookies' | 'url'>) => {
	const { auth, now } = runtime();
	const person = await personBehind(auth, await locals.caller(), readLockCookie(cookies), now());
	const lang = languageOf(url.pathname);
	return person ?? redirect(303, paths.signIn(lang, paths.measures(lang)));
};

export const load: PageServerLoad = async ({ locals, cookies, url, setHeaders }) => {
	setHeaders(noCache);
	const { db } = runtime();
	const person = await personOf({ locals, cookies, url });
	const [measures, orders] = await Promise.all([
		ownMeasures(db, person.accountId),
		person.who === 'locked' ? runningOrdersOf(db, person.accountId) : []
	]);
	return { measures, orders, who: person.who };
};

const field = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
};

export const actions: Actions = {
	/** TG-9.3a: asks to be confirmed again. What was typed comes back with a refusal. */
	remedy: async (event) => {
		const person = await personOf(event);
		const { db, files, now } = runtime();
		const form = await event.request.formData();
		const typed = field(form, 'text').slice(0, 4_000);
		const measureId = field(form, 'measureId').slice(0, 60);
		const pictures = form.getAll('files').filter((one) => one instanceof File && one.size > 0);
		const refuse = (refusal: ReturnType<typeof no>['refusal']) => fail(400, { measureId, typed, refusal });
		if (pictures.length > maxEvidenceFiles)
			return refuse(no('too_many_photos', { facts: { max: maxEvidenceFiles } }).refusal);
		const input = remedyRequest.omit({ files: true }).safeParse({ measureId, text: typed });
		if (!input.success) return refuse(no('invalid_input').refusal);
		const ids: string[] = [];
		for (const picture of pictures) {
			if (typeof picture === 'string') continue;
			const bytes = new Uint8Array(await picture.arrayBuffer());
			const kept = await keepEvidence({ db, files }, person.accountId, bytes, now());
			if (!kept.ok) return refuse(kept.refusal);
			ids.push(kept.value.id);
		}
		const sent = await requestRemedy(db, person.accountId, { ...input.data, files: ids }, now());
		return sent.ok ? { sent: sent.value } : refuse(sent.refusal);
	},
	/** TG-13.1: the step of a running order that a locked seller may still take. What was typed comes back as well. */
	order: async (event) => {
		const person = await personOf(event);
		const { db, now } = runtime();
		const form = await event.request.formData();
		const step = lockedOrderEvents.find((one) => one === field(form, 'event'));
		const rev = Number(field(form, 'rev'));
		const orderId = field(form, 'orderId').slice(0, 60);
		const typed = field(form, 'reason').slice(0, 400);
		if (!step || !Number.isInteger(rev))
			return fail(400, { orderId, typed, refusal: no('invalid_input').refusal });
		const done = await advanceAsLocked(
			db,
			person.accountId,
			{ orderId, rev, event: step, words: typed },
			now()
		);
		return done.ok ? { orderDone: true } : fail(400, { orderId, typed, refusal: done.refusal });
	},
	leave: async ({ cookies, url }) => {
		const token = readLockCookie(cookies);
		if (token) await endLockSession(runtime().auth, token);
		clearLockCookie(cookies);
		redirect(303, paths.home(languageOf(url.pathname)));
	}
};
