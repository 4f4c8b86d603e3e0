import type { MisuseReceipt, MisuseReport } from '$lib/domain/accounts/members.ts';
import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { newId, write } from '$lib/server/sync/write.ts';
import { insertMisuseReport, listMisuseReports, markMisuseHandled } from './member-queries.ts';
import { proveOwnPassword } from './own-password.ts';
import { newPassword, replacePassword } from './profile.ts';
import { seal, unseal } from './sealing.ts';

/** Read out on the phone, "TG-B42-17": B as in "báo". */
const codeOf = async (tx: Tx, number: string): Promise<string> =>
	`${(await currentPack(tx)).codePrefix}-B${number}`;

/**
 * TG-16.1 "somebody uses my account": in one step every other session ends, the password is new, and the Board has a
 * report. The member gets its code. The old password is asked, or whoever found the phone could take the account this way.
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
		const sessionsEnded = await replacePassword(ctx, accountId, sessionId, hash.value);
		const noteSealed = input.note === '' ? null : await seal(ctx.tx, accountId, input.note);
		const number = await insertMisuseReport(ctx.tx, { id, accountId, noteSealed, sessionsEnded, now });
		await audit(ctx, {
			action: 'account.misuse_reported',
			subject: `account:${accountId}`,
			clause: 'TG-16.1',
			data: { report: id, sessionsEnded }
		});
		return ok({ code: await codeOf(ctx.tx, number), at: now, sessionsEnded });
	});
}

/** TG-16.1: what members reported, open ones first. For the Board; looking is written down. */
export async function misuseReports(db: Sql, actor: Actor, now: string): Promise<Result<MisuseReport[]>> {
	if (!may(actor, 'misuse.see', {})) return no('not_allowed', { clause: 'TG-16.1' });
	const reports = await transaction(db, 'system:misuse', async (tx) => {
		const rows = await listMisuseReports(tx);
		const open = async (sealed: string | null) =>
			sealed === null ? '' : ((await unseal(tx, [sealed]))[0] ?? '');
		const read: MisuseReport[] = [];
		for (const { id, number, nameSealed, noteSealed, sessionsEnded, at, handledAt } of rows)
			read.push({
				id,
				code: await codeOf(tx, number),
				name: await open(nameSealed),
				note: await open(noteSealed),
				sessionsEnded,
				at,
				handledAt
			});
		return read;
	});
	await write(db, { actorId: actor.id, now }, (ctx) =>
		audit(ctx, {
			action: 'misuse_reports.read',
			subject: 'misuse_reports',
			clause: 'TG-16.2',
			data: { reports: reports.map(({ id }) => id) }
		})
	);
	return ok(reports);
}

/** The Board has dealt with a report. */
export const handleMisuse = async (db: Sql, actor: Actor, id: string, now: string): Promise<Result<void>> => {
	if (!may(actor, 'misuse.see', {})) return no('not_allowed', { clause: 'TG-16.1' });
	return write(db, { actorId: 'system:misuse', now }, async (ctx) => {
		if (!(await markMisuseHandled(ctx.tx, id, actor.id, now))) return no('not_found');
		await audit({ ...ctx, actorId: actor.id }, { action: 'misuse_report.handled', subject: `misuse:${id}` });
		return ok(undefined);
	});
};
