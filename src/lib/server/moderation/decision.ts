import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { DecisionView } from '$lib/domain/moderation/decision-view.ts';
import { recordedSteps } from '$lib/server/audit/service.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { needVersionOf } from '$lib/server/needs/publication.ts';
import { findDecision } from './decision-queries.ts';

/** TG-19.5: a decision with all that was known when it was made. Those of another agency are not there. */
export async function decisionOf(db: Sql, actor: Actor, caseId: string): Promise<Result<DecisionView>> {
	const found = await findDecision(
		db,
		caseId,
		actor.posts.map((post) => post.agencyId)
	);
	if (!found) return no('not_found');
	const { agencyId, actingAgencies, subjectId, ...decision } = found;
	const sees = [agencyId, ...actingAgencies].some((one) => may(actor, 'case.see', { agencyId: one }));
	if (!sees) return no('not_allowed');
	const seenNeed =
		found.kind === 'need'
			? await transaction(db, 'system:decision', (tx) => needVersionOf(tx, subjectId, found.rev))
			: null;
	return ok({ ...decision, seenNeed, steps: await recordedSteps(db, `case:${caseId}`) });
}
