import { canSetAbsence, type Actor } from '$lib/domain/accounts/permissions.ts';
import type { AbsenceInput } from '$lib/domain/agencies/duty.ts';
import { onDuty } from '$lib/domain/agencies/duty.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { newId, write } from '$lib/server/sync/write.ts';
import { endAbsenceRow, insertAbsence, listAbsences, lockAbsence } from './queries.ts';
import { actingNow, officeOf } from './service.ts';

/**
 * Says that an officer is away and who of the same unit stands in: new cases go there, and what is decided for the absent
 * one is shown so. Two absences of one person never overlap, and nobody ends up standing in for themselves. Refusals name
 * the field: `past`, `before_from`, `not_there`, `same`, `overlap`, `circle`.
 */
export async function setAbsence(
	db: Sql,
	actor: Actor,
	input: AbsenceInput,
	now: string
): Promise<Result<{ id: string }>> {
	const bad = (field: string, why: string) => no('invalid_input', { fields: { [field]: why } });
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<{ id: string }>> => {
		const agencyId = await actingNow(ctx.tx, input.agencyId, now);
		if (!canSetAbsence(actor, agencyId)) return no('not_allowed', { clause: 'TG-3.2' });
		if (input.from < vietnamDay(now)) return bad('from', 'past');
		if (input.to < input.from) return bad('to', 'before_from');
		if (input.accountId === input.substituteId) return bad('substituteId', 'same');
		if (!(await officeOf(ctx.tx, input.accountId, agencyId, now))) return bad('accountId', 'not_there');
		if (!(await officeOf(ctx.tx, input.substituteId, agencyId, now))) return bad('substituteId', 'not_there');
		const known = await listAbsences(ctx.tx, agencyId, now);
		const touches = (one: { from: string; to: string }) => one.from <= input.to && input.from <= one.to;
		if (known.some((one) => one.accountId === input.accountId && touches(one))) return bad('from', 'overlap');
		const after = [...known, input];
		const days = after.filter(touches).map((one) => (one.from < input.from ? input.from : one.from));
		if (days.some((day) => onDuty(after, input.accountId, day) === null))
			return bad('substituteId', 'circle');
		const id = newId();
		await insertAbsence(ctx.tx, { ...input, id, agencyId, madeAt: now, madeBy: actor.id });
		await audit(ctx, {
			action: 'post.absent',
			subject: `account:${input.accountId}`,
			clause: 'TG-3.2',
			data: { agency: agencyId, substitute: input.substituteId, from: input.from, to: input.to }
		});
		return ok({ id });
	});
}

/** The officer is back, or the absence was a mistake: from now on everything is as without it. */
export async function endAbsence(db: Sql, actor: Actor, id: string, now: string): Promise<Result<void>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const absence = await lockAbsence(ctx.tx, id);
		if (!absence) return no('not_found');
		const agencyId = await actingNow(ctx.tx, absence.agencyId, now);
		if (!canSetAbsence(actor, agencyId)) return no('not_allowed', { clause: 'TG-3.2' });
		await endAbsenceRow(ctx.tx, id, now);
		await audit(ctx, {
			action: 'post.back',
			subject: `account:${absence.accountId}`,
			clause: 'TG-3.2',
			data: { agency: agencyId, substitute: absence.substituteId }
		});
		return ok(undefined);
	});
}
