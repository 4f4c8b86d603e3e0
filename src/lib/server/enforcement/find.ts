import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { canTakeMeasure } from '$lib/domain/enforcement/rights.ts';
import { stepTargets } from '$lib/domain/enforcement/rules.ts';
import type { FoundTarget } from '$lib/domain/enforcement/schema.ts';
import { measureSteps } from '$lib/domain/enforcement/states.ts';
import { searchWords } from '$lib/domain/listings/rules.ts';
import { accountByName } from '$lib/server/accounts/lock-sessions.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { listTargets } from './find-queries.ts';
import { rulesInForce, subjectOf } from './subjects.ts';

const most = 12;

/**
 * What an officer means: goods or a business by name, the code of a case or an order, or a person by the very phone, e-mail or
 * user name. Only what the officer may act on is found; that a person was looked up is in the audit, without the words.
 */
export function findTargets(
	db: Sql,
	auth: Sql,
	actor: Actor,
	text: string,
	now: string
): Promise<FoundTarget[]> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const accountId = await accountByName(auth, text);
		if (accountId !== null)
			await noteLook(
				ctx,
				actor,
				{ accountId, what: 'account', purpose: 'measures', ref: null, agencyId: null },
				{ action: 'account.looked_up', subject: `account:${accountId}` }
			);
		return asSystem(ctx, 'enforcement', async (tx) => {
			const inForce = await rulesInForce(tx);
			const by = { words: searchWords(text), code: text.trim().toUpperCase(), accountId };
			const rows = await listTargets(tx, by, most);
			const found: FoundTarget[] = [];
			for (const target of rows) {
				const subject = await subjectOf(tx, target, inForce, now);
				if (!subject) continue;
				const may = subject.agencyIds.some((agencyId) =>
					measureSteps.some(
						(step) =>
							stepTargets[step].includes(target.kind) &&
							canTakeMeasure(actor, { step, kind: target.kind, agencyId, subject })
					)
				);
				if (may) found.push({ target, name: subject.name, seller: subject.sellerName });
			}
			return found;
		});
	});
}
