import { routeOf } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { canBeRemedied } from '$lib/domain/enforcement/rules.ts';
import type { RemedyRequest } from '$lib/domain/enforcement/schema.ts';
import { isLive } from '$lib/domain/enforcement/states.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { seal, unseal } from '$lib/server/accounts/sealing.ts';
import { casePlacesNow, currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { cancelCases, openCase } from '$lib/server/moderation/cases.ts';
import { projectCase } from '$lib/server/moderation/projections.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { attachFiles } from './file-queries.ts';
import { findMeasure, findSubject, lockAccountRow, type MeasureRecord } from './queries.ts';
import { insertRemedy, listRemedies } from './remedy-queries.ts';

/**
 * TG-9.3a: the person says what was put right and asks to be confirmed again. It becomes a case of the managing agency, or of
 * the one that does this work now, due as a first confirmation (TG-9.3b). Works while locked. Refusals `not_found` (also for
 * another person's measure), `illegal_transition` (it has ended, or cannot be remedied), `already_decided` while one waits.
 */
export function requestRemedy(
	db: Sql,
	accountId: string,
	input: RemedyRequest,
	now: string
): Promise<Result<{ code: string; lastDay: string }>> {
	return write(db, { actorId: accountId, now }, async (ctx) => {
		await lockAccountRow(ctx.tx, accountId);
		const measure = await findMeasure(ctx.tx, input.measureId);
		if (!measure || measure.accountId !== accountId) return no('not_found');
		if (!isLive(measure.state) || !canBeRemedied(measure.step))
			return no('illegal_transition', {
				clause: 'TG-9.3a',
				facts: { state: measure.state, event: 'remedy' }
			});
		const [latest] = await listRemedies(ctx.tx, [measure.id]);
		if (latest?.state === 'open')
			return no('already_decided', { clause: 'TG-9.3a', facts: { code: latest.code, outcome: 'open' } });
		const pack = await currentPack(ctx.tx);
		const sectors = await sectorsOfMeasure(ctx.tx, measure, pack);
		const [place] = await casePlacesNow(ctx.tx, { sectors, agencyId: measure.agencyId }, now);
		const [name] =
			measure.targetKind === 'account' ? [null] : await unseal(ctx.tx, [measure.targetNameSealed]);
		const opened = await openCase(ctx, {
			kind: 'reconfirmation',
			subject: {
				id: measure.id,
				rev: 1,
				title: name ?? measure.code,
				applicantId: accountId,
				businessId: measure.businessId
			},
			agencyId: place.agencyId,
			sectors,
			pack
		});
		await insertRemedy(ctx.tx, {
			caseId: opened.id,
			measureId: measure.id,
			accountId,
			textSealed: await seal(ctx.tx, accountId, input.text),
			now
		});
		await attachFiles(ctx.tx, {
			ids: input.files,
			uploadedBy: accountId,
			measureId: measure.id,
			caseId: opened.id
		});
		// The case was published before it had its request.
		await publish(ctx, 'cases', opened.id, projectCase);
		await audit(ctx, {
			action: 'remedy.requested',
			subject: `measure:${measure.id}`,
			clause: 'TG-9.3a',
			data: { case: opened.id, files: input.files }
		});
		return ok({ code: opened.code, lastDay: opened.lastDay });
	});
}

/**
 * Goods that the department of their sector has taken a measure about go where the sector goes (TG-3.2). Any other measure is
 * its agency's own.
 */
async function sectorsOfMeasure(tx: Tx, measure: MeasureRecord, pack: RulePack): Promise<string[]> {
	if (measure.listingId === null) return [];
	const subject = await findSubject(tx, { kind: 'listing', id: measure.listingId });
	const route = subject?.categoryId ? routeOf(pack, subject.categoryId, vietnamDay(measure.takenAt)) : null;
	return route?.agency.id === measure.agencyId ? [route.sector.id] : [];
}

/** A request for what is no longer in force has nothing left to ask. */
export const cancelRemedies = (ctx: WriteContext, measureId: string, byName: string): Promise<void> =>
	cancelCases(ctx, [measureId], { id: null, name: byName });
