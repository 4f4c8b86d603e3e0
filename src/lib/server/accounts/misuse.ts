import { z } from 'zod';
import {
	endedSession,
	maskedName,
	type MisuseAnswer,
	type MisuseLine,
	type MisuseReceipt,
	type MisuseReport,
	type OwnMisuseReport
} from '$lib/domain/accounts/misuse.ts';
import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, newId, write } from '$lib/server/sync/write.ts';
import { listSessions } from './member-queries.ts';
import {
	findMisuseReport,
	insertMisuseReport,
	listMisuseReports,
	listOwnMisuseReports,
	updateMisuseAnswer,
	type MisuseRow
} from './misuse-queries.ts';
import { proveOwnPassword } from './own-password.ts';
import { newPassword, replacePassword } from './profile.ts';
import { seal, sealerFor, unseal } from './sealing.ts';
import { asSignInRole } from './sign-in-queries.ts';

/** Read out on the phone, "TG-B42-17": B as in "báo". */
const codeOf = async (tx: Tx, number: string): Promise<string> =>
	`${(await currentPack(tx)).codePrefix}-B${number}`;

/** '' for what is not there, or erased. */
const open = async (tx: Tx, sealed: string | null): Promise<string> =>
	sealed === null ? '' : ((await unseal(tx, [sealed]))[0] ?? '');

const notForYou = () => no('not_allowed', { clause: 'TG-16.1' });

/**
 * TG-16.1 "somebody uses my account": in one step every other session ends, the password is new, and the Board has a
 * report with the devices that were shut out. The member gets its code. The old password is asked, or whoever found the
 * phone could take the account this way.
 */
export async function reportMisuse(
	server: { readonly db: Sql; readonly auth: Sql },
	who: { readonly accountId: string; readonly sessionId: string },
	input: { readonly password: string; readonly next: string; readonly note: string },
	now: string
): Promise<Result<MisuseReceipt>> {
	const { accountId, sessionId } = who;
	const proven = await proveOwnPassword(server.auth, accountId, input.password);
	if (!proven.ok) return proven;
	const hash = await newPassword(server.db, accountId, input.next);
	if (!hash.ok) return hash;
	return write(server.db, { actorId: accountId, now }, async (ctx) => {
		const id = newId();
		const sessions = await asSignInRole(ctx.tx, () => listSessions(ctx.tx, accountId, sessionId, now));
		const others = sessions
			.filter(({ current }) => !current)
			.map(({ deviceName, createdAt, seenAt }) => ({ deviceName: deviceName ?? '', createdAt, seenAt }));
		const change = { from: proven.value, to: hash.value };
		const replaced = await replacePassword(ctx, accountId, sessionId, change);
		if (!replaced.ok) return replaced;
		const sessionsEnded = replaced.value;
		const sealed = await sealerFor(ctx.tx, accountId);
		const number = await insertMisuseReport(ctx.tx, {
			id,
			accountId,
			noteSealed: input.note === '' ? null : sealed(input.note),
			sessionsSealed: sealed(JSON.stringify(others)),
			sessionsEnded,
			now
		});
		await audit(ctx, {
			action: 'account.misuse_reported',
			subject: `account:${accountId}`,
			clause: 'TG-16.1',
			data: { report: id, sessionsEnded }
		});
		return ok({ code: await codeOf(ctx.tx, number), at: now, sessionsEnded });
	});
}

async function lineOf(tx: Tx, row: MisuseRow): Promise<MisuseLine> {
	const { id, number, nameSealed, sessionsEnded, at, answeredAt } = row;
	const person = maskedName(await open(tx, nameSealed));
	return { id, code: await codeOf(tx, number), person, sessionsEnded, at, answeredAt };
}

/** TG-16.1: what waits for the Board, the oldest first; or what was answered, the newest first. */
export async function misuseReports(
	db: Sql,
	actor: Actor,
	{ answered }: { readonly answered: boolean }
): Promise<Result<MisuseLine[]>> {
	if (!may(actor, 'misuse.see', {})) return notForYou();
	return transaction(db, 'system:misuse', async (tx) => {
		const lines: MisuseLine[] = [];
		for (const row of await listMisuseReports(tx, answered)) lines.push(await lineOf(tx, row));
		return ok(lines);
	});
}

