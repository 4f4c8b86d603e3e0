import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { canLiftMeasure, canSeeMeasures, canTakeMeasure } from '$lib/domain/enforcement/rights.ts';
import {
	canBeRemedied,
	effectAt,
	groundsFor,
	restricts,
	standingOf,
	stepTargets
} from '$lib/domain/enforcement/rules.ts';
import type {
	MeasureDetail,
	MeasureListQuery,
	MeasurePreview,
	MeasureRow,
	OwnMeasure,
	TargetRef
} from '$lib/domain/enforcement/schema.ts';
import { isLive, ladderMachine, measureSteps } from '$lib/domain/enforcement/states.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { unsealAll } from '$lib/server/accounts/unseal-all.ts';
import { sessionsOf } from '$lib/server/accounts/lock-sessions.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { write } from '$lib/server/sync/write.ts';
import { listFiles } from './file-queries.ts';
import {
	countListings,
	findMeasure,
	listMeasuresOf,
	listPage,
	listRunningOrders,
	type MeasureRecord
} from './queries.ts';
import { listRemedies, type RemedyRow } from './remedy-queries.ts';
import { rulesInForce, subjectOf } from './subjects.ts';

/** What would happen, before anybody confirms it (TG-9.2). Refusals `not_found`, `not_allowed`. */
export function previewMeasure(
	db: Sql,
	auth: Sql,
	actor: Actor,
	target: TargetRef,
	now: string
): Promise<Result<MeasurePreview>> {
	return transaction(db, 'system:enforcement', async (tx) => {
		const inForce = await rulesInForce(tx);
		const subject = await subjectOf(tx, target, inForce, now);
		if (!subject) return no('not_found');
		const may = (step: (typeof measureSteps)[number], agencyId: string): boolean =>
			canTakeMeasure(actor, { step, kind: target.kind, agencyId, subject });
		const agencies = subject.agencyIds.filter((id) => measureSteps.some((step) => may(step, id)));
		if (agencies.length === 0) return no('not_allowed', { clause: 'TG-9.2' });

		const measures = await listMeasuresOf(tx, subject.accountId);
		const standing = standingOf(measures);
		const locked = measures.find(
			(one) => one.targetId === target.id && isLive(one.state) && restricts(one.step)
		);
		const hidden = await countListings(tx, subject);
		const running = await listRunningOrders(tx, subject);
		const sessions = target.kind === 'account' ? await sessionsOf(auth, subject.accountId) : 0;
		const steps = measureSteps
			.filter(
				(step) => stepTargets[step].includes(target.kind) && ladderMachine.table[standing][step] !== null
			)
			.filter((step) => agencies.some((id) => may(step, id)))
			.map((step) =>
				restricts(step)
					? { step, hidden, orders: running.length, sessions }
					: { step, hidden: 0, orders: 0, sessions: 0 }
			);
		const harshest = steps.some(({ step }) => step === 'suspend') ? 'suspend' : 'end';
		return ok({
			target,
			name: subject.name,
			accountId: subject.accountId,
			standing,
			agencies: agencies.map((id) => ({
				id,
				name: inForce.pack.agencies.find((agency) => agency.id === id)?.name ?? id
			})),
			grounds: groundsFor(inForce.rules, target.kind, vietnamDay(now)).map((ground) => ({
				id: ground.id,
				words: ground.words,
				clause: ground.clause,
				law: ground.law,
				sources: ground.sources,
				evidenceFiles: ground.evidenceFiles,
				remedyRequired: ground.remedyRequired,
				effectAt: target.kind === 'listing' ? null : effectAt(ground, harshest, now, inForce.pack.calendar)
			})),
			steps,
			bodies: inForce.rules.bodies,
			locked: locked ? { by: locked.takenByName, at: locked.takenAt } : null
		});
	});
}

const perPage = 30;

/** A page of the agency's measures: in force, announced, with a request waiting, or all that ended. Refusal `not_allowed`. */
export function measuresOfAgency(
	db: Sql,
	actor: Actor,
	query: MeasureListQuery
): Promise<Result<{ items: MeasureRow[]; next: { at: string; id: string } | null }>> {
	return transaction(db, actor.id, async (tx) => {
		if (!canSeeMeasures(actor, query.agencyId)) return no('not_allowed');
		const rows = await listPage(tx, query, perPage + 1);
		const items = await rowsOf(tx, rows.slice(0, perPage));
		const last = items.at(-1);
		return ok({ items, next: rows.length > perPage && last ? { at: last.takenAt, id: last.id } : null });
	});
}

