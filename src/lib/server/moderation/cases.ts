import { deadlineOn } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { countWorkingDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { CaseKind } from '$lib/domain/moderation/states.ts';
import { holderAt, isPastDue, pickAssignee } from '$lib/domain/moderation/rules.ts';
import { dutyOf, officersOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { madeBy, type WriteContext } from '$lib/server/sync/write.ts';
import { projectCase } from './projections.ts';
import {
	findCase,
	insertBreach,
	insertCase,
	insertCaseEvent,
	listAssignments,
	listCandidates,
	lockOpenCasesOf,
	nextCaseCode,
	updateDecision,
	type CaseRow
} from './queries.ts';

/** A case as its kind needs it; read without holding it. */
export const caseFor = (tx: Tx, id: string): Promise<CaseRow | null> => findCase(tx, id);

export type CaseSubject = {
	/** The listing, the need, the business, or the request of a reconfirmation, and the version to be decided on. */
	readonly id: string;
	readonly rev: number;
	/** What an officer reads in the queue; never personal data. */
	readonly title: string;
	/** Who waits for the answer: never the officer who gives it (TG-19.5). */
	readonly applicantId: string;
	/** Whose business it is about; null when somebody without one asks. */
	readonly businessId: string | null;
};

/**
 * TG-10.2b: opens a case whose term runs from the server's receipt, and gives it to an officer by the pack's rule.
 * It goes where its `sectors` go. What is sent again gets a new case and a new term. The caller holds the subject, and
 * tells the applicant. Returns what the applicant may be told.
 */
export async function openCase(
	ctx: WriteContext,
	what: {
		readonly kind: CaseKind;
		readonly subject: CaseSubject;
		readonly agencyId: string;
		readonly sectors: readonly string[];
		readonly pack: RulePack;
	}
): Promise<{ readonly id: string; readonly code: string; readonly lastDay: string }> {
	const { kind, subject, agencyId, pack } = what;
	const deadline = deadlineOn(pack, kind, vietnamDay(ctx.now));
	const term = countWorkingDays({
		from: ctx.now,
		workingDays: deadline.workingDays,
		calendar: pack.calendar
	});
	const { assigneeId, assignedFor } = await chooseOfficer(ctx, pack, agencyId, subject.applicantId);
	const id = madeBy(
		ctx,
		kind === 'listing' ? `case of ${subject.id}` : `case of ${subject.id} at ${agencyId}`
	);
	const code = await nextCaseCode(ctx.tx, pack.codePrefix);
	await insertCase(ctx.tx, {
		id,
		code,
		kind,
		title: subject.title,
		subjectId: subject.id,
		subjectRev: subject.rev,
		applicantId: subject.applicantId,
		businessId: subject.businessId,
		agencyId,
		assigneeId,
		assignedFor,
		clause: deadline.clause,
		receivedAt: ctx.now,
		deviceTime: ctx.deviceTime,
		dueAt: term.overdueFrom,
		lastDay: term.lastDay,
		countedDays: term.counted,
		skippedDays: term.skipped,
		soonHours: deadline.soonHours,
		sectors: what.sectors
	});
	const event = { caseId: id, at: ctx.now, actor: ctx.actorId };
	await insertCaseEvent(ctx.tx, { ...event, kind: 'opened', data: { agencyId } });
	await insertCaseEvent(ctx.tx, {
		...event,
		kind: 'assigned',
		data: { to: assigneeId, insteadOf: assignedFor }
	});
	await audit(ctx, {
		action: 'case.opened',
		subject: `case:${id}`,
		clause: deadline.clause,
		data: { [kind]: subject.id, agency: agencyId, dueAt: term.overdueFrom, assignee: assigneeId }
	});
	await publish(ctx, 'cases', id, projectCase);
	const facts = { code, title: subject.title, lastDay: term.lastDay };
	if (assigneeId) await notify(ctx, assigneeId, 'case_assigned', id, facts);
	return { id, code, lastDay: term.lastDay };
}

/**
 * Officers before leads, and never the applicant (TG-19.5). What falls to somebody who is away goes to whoever stands in.
 * Null leaves the case to the whole unit.
 */
async function chooseOfficer(
	ctx: WriteContext,
	pack: RulePack,
	agencyId: string,
	applicantId: string
): Promise<{ assigneeId: string | null; assignedFor: string | null }> {
	const officers = (await officersOf(ctx.tx, agencyId, ctx.now)).filter(
		(officer) => officer.accountId !== applicantId
	);
	const plain = officers.filter((officer) => officer.role === 'officer');
	const eligible = (plain.length > 0 ? plain : officers).map((officer) => officer.accountId);
	const duty = await dutyOf(ctx.tx, agencyId, ctx.now);
	const there = (accountId: string) => {
		const stand = duty(accountId);
		return officers.some((officer) => officer.accountId === stand) ? stand : null;
	};
	const candidates = await listCandidates(
		ctx.tx,
		eligible.filter((accountId) => there(accountId) !== null)
	);
	const picked = pickAssignee(pack.assignment, candidates);
	const assigneeId = picked === null ? null : there(picked);
	return { assigneeId, assignedFor: assigneeId === picked ? null : picked };
}

/** Closes the open cases of what left review; `id` null = the exchange did it. */
export async function cancelCases(
	ctx: WriteContext,
	subjectIds: readonly string[],
	by: { readonly id: string | null; readonly name: string }
): Promise<void> {
	for (const open of await lockOpenCasesOf(ctx.tx, subjectIds)) await cancelCase(ctx, open, by);
}

async function cancelCase(
	ctx: WriteContext,
	open: CaseRow,
	by: { readonly id: string | null; readonly name: string }
): Promise<void> {
	await recordBreach(ctx, open);
	await updateDecision(ctx.tx, {
		id: open.id,
		state: 'cancelled',
		at: ctx.now,
		by: by.id,
		byName: by.name,
		deviceTime: ctx.deviceTime,
		reasonCodes: [],
		note: ''
	});
	await insertCaseEvent(ctx.tx, { caseId: open.id, at: ctx.now, actor: ctx.actorId, kind: 'cancelled' });
	await audit(ctx, { action: 'case.cancelled', subject: `case:${open.id}` });
	await publish(ctx, 'cases', open.id, projectCase);
}

/**
 * TG-10.3b: counts a case against the officer who held it and the unit, when its term passed undecided. Written once
 * a case, whoever comes first: the job, a late decision or a withdrawal. The caller holds the case, which is open.
 */
export async function recordBreach(ctx: WriteContext, open: CaseRow): Promise<boolean> {
	if (!isPastDue(open, ctx.now)) return false;
	const officerId = holderAt(await listAssignments(ctx.tx, open.id), open.dueAt);
	const first = await insertBreach(ctx.tx, {
		caseId: open.id,
		officerId,
		agencyId: open.agencyId,
		dueAt: open.dueAt,
		writtenAt: ctx.now
	});
	if (!first) return false;
	await insertCaseEvent(ctx.tx, {
		caseId: open.id,
		at: ctx.now,
		actor: ctx.actorId,
		kind: 'breached',
		data: { officer: officerId, dueAt: open.dueAt }
	});
	await audit(ctx, {
		action: 'case.breached',
		subject: `case:${open.id}`,
		clause: 'TG-10.3b',
		data: { officer: officerId, agency: open.agencyId, dueAt: open.dueAt }
	});
	const toTell = open.assigneeId ?? officerId;
	if (toTell) await notify(ctx, toTell, 'case_overdue', open.id, { code: open.code });
	return true;
}
