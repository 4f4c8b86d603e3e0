import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { hasEnded, nextNeedState } from '$lib/domain/needs/rules.ts';
import { holdSector } from '$lib/server/agencies/service.ts';
import { approveNeed, holdNeed, needVersionOf, returnNeed } from '$lib/server/needs/publication.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { HoldSubject, SubjectDoc } from './subjects.ts';

/** TG-10.3a: who locks the buyer closes the need, and so waits here, or was here before (TG-15.1). */
export const holdNeedCase: HoldSubject = async (ctx, seen) => {
	// In the order of a submission: the sector before the need.
	if (seen.sectors[0] !== undefined) await holdSector(ctx.tx, seen.sectors[0]);
	const need = await holdNeed(ctx, seen.subjectId);
	return (
		need && {
			decide: (open, { decision }) => {
				// It can always be corrected and sent again, as goods can.
				if (decision === 'refuse')
					return no('illegal_transition', { facts: { state: 'open', event: decision } });
				const state = nextNeedState(need.state, decision);
				if (!state.ok) return state;
				if (decision === 'approve' && hasEnded(need, vietnamDay(ctx.now)))
					return no('need_over', { clause: 'TG-10.3a' });
				return ok(async () => {
					if (decision === 'approve') await approveNeed(ctx, need, open.agencyId);
					else await returnNeed(ctx, need);
					const told = decision === 'approve' ? 'need_approved' : 'need_returned';
					await notify(ctx, need.buyerId, told, need.id, { code: open.code, title: open.title });
				});
			}
		}
	);
};

export const needCaseDoc: SubjectDoc = async (tx, view, common) => ({
	...common,
	kind: 'need',
	needId: view.subjectId,
	subjectRev: view.subjectRev,
	content: (await needVersionOf(tx, view.subjectId, view.subjectRev)).content
});
