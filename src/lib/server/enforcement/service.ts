import { hasRole, type Actor } from '$lib/domain/accounts/permissions.ts';
import { canLiftMeasure, canTakeMeasure } from '$lib/domain/enforcement/rights.ts';
import {
	checkMeasure,
	effectAt,
	endOfTerm,
	groundsFor,
	restricts,
	standingOf
} from '$lib/domain/enforcement/rules.ts';
import type { Ground, TakeMeasure } from '$lib/domain/enforcement/schema.ts';
import { isLive, measureMachine, type MeasureState } from '$lib/domain/enforcement/states.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { no, ok, type No, type Result } from '$lib/domain/kernel/refusal.ts';
import { recentProof } from '$lib/server/accounts/proof.ts';
import { sealerFor, sealersFor } from '$lib/server/accounts/sealing.ts';
import { officeOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { holdAdministrators, mayBeLocked } from '$lib/server/grants/administrators.ts';
import { enqueue } from '$lib/server/jobs/enqueue.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import { carryOut, undo } from './effects.ts';
import { attachFiles } from './file-queries.ts';
import {
	findMeasure,
	insertMeasure,
	listMeasuresOf,
	lockAccountRow,
	nextMeasureCode,
	updateEnded,
	type MeasureRecord
} from './queries.ts';
import { rulesInForce, subjectOf } from './subjects.ts';
import { cancelRemedies } from './remedies.ts';
import { tellEnded, tellTaken } from './words.ts';

/**
 * TG-9.2: takes a measure in one transaction: record, effects, sessions, the feed, the letter to the person and the audit all
 * commit together or not at all. The person's row is held first, so that of two officers the second sees what the first
 * did. Refusals: `not_allowed`, `not_found`, `already_decided` (locked already, with who and when), those of
 * `checkMeasure` and, for an account, of `mayBeLocked`. Pressing twice with one id is one measure.
 */
export function takeMeasure(
	db: Sql,
	actor: Actor,
	input: TakeMeasure,
	now: string
): Promise<Result<{ id: string; code: string; state: MeasureState }>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const inForce = await rulesInForce(ctx.tx);
		const subject = await asSystem(ctx, 'enforcement', (tx) => subjectOf(tx, input.target, inForce, now));
		if (!subject) return no('not_found');
		const what = { step: input.step, kind: input.target.kind, agencyId: input.agencyId, subject };
		if (!canTakeMeasure(actor, what)) return no('not_allowed', { clause: 'TG-9.2' });
		const byName = await nameInOffice(ctx, actor, input.agencyId);
		if (byName === null) return no('not_allowed', { clause: 'TG-3.2' });

		const administrators = locksAccount(input) ? await holdAdministrators(ctx.tx) : [];
		const account = await lockAccountRow(ctx.tx, subject.accountId);
		if (!account || account.state === 'closed') return no('not_found');
		const measures = await listMeasuresOf(ctx.tx, subject.accountId);
		const same = measures.find(({ id }) => id === input.measureId);
		if (same) return ok({ id: same.id, code: same.code, state: same.state });
		if (locksAccount(input)) {
			const by = { id: actor.id, asAdministrator: hasRole(actor, 'administrator') };
			const left = mayBeLocked(administrators, subject.accountId, by);
			if (!left.ok) return left;
		}
		const before = measures.find(
			(one) => one.targetId === input.target.id && one.step === input.step && isLive(one.state)
		);
		const due = dueAt(input, inForce, now);
		if (before && lastsAs(input.step) && (before.state === 'in_force' || due !== null))
			return lockedAlready(before);
		const ground = checkMeasure(input, inForce.rules, standingOf(measures), { now, effectAt: due });
		if (!ground.ok) return ground;
		// What cannot wait takes the place of a notice that is still running.
		if (before?.state === 'noticed') await endMeasure(ctx, before, 'withdraw', byName, '', true);

		const measure = await record(ctx, { input, subject, ground: ground.value, byName, actor, due, inForce });
		const laid = await attachFiles(ctx.tx, {
			ids: input.files,
			uploadedBy: actor.id,
			measureId: measure.id,
			caseId: null
		});
		if (laid !== new Set(input.files).size) throw new EvidenceMissing();
		await audit(ctx, {
			action: measure.state === 'noticed' ? 'measure.noticed' : 'measure.taken',
			subject: `measure:${measure.id}`,
			clause: measure.ground.clause,
			data: {
				step: measure.step,
				target: `${measure.targetKind}:${measure.targetId}`,
				account: measure.accountId,
				agency: measure.agencyId,
				ground: measure.groundId,
				source: measure.source,
				effectAt: measure.effectAt,
				files: input.files
			}
		});
		// Awake at the very instant; the minute's sweep catches what an outage missed.
		if (due !== null) await enqueue(ctx.tx, 'enforcement-watch', {}, due);
		if (measure.until !== null) await enqueue(ctx.tx, 'enforcement-watch', {}, measure.until);
		if (measure.state === 'in_force') await carryOut(ctx, measure, { id: actor.id, name: byName });
		await tellTaken(ctx, measure, { name: subject.name, reason: input.reason });
		return ok({ id: measure.id, code: measure.code, state: measure.state });
	}).catch((error: unknown) => {
		if (error instanceof EvidenceMissing)
			return no('invalid_input', { clause: 'TG-9.1', fields: { files: 'photo_missing' } });
		throw error;
	});
}

/** A named file is somebody else's, or lies with another measure: everything is rolled back. */
class EvidenceMissing extends Error {}

const locksAccount = ({ target, step }: TakeMeasure): boolean => target.kind === 'account' && restricts(step);