/** TG-16.1, TG-16.2: one report with what the member wrote and the devices that were shut out. The look is in the audit. */
export function misuseReport(db: Sql, actor: Actor, id: string, now: string): Promise<Result<MisuseReport>> {
	if (!may(actor, 'misuse.see', {})) return Promise.resolve(notForYou());
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<MisuseReport>> => {
		const read = await asSystem(ctx, 'misuse', async (tx) => {
			const row = await findMisuseReport(tx, id);
			if (!row) return null;
			const sessions = await open(tx, row.sessionsSealed);
			return {
				accountId: row.accountId,
				...(await lineOf(tx, row)),
				note: await open(tx, row.noteSealed),
				sessions: sessions === '' ? null : z.array(endedSession).parse(JSON.parse(sessions)),
				answer: await open(tx, row.answerSealed),
				answeredBy: row.answeredBy ?? ''
			};
		});
		if (read === null) return no('not_found');
		const { accountId, ...report } = read;
		await noteLook(
			ctx,
			actor,
			{ accountId, what: 'misuse_report', purpose: 'answer', ref: report.code, agencyId: null },
			{ action: 'misuse_report.read', subject: `misuse:${id}` }
		);
		return ok(report);
	});
}

/**
 * The Board, or an administrator, answers a report, never the own one; the member is written to in the same transaction.
 * Refusals `not_found`, `not_allowed`, and `already_decided` with by whom and when.
 */
export function answerMisuse(db: Sql, actor: Actor, input: MisuseAnswer, now: string): Promise<Result<void>> {
	if (!may(actor, 'misuse.see', {})) return Promise.resolve(notForYou());
	return write(db, { actorId: actor.id, now }, async (ctx): Promise<Result<void>> => {
		const answered = await asSystem(ctx, 'misuse', (tx) => putAnswer(tx, actor, input, now));
		if (!answered.ok) return answered;
		const { accountId, code } = answered.value;
		await queueMessage(ctx, {
			to: { accountId },
			template: 'misuse_answered',
			params: { code, answer: input.answer, byName: actor.name },
			subject: `misuse:${input.id}`
		});
		await notify(ctx, accountId, 'misuse_answered', input.id, { code, by: actor.name });
		await audit(ctx, { action: 'misuse_report.answered', subject: `misuse:${input.id}`, clause: 'TG-16.1' });
		return ok(undefined);
	});
}

async function putAnswer(
	tx: Tx,
	actor: Actor,
	{ id, answer }: MisuseAnswer,
	now: string
): Promise<Result<{ accountId: string; code: string }>> {
	const row = await findMisuseReport(tx, id);
	if (!row) return no('not_found');
	const { accountId } = row;
	if (accountId === actor.id) return notForYou();
	const answerSealed = await seal(tx, accountId, answer);
	if (await updateMisuseAnswer(tx, { id, answerSealed, by: actor.id, byName: actor.name, now }))
		return ok({ accountId, code: await codeOf(tx, row.number) });
	const done = await findMisuseReport(tx, id);
	const facts = { by: done?.answeredBy ?? '', at: done?.answeredAt ?? '' };
	return no('already_decided', { clause: 'TG-16.1', facts });
}

/** TG-16.1: the member's own reports and what was answered, newest first. */
export const ownMisuseReports = (db: Sql, accountId: string): Promise<OwnMisuseReport[]> =>
	transaction(db, accountId, async (tx) => {
		const read: OwnMisuseReport[] = [];
		for (const row of await listOwnMisuseReports(tx, accountId))
			read.push({
				code: await codeOf(tx, row.number),
				at: row.at,
				sessionsEnded: row.sessionsEnded,
				answeredAt: row.answeredAt,
				answer: await open(tx, row.answerSealed),
				answeredBy: row.answeredBy ?? ''
			});
		return read;
	});
