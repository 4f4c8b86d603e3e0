import { canDecideCase, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { NumberPurpose } from '$lib/domain/personal-data/looks.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { caseFor } from '$lib/server/moderation/cases.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { openPerson } from './person.ts';
import { findBusinessVersion } from './queries.ts';

export type RevealedPerson = { readonly identityNumber: string; readonly representative: string };

/** TG-16.2: shows an officer of the department what a list never shows, and writes down who looked, when and what for. */
export async function revealPerson(
	db: Sql,
	actor: Actor,
	caseId: string,
	said: NumberPurpose,
	now: string
): Promise<Result<RevealedPerson>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const found = await caseFor(ctx.tx, caseId);
		if (
			found?.kind !== 'business' ||
			!canDecideCase(actor, { agencyId: found.agencyId, sellerAccountId: found.applicantId })
		)
			return no('not_found');
		const person = await asSystem(ctx, 'reveal', async (tx) => {
			const version = await findBusinessVersion(tx, found.subjectId, found.subjectRev);
			return version && openPerson(tx, version);
		});
		if (!person) return no('not_found');
		await noteLook(
			ctx,
			actor,
			{
				accountId: found.applicantId,
				what: 'identity',
				...said,
				ref: found.code,
				agencyId: found.agencyId
			},
			{
				action: 'business.revealed',
				subject: `business:${found.subjectId}`,
				data: { case: caseId, purpose: said.purpose }
			}
		);
		return ok({ identityNumber: person.identityNumber, representative: person.representative });
	});
}