/** A second warning is another warning; a second lock is none. */
const lastsAs = (step: TakeMeasure['step']): boolean => step !== 'warn' && step !== 'refer';

function dueAt(
	input: TakeMeasure,
	{ pack, rules }: Awaited<ReturnType<typeof rulesInForce>>,
	now: string
): string | null {
	const ground = groundsFor(rules, input.target.kind, vietnamDay(now)).find(
		({ id }) => id === input.groundId
	);
	return ground ? effectAt(ground, input.step, now, pack.calendar) : null;
}

/** The second officer is told by whom and when. */
const lockedAlready = (before: MeasureRecord): No =>
	no('already_decided', {
		clause: 'TG-9.2',
		facts: { by: before.takenByName, at: before.takenAt, code: before.code, outcome: before.state }
	});

/** Under which name the measure stands: that of the post, or of whoever acts for all agencies. */
export async function nameInOffice(
	ctx: WriteContext,
	actor: Actor,
	agencyId: string
): Promise<string | null> {
	const office = await officeOf(ctx.tx, actor.id, agencyId, ctx.now);
	if (office) return office.name;
	return actor.posts.some((post) => post.agencyId === agencyId) ? null : actor.name;
}

async function record(
	ctx: WriteContext,
	of: {
		input: TakeMeasure;
		subject: NonNullable<Awaited<ReturnType<typeof subjectOf>>>;
		ground: Ground;
		byName: string;
		actor: Actor;
		due: string | null;
		inForce: Awaited<ReturnType<typeof rulesInForce>>;
	}
): Promise<MeasureRecord> {
	const { input, subject, ground, due } = of;
	const seal = await sealerFor(ctx.tx, subject.accountId);
	const { words, todo, clause, law } = ground;
	const row = {
		id: input.measureId,
		code: await nextMeasureCode(ctx.tx, of.inForce.pack.codePrefix),
		step: input.step,
		targetKind: input.target.kind,
		targetId: input.target.id,
		accountId: subject.accountId,
		businessId: subject.businessId,
		listingId: subject.listingId,
		targetNameSealed: seal(subject.name),
		agencyId: input.agencyId,
		groundId: ground.id,
		ground: { words, todo, clause, law },
		source: input.source,
		reasonSealed: seal(input.reason),
		evidenceSealed: seal(input.evidence),
		state: due === null ? ('in_force' as const) : ('noticed' as const),
		takenAt: ctx.now,
		takenBy: of.actor.id,
		takenByName: of.byName,
		effectAt: due ?? ctx.now,
		until: input.untilDay === null ? null : endOfTerm(input.untilDay),
		bodyName: of.inForce.rules.bodies.find(({ id }) => id === input.bodyId)?.name ?? null,
		papersSealed: input.step === 'refer' ? seal(input.papers) : null
	};
	await insertMeasure(ctx.tx, row);
	return { ...row, businessWas: null, endedAt: null, endedByName: null, endReasonSealed: null };
}

/**
 * Ends a measure in the caller's transaction and gives back what it took; a request for reconfirmation that waits for it is
 * closed with it. The caller holds the account. Of somebody whose key is destroyed it ends all the same: no words are kept and
 * nobody is written to. Refusal `illegal_transition`.
 */
export async function endMeasure(
	ctx: WriteContext,
	measure: MeasureRecord,
	event: 'withdraw' | 'lift' | 'run_out',
	byName: string,
	reason: string,
	/** Another measure takes its place, and that one is told. */
	quietly = false
): Promise<Result<void>> {
	const to = nextState(measureMachine, measure.state, event);
	if (!to.ok) return to;
	const seal = (await sealersFor(ctx.tx, [measure.accountId])).get(measure.accountId);
	await updateEnded(ctx.tx, {
		id: measure.id,
		state: to.value,
		at: ctx.now,
		byName,
		reasonSealed: seal?.(reason) ?? null
	});
	await audit(ctx, {
		action: `measure.${to.value}`,
		subject: `measure:${measure.id}`,
		clause: 'TG-9.3a',
		data: { step: measure.step, account: measure.accountId, by: byName }
	});
	if (measure.state === 'in_force') await undo(ctx, measure);
	await cancelRemedies(ctx, measure.id, byName);
	if (!quietly) await tellEnded(ctx, measure, reason);
	return ok(undefined);
}

/** TG-9.3: takes a measure or a notice back without a request, for instance one that was a mistake. Needs a reason. */
export function liftMeasure(
	db: Sql,
	actor: Actor,
	input: { measureId: string; reason: string },
	now: string
): Promise<Result<void>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const seen = await findMeasure(ctx.tx, input.measureId);
		if (!seen) return no('not_found');
		if (!canLiftMeasure(actor, seen)) return no('not_allowed', { clause: 'TG-9.3a' });
		const byName = await nameInOffice(ctx, actor, seen.agencyId);
		if (byName === null) return no('not_allowed', { clause: 'TG-3.2' });
		await lockAccountRow(ctx.tx, seen.accountId);
		const measure = await findMeasure(ctx.tx, seen.id);
		if (!measure) return no('not_found');
		if (!isLive(measure.state))
			return no('already_decided', {
				clause: 'TG-9.3a',
				facts: {
					by: measure.endedByName ?? '',
					at: measure.endedAt ?? '',
					code: measure.code,
					outcome: measure.state
				}
			});
		return endMeasure(ctx, measure, measure.state === 'noticed' ? 'withdraw' : 'lift', byName, input.reason);
	});
}

/** TG-5: taking something away from somebody asks that the officer proved to be there a short while ago. */
export const provenRecently = recentProof;
