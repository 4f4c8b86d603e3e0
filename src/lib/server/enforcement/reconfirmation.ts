import { no, ok } from '$lib/domain/kernel/refusal.ts';
import { isLive } from '$lib/domain/enforcement/states.ts';
import { officeOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { HoldSubject } from '$lib/server/moderation/subjects.ts';
import { findMeasure, lockAccountRow } from './queries.ts';
import { endMeasure } from './service.ts';
import { tellRefused } from './words.ts';

/**
 * TG-9.3a: an approval ends the measure and gives back what it took; a return or a refusal says what is missing, and the
 * measure stays. The person is held before the case, as everywhere.
 */
export const holdReconfirmation: HoldSubject = async (ctx, seen, pack) => {
	await lockAccountRow(ctx.tx, seen.applicantId);
	const measure = await findMeasure(ctx.tx, seen.subjectId);
	if (!measure) return null;
	const office = await officeOf(ctx.tx, ctx.actor.id, seen.agencyId, ctx.now);
	return {
		decide: (open, input) => {
			if (!isLive(measure.state))
				return no('illegal_transition', { clause: 'TG-9.3a', facts: { state: measure.state } });
			if (input.decision === 'approve')
				return ok(async () => {
					const event = measure.state === 'noticed' ? 'withdraw' : 'lift';
					const done = await endMeasure(ctx, measure, event, office?.name ?? ctx.actor.name, input.note);
					if (!done.ok) throw new Error(`measure ${measure.id} cannot be ended: ${done.refusal.code}`);
				});
			const texts = input.reasonCodes.flatMap(
				(code) => pack.returnReasons.find((reason) => reason.id === code)?.text ?? []
			);
			const reason = [...texts, input.note].filter((text) => text !== '').join(' ');
			return ok(async () => {
				await audit(ctx, {
					action: 'remedy.refused',
					subject: `measure:${measure.id}`,
					clause: 'TG-9.3a',
					data: { case: open.id, reasons: input.reasonCodes }
				});
				await tellRefused(ctx, measure, reason.slice(0, 1_000));
			});
		}
	};
};
