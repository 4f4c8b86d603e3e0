import { keptSince } from '$lib/domain/personal-data/rules.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { renderMessage, type Rendered, type Sender } from '$lib/domain/messages/render.ts';
import { mostAttempts, nextTry } from '$lib/domain/messages/retries.ts';
import { isTemplateName } from '$lib/domain/messages/templates.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { enqueue } from '$lib/server/jobs/enqueue.ts';
import { forgetOld, putOutcome, takeDue, type Outcome, type TakenMessage } from './queries.ts';
import type { PostOffice } from './office.ts';
import { SendFailed } from './transport.ts';

export type DeliveryDeps = PostOffice & {
	readonly db: Sql;
	readonly now: () => string;
	readonly log: { warn(facts: object, message: string): void };
};

export type Delivered = { sent: number; kept: number; failed: number; later: number };

const atOnce = 4;
const actor = 'system:messages';

/**
 * Sends what is due, until nothing is. Any number of processes may: each takes its own. A message is `sending` before
 * anything is dialled, so that one that was taken by the other side and not written down here is known to be in doubt;
 * it is sent once more with the same id, since a code that never came is worse than one that came twice.
 */
export async function deliverDue(deps: DeliveryDeps): Promise<Delivered> {
	const done: Delivered = { sent: 0, kept: 0, failed: 0, later: 0 };
	for (;;) {
		const taken = await transaction(deps.db, actor, (tx) => takeDue(tx, deps.now(), atOnce));
		if (taken.length === 0) return done;
		const outcomes = await Promise.all(taken.map((message) => deliver(deps, message)));
		for (const state of outcomes) done[state === 'queued' ? 'later' : state] += 1;
	}
}

async function deliver(deps: DeliveryDeps, message: TakenMessage): Promise<Outcome['state']> {
	const outcome = await attempt(deps, message);
	await transaction(deps.db, actor, async (tx) => {
		const written = await putOutcome(tx, message, outcome);
		if (written && outcome.state === 'queued') await enqueue(tx, 'messages', {}, outcome.dueAt);
	});
	if ('code' in outcome)
		deps.log.warn(
			{ message: message.id, code: outcome.code, attempts: message.attempts },
			'message not sent'
		);
	return outcome.state;
}

async function attempt(deps: DeliveryDeps, message: TakenMessage): Promise<Outcome> {
	const now = deps.now();
	if (message.notAfter !== null && message.notAfter <= now) return { state: 'failed', code: 'expired' };
	if (message.attempts > mostAttempts) return { state: 'failed', code: 'given_up' };
	const transport = deps.transports[message.channel];
	if (!transport) return { state: 'kept' };
	const opened = await transaction(deps.db, actor, (tx) => openMessage(tx, deps.sender, message));
	if (typeof opened === 'string') return { state: 'failed', code: opened };
	try {
		await transport.send({ id: message.id, address: opened.address, ...opened.rendered });
		return { state: 'sent', at: deps.now() };
	} catch (error) {
		if (!(error instanceof SendFailed)) throw error;
		const dueAt = error.permanent ? null : nextTry(message.attempts, deps.now());
		return dueAt === null
			? { state: 'failed', code: error.code }
			: { state: 'queued', code: error.code, dueAt };
	}
}

/** The message as the person gets it, or why it cannot be written any more. Asked as the system. */
export async function openMessage(
	tx: Tx,
	sender: Sender,
	message: Pick<TakenMessage, 'template' | 'language' | 'paramsSealed' | 'addressSealed'>
): Promise<{ address: string; rendered: Rendered } | 'erased' | 'unwritable'> {
	const { template, language, paramsSealed, addressSealed } = message;
	if (paramsSealed === null || addressSealed === null) return 'erased';
	const [params = null, address = null] = await unseal(tx, [paramsSealed, addressSealed]);
	if (params === null || address === null) return 'erased';
	if (!isTemplateName(template)) return 'unwritable';
	try {
		return { address, rendered: renderMessage(template, language, JSON.parse(params), sender) };
	} catch {
		// What is wrong with them would repeat them.
		return 'unwritable';
	}
}

/** Forgets what nobody needs any more of old messages. Returns how many. */
export const forgetMessages = (db: Sql, now: string): Promise<number> =>
	transaction(db, actor, (tx) => forgetOld(tx, keptSince(personalDataRules(), 'letters_90_days', now), now));
