import {
	canAnswerRequest,
	checkExtension,
	extendedTerm,
	isWaiting,
	lateness,
	requestMachine,
	type RequestAnswer,
	type RequestAsk,
	type RequestEvent,
	type ToldStep
} from '$lib/domain/personal-data/requests.ts';
import { keptSince, requestRuleOn } from '$lib/domain/personal-data/rules.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { countTerm } from '$lib/domain/calendar/terms.ts';
import { writtenDay } from '$lib/domain/calendar/instant.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { seal } from '$lib/server/accounts/sealing.ts';
import { takeTurn } from '$lib/server/accounts/service.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import {
	countWaitingOf,
	forgetRequestWords,
	findRequest,
	insertRequest,
	listNewlyLate,
	listOwnRequests,
	lockRequest,
	nextRequestCode,
	updateAcknowledged,
	updateAnswered,
	updateExtended,
	updateLate,
	updateWithdrawn,
	type RequestRow
} from './request-queries.ts';

/** Nobody needs more at once, and a machine could send thousands. */
const mostWaiting = 10;

const subjectOf = (id: string): string => `data_request:${id}`;

/**
 * LAW-data-subject, TG-16.5: a member asks about the own data. Both terms run from the server's receipt, by the rule in force
 * that day. Sent twice it is one request. Refusals `not_found` (somebody else's id), `too_many_waiting`.
 */
export function askAboutData(
	db: Sql,
	accountId: string,
	input: RequestAsk,
	now: string
): Promise<Result<{ code: string }>> {
	return write(db, { actorId: accountId, now }, async (ctx) => {
		await takeTurn(ctx.tx, accountId, 'data-requests');
		const before = await asSystem(ctx, 'data-requests', (tx) => findRequest(tx, input.id));
		if (before) return before.accountId === accountId ? ok({ code: before.code }) : no('not_found');
		if ((await countWaitingOf(ctx.tx, accountId)) >= mostWaiting)
			return no('too_many_waiting', { clause: 'LAW-data-subject', facts: { most: mostWaiting } });
		const { calendar, codePrefix } = await currentPack(ctx.tx);
		const rule = requestRuleOn(personalDataRules(), input.kind, vietnamDay(now));
		const acknowledged = countTerm({ from: now, length: rule.acknowledge, calendar });
		const answered = countTerm({ from: now, length: rule.answer, calendar });
		const code = await nextRequestCode(ctx.tx, codePrefix);
		const { extension, clause, law } = rule;
		await insertRequest(ctx.tx, {
			id: input.id,
			code,
			accountId,
			kind: input.kind,
			about: input.about,
			textSealed: await seal(ctx.tx, accountId, input.text),
			rule: { extension, clause, law },
			receivedAt: now,
			acknowledgeBy: acknowledged.overdueFrom,
			dueAt: answered.overdueFrom,
			lastDay: answered.lastDay,
			countedDays: answered.counted,
			skippedDays: answered.skipped
		});
		await audit(ctx, {
			action: 'data_request.received',
			subject: subjectOf(input.id),
			clause,
			data: { kind: input.kind, about: input.about, dueAt: answered.overdueFrom }
		});
		await tell(ctx, { accountId, id: input.id, code }, 'received', answered.lastDay);
		return ok({ code });
	});
}

/** TG-16.5: the member takes it back. Refusals `not_found`, `illegal_transition`. */
export const withdrawRequest = (db: Sql, accountId: string, id: string, now: string): Promise<Result<void>> =>
	moving(db, accountId, { id, event: 'withdraw', now, may: (row) => row.accountId === accountId }, withdrawn);

/** When an account closes, what it asked has nobody left to be told. */
export async function withdrawRequestsOf(ctx: WriteContext, accountId: string): Promise<void> {
	for (const { id, state } of await listOwnRequests(ctx.tx, accountId)) {
		if (!isWaiting(state)) continue;
		const row = await asSystem(ctx, 'data-requests', (tx) => lockRequest(tx, id));
		if (row && isWaiting(row.state)) await withdrawn(ctx, row);
	}
}

async function withdrawn(ctx: WriteContext, { id, rule }: RequestRow): Promise<Result<void>> {
	await asSystem(ctx, 'data-requests', (tx) => updateWithdrawn(tx, id, ctx.now));
	await audit(ctx, { action: 'data_request.withdrawn', subject: subjectOf(id), clause: rule.clause });
	return ok(undefined);
}

/** Says to the member that the request is here and when the answer comes. Refusals as `answerRequest`. */
export const acknowledgeRequest = (db: Sql, actor: Actor, id: string, now: string): Promise<Result<void>> =>
	moving(
		db,
		actor.id,
		{ id, event: 'acknowledge', now, may: (row) => canAnswerRequest(actor, row) },
		async (ctx, row) => {
			await asSystem(ctx, 'data-requests', (tx) => updateAcknowledged(tx, id, now));
			await audit(ctx, {
				action: 'data_request.acknowledged',
				subject: subjectOf(id),
				clause: row.rule.clause
			});
			await tell(ctx, row, 'acknowledged', row.lastDay);
			return ok(undefined);
		}
	);

