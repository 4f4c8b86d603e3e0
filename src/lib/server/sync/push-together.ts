import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { RefusalCode, Result } from '$lib/domain/kernel/refusal.ts';
import { sealerFor } from '$lib/server/accounts/sealing.ts';
import { audit, insertLines, type AuditData } from '$lib/server/audit/audit.ts';
import { allEnded } from '$lib/server/db/pool.ts';
import { commandSubject, type AnyCommand, type CommandName } from '$lib/sync/protocol/commands.ts';
import type { CommandAnswer, WireCommand } from '$lib/sync/protocol/wire.ts';
import { canonicalJson, inputHash, receiptCode } from './canonical.ts';
import { publishAll, type Due } from './publish.ts';
import type { PushDeps } from './push.ts';
import { accountStateForShare, insertLoggedCommands, isAnyLogged, lockCommandIds } from './queries.ts';
import { write } from './write.ts';

/** A command as it came, and as its schema reads it. */
export type GivenCommand = { readonly wire: WireCommand; readonly read: Result<AnyCommand> };
type FineCommand = { readonly wire: WireCommand; readonly command: AnyCommand };

/** About what belongs to the actor alone: nobody waits for the rows that a longer transaction of these holds. */
const ownAffairs: ReadonlySet<CommandName> = new Set(['draft.save', 'draft.discard', 'notification.read']);

/** As many as one request of a device holds: a file of a clerk's holds more, and the transaction must stay short (sync 7). */
const mostTogether = 50;

/** Cuts commands, in their order, into runs that may share a transaction; every other command is a run of its own. */
export function runsTogether(commands: readonly GivenCommand[]): GivenCommand[][] {
	const runs: GivenCommand[][] = [];
	let subjects: Set<string> | null = null;
	for (const given of commands) {
		const { wire, read } = given;
		const subject =
			read.ok && ownAffairs.has(read.value.name) && wire.after.length === 0
				? commandSubject(read.value)
				: null;
		const last = runs.at(-1);
		if (last && subject !== null && subjects && !subjects.has(subject) && last.length < mostTogether) {
			last.push(given);
			subjects.add(subject);
		} else {
			runs.push([given]);
			subjects = subject === null ? null : new Set([subject]);
		}
	}
	return runs;
}

/** What the audit's line of a command says: which, whether it was refused, who brought it, and what its service has to add. */
export const saidOf = (
	{ broughtBy }: PushDeps,
	{ name }: WireCommand,
	code: RefusalCode | null,
	details: AuditData
): AuditData => ({ ...details, name, code, ...(broughtBy && { broughtBy }) });

/** Something is not as it usually is; the transaction is given up. */
class NotTogether extends Error {}

/**
 * Carries out a run in one transaction: a device that comes back with 200 saved drafts pays for a commit once a
 * request instead of fifty times. Null, with nothing kept, unless every command is new and accepted: they are then
 * carried out one by one, where each refusal and each fault stands alone (sync 1, 2).
 */
export async function carryOutTogether(
	deps: PushDeps,
	actor: Actor,
	deviceId: string,
	run: readonly GivenCommand[]
): Promise<CommandAnswer[] | null> {
	const fine = run.flatMap(({ wire, read }): FineCommand[] =>
		read.ok ? [{ wire, command: read.value }] : []
	);
	if (fine.length < 2 || fine.length < run.length) return null;
	const now = deps.now();
	const ids = fine.map(({ wire }) => wire.id);
	const answers = await write(deps.db, { actorId: actor.id, now }, async (ctx) => {
		const [, known, state, seal] = await Promise.all([
			lockCommandIds(ctx.tx, ids),
			isAnyLogged(ctx.tx, ids),
			accountStateForShare(ctx.tx, actor.id),
			sealerFor(ctx.tx, actor.id)
		]);
		if (known || state !== 'active') throw new NotTogether();
		const due: Due[] = [];
		// Sent without waiting for each other; all are awaited, since none may write after the transaction's end.
		const done = await Promise.allSettled(
			fine.map(async ({ wire, command }) => {
				const details: AuditData = {};
				const own = { ...ctx, due, actor, details, commandId: wire.id, deviceTime: wire.deviceTime };
				const carriedOut = await deps.dispatch(own, command);
				const subject = commandSubject(command);
				await audit(own, { action: 'command.applied', subject, data: saidOf(deps, wire, null, details) });
				return carriedOut.ok;
			})
		);
		if (!done.every((one) => one.status === 'fulfilled' && one.value)) throw new NotTogether();
		// Beside each other, the log first: what is published is read as the system, which has no commands.
		const logging = insertLoggedCommands(
			ctx.tx,
			fine.map(({ wire }) => {
				const input = canonicalJson(wire.input);
				return {
					id: wire.id,
					actorId: actor.id,
					deviceId,
					seq: wire.seq,
					name: wire.name,
					inputHash: inputHash(wire.name, input),
					inputSealed: seal(input),
					receivedAt: now,
					deviceTime: wire.deviceTime,
					outcome: { outcome: 'applied' }
				};
			})
		);
		const lines = insertLines(ctx.tx, ctx.lines.splice(0));
		const [logged] = await allEnded([logging, lines, publishAll(ctx, due)]);
		if (logged.written < fine.length) throw new NotTogether();
		return ids.map((id): CommandAnswer => ({
			id,
			outcome: 'applied',
			version: logged.version,
			receipt: receiptCode(id),
			receivedAt: now
		}));
	}).catch(() => null);
	if (answers) for (const { wire } of fine) deps.observe?.(wire.name, 'applied');
	return answers;
}
