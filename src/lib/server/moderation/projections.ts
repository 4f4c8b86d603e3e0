import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import type { CaseKind } from '$lib/domain/moderation/states.ts';
import { reconfirmationDoc } from '$lib/server/enforcement/reconfirmation-doc.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { businessCaseDoc } from '$lib/server/businesses/projections.ts';
import { listingCaseDoc } from './listing-cases.ts';
import { needCaseDoc } from './need-cases.ts';
import { findCaseView, type CaseView } from './queries.ts';
import type { CommonCase, SubjectDoc } from './subjects.ts';

const docOf: Readonly<Record<CaseKind, SubjectDoc>> = {
	listing: listingCaseDoc,
	business: businessCaseDoc,
	reconfirmation: reconfirmationDoc,
	need: needCaseDoc
};

/** An open case, or one decided in the last fourteen days, for its department; older ones are asked online. */
export async function projectCase(tx: Tx, id: string): Promise<Projection<'cases'>[]> {
	const view = await findCaseView(tx, id);
	if (!view?.recent) return [];
	return [{ audience: `agency:${view.agencyId}`, doc: await docOf[view.kind](tx, view, commonOf(view)) }];
}

function commonOf(view: CaseView): CommonCase {
	return {
		id: view.id,
		code: view.code,
		state: view.state,
		rev: view.rev,
		agencyId: view.agencyId,
		assignee: view.assigneeId === null ? null : { id: view.assigneeId, name: view.assigneeName ?? '' },
		round: view.round,
		seller: {
			id: view.sellerId,
			accountId: view.sellerAccountId,
			name: view.sellerName,
			wardName: view.sellerWard
		},
		receivedAt: view.receivedAt,
		deviceTime: view.deviceTime,
		dueAt: view.dueAt,
		lastDay: view.lastDay,
		countedDays: view.countedDays,
		skippedDays: view.skippedDays,
		soonHours: view.soonHours,
		breachedAt: view.breachedAt,
		decision: decisionOf(view)
	};
}

/** Nobody in person when the exchange itself closed the case, e.g. with a lock of its seller. */
function decisionOf(view: CaseView): CaseDoc['decision'] {
	if (view.state === 'open' || view.decidedAt === null) return null;
	return {
		by: { id: view.decidedBy ?? view.sellerAccountId, name: view.decidedByName ?? '' },
		...(view.decidedForName !== null && { insteadOf: view.decidedForName }),
		agencyName: view.agencyName,
		at: view.decidedAt,
		deviceTime: view.decidedDeviceTime ?? view.decidedAt,
		outcome: view.state,
		reasonCodes: view.reasonCodes,
		note: view.note,
		...(view.checked.length > 0 && { checked: view.checked })
	};
}