/** Puts the answer off once, as the rule allows, with a reason. Refusals as `answerRequest`. */
export const extendRequest = (
	db: Sql,
	actor: Actor,
	input: { id: string; reason: string },
	now: string
): Promise<Result<void>> =>
	moving(
		db,
		actor.id,
		{ id: input.id, event: 'extend', now, may: (row) => canAnswerRequest(actor, row) },
		async (ctx, row) => {
			const allowed = checkExtension(row, now);
			if (!allowed.ok) return allowed;
			const { calendar } = await currentPack(ctx.tx);
			const more = extendedTerm(row.dueAt, allowed.value, calendar);
			await asSystem(ctx, 'data-requests', async (tx) => {
				await updateAcknowledged(tx, row.id, now);
				await updateExtended(tx, {
					id: row.id,
					reasonSealed: await seal(tx, row.accountId, input.reason),
					now,
					dueAt: more.overdueFrom,
					lastDay: more.lastDay,
					countedDays: [...row.countedDays, ...more.counted],
					skippedDays: more.skipped
				});
			});
			await audit(ctx, {
				action: 'data_request.extended',
				subject: subjectOf(row.id),
				clause: row.rule.clause,
				data: { dueAt: more.overdueFrom }
			});
			await tell(ctx, row, 'extended', more.lastDay);
			return ok(undefined);
		}
	);

/**
 * Answers with an outcome and a reason. Refusals `not_found` (also of one's own), `illegal_transition` when it was answered or
 * taken back meanwhile.
 */
export const answerRequest = (
	db: Sql,
	actor: Actor,
	input: RequestAnswer,
	now: string
): Promise<Result<void>> =>
	moving(
		db,
		actor.id,
		{ id: input.id, event: 'answer', now, may: (row) => canAnswerRequest(actor, row) },
		async (ctx, row) => {
			await asSystem(ctx, 'data-requests', async (tx) =>
				updateAnswered(tx, {
					id: row.id,
					outcome: input.outcome,
					answerSealed: await seal(tx, row.accountId, input.answer),
					by: actor.id,
					now
				})
			);
			await audit(ctx, {
				action: 'data_request.answered',
				subject: subjectOf(row.id),
				clause: row.rule.clause,
				data: { outcome: input.outcome, late: now >= row.dueAt }
			});
			await tell(ctx, row, 'answered', vietnamDay(now));
			return ok(undefined);
		}
	);

/** Holds the request, asks who may and whether the state allows it, and counts what is late before it changes. */
function moving(
	db: Sql,
	actorId: string,
	move: { id: string; event: RequestEvent; now: string; may: (row: RequestRow) => boolean },
	then: (ctx: WriteContext, row: RequestRow) => Promise<Result<void>>
): Promise<Result<void>> {
	return write(db, { actorId, now: move.now }, async (ctx) => {
		const row = await asSystem(ctx, 'data-requests', (tx) => lockRequest(tx, move.id));
		if (!row || !move.may(row)) return no('not_found');
		const to = nextState(requestMachine, row.state, move.event);
		if (!to.ok) return to;
		await countLate(ctx, row);
		return then(ctx, row);
	});
}

/** Writes down once that a term passed without what was due. True when it did. */
async function countLate(ctx: WriteContext, row: RequestRow): Promise<boolean> {
	const late = lateness(row, ctx.now);
	if (!late.acknowledge && !late.answer) return false;
	await asSystem(ctx, 'data-requests', (tx) => updateLate(tx, row.id, late, ctx.now));
	await audit(ctx, {
		action: 'data_request.late',
		subject: subjectOf(row.id),
		clause: row.rule.clause,
		data: late
	});
	return true;
}

/** LAW-data-subject: counts what passed its term while nobody looked. Returns how many. */
export async function countLateRequests(db: Sql, now: string): Promise<number> {
	let counted = 0;
	for (const id of await write(db, { actorId: 'system:data-requests', now }, ({ tx }) =>
		listNewlyLate(tx, now)
	))
		await write(db, { actorId: 'system:data-requests', now }, async (ctx) => {
			const row = await lockRequest(ctx.tx, id);
			if (row && isWaiting(row.state) && (await countLate(ctx, row))) counted += 1;
		});
	return counted;
}

/**
 * A letter and, of what the exchange did, a line in the box, in the same transaction; both say that there is something to
 * read, and nothing of what.
 */
async function tell(
	ctx: WriteContext,
	{ accountId, id, code }: Pick<RequestRow, 'accountId' | 'id' | 'code'>,
	step: 'received' | ToldStep,
	day: string
): Promise<void> {
	await queueMessage(ctx, {
		to: { accountId },
		template: 'data_request',
		params: { code, step, day: writtenDay(day) },
		subject: subjectOf(id)
	});
	if (step !== 'received')
		await notify(ctx, accountId, 'data_request', id, { code, step, day: writtenDay(day) });
}

/** TG-16.3: forgets the words of requests that ended long ago. Returns how many. */
export const forgetRequests = (db: Sql, now: string): Promise<number> =>
	transaction(db, 'system:retention', (tx) =>
		forgetRequestWords(tx, keptSince(personalDataRules(), 'requests_3_years', now), now)
	);