async function rowsOf(tx: Tx, rows: readonly MeasureRecord[]): Promise<MeasureRow[]> {
	const names = await unseal(
		tx,
		rows.map((row) => row.targetNameSealed)
	);
	const remedies = await listRemedies(
		tx,
		rows.map((row) => row.id)
	);
	return rows.map((row, at) => {
		const open = remedies.find((one) => one.measureId === row.id && one.state === 'open');
		return {
			id: row.id,
			code: row.code,
			step: row.step,
			state: row.state,
			targetKind: row.targetKind,
			targetName: names[at] ?? '',
			accountId: row.accountId,
			agencyId: row.agencyId,
			ground: row.ground.words,
			takenAt: row.takenAt,
			takenByName: row.takenByName,
			effectAt: row.effectAt,
			until: row.until,
			endedAt: row.endedAt,
			remedyCaseId: open?.caseId ?? null,
			remedyDueAt: open?.dueAt ?? null
		};
	});
}

/** Everything about one measure, and the person's whole record beside it (TG-17.3). That it was opened is in the audit. */
export function measureDetail(
	db: Sql,
	actor: Actor,
	id: string,
	now: string
): Promise<Result<{ measure: MeasureDetail; record: MeasureRow[] }>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const row = await findMeasure(ctx.tx, id);
		if (!row || !canSeeMeasures(actor, row.agencyId)) return no('not_found');
		await noteLook(
			ctx,
			actor,
			{
				accountId: row.accountId,
				what: 'lock_record',
				purpose: 'measures',
				ref: row.code,
				agencyId: row.agencyId
			},
			{ action: 'measure.opened', subject: `measure:${id}` }
		);
		const [base] = await rowsOf(ctx.tx, [row]);
		if (!base) throw new Error(`measure ${id} has no row`);
		const [reason, evidence, endReason, papers] = await unsealAll(ctx.tx, [
			row.reasonSealed,
			row.evidenceSealed,
			row.endReasonSealed,
			row.papersSealed
		]);
		const files = await listFiles(ctx.tx, id);
		const remedies = await listRemedies(ctx.tx, [id]);
		return ok({
			measure: {
				...base,
				clause: row.ground.clause,
				law: row.ground.law,
				source: row.source,
				reason: reason ?? '',
				evidence: evidence ?? '',
				files: files.filter((file) => file.caseId === null).map((file) => ({ id: file.id })),
				endedByName: row.endedByName,
				endReason: endReason ?? '',
				referredTo: row.bodyName,
				papers: papers ?? '',
				mayLift: isLive(row.state) && row.step !== 'refer' && canLiftMeasure(actor, row),
				remedies: (await remedyViews(ctx.tx, remedies)).map((view, at) => ({
					...view,
					caseId: remedies[at]?.caseId ?? '',
					files: files.filter((file) => file.caseId === remedies[at]?.caseId).map((file) => ({ id: file.id }))
				}))
			},
			record: await rowsOf(ctx.tx, await listMeasuresOf(ctx.tx, row.accountId))
		});
	});
}

async function remedyViews(tx: Tx, rows: readonly RemedyRow[]) {
	const texts = await unseal(
		tx,
		rows.map((row) => row.textSealed)
	);
	return rows.map((row, at) => ({
		code: row.code,
		state: row.state,
		sentAt: row.sentAt,
		lastDay: row.lastDay,
		text: texts[at] ?? '',
		answer: row.note
	}));
}

/** What was done about this person, newest first, as the person may see it. Works for a locked account as well. */
export function ownMeasures(db: Sql, accountId: string): Promise<OwnMeasure[]> {
	return transaction(db, accountId, async (tx) => {
		const rows = await listMeasuresOf(tx, accountId);
		const { pack } = await rulesInForce(tx);
		const remedies = await listRemedies(
			tx,
			rows.map((row) => row.id)
		);
		const views = await remedyViews(tx, remedies);
		const own: OwnMeasure[] = [];
		for (const row of rows) {
			const [name, reason, endReason] = await unsealAll(tx, [
				row.targetNameSealed,
				row.reasonSealed,
				row.endReasonSealed
			]);
			const agency = pack.agencies.find(({ id }) => id === row.agencyId);
			const latest = remedies.findIndex((one) => one.measureId === row.id);
			const remedy = views[latest] ?? null;
			own.push({
				id: row.id,
				code: row.code,
				step: row.step,
				state: row.state,
				target: { kind: row.targetKind, name: name ?? '' },
				ground: row.ground.words,
				todo: row.ground.todo,
				clause: row.ground.clause,
				law: row.ground.law,
				reason: reason ?? '',
				agency: { name: agency?.name ?? '', phone: agency?.phone ?? '', email: agency?.email ?? '' },
				takenAt: row.takenAt,
				effectAt: row.effectAt,
				until: row.until,
				endedAt: row.endedAt,
				endReason: endReason ?? '',
				referredTo: row.bodyName,
				canRemedy: isLive(row.state) && canBeRemedied(row.step) && remedy?.state !== 'open',
				remedy
			});
		}
		return own;
	});
}
