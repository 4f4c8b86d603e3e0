import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { no, type Refusal, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit, type AuditData } from '$lib/server/audit/audit.ts';
import { seal } from '$lib/server/accounts/sealing.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import {
	commandSchemas,
	commandSubject,
	type AnyCommand,
	type CommandName
} from '$lib/sync/protocol/commands.ts';
import { oldestServedProtocol, protocolVersion } from '$lib/sync/protocol/version.ts';
import type { CommandAnswer, PushAnswer, PushRequest, WireCommand } from '$lib/sync/protocol/wire.ts';
import { canonicalJson, inputHash, receiptCode } from './canonical.ts';
import {
	accountStateForShare,
	findLoggedCommand,
	insertLoggedCommands,
	lockCommandIds,
	outcomesOf,
	readAnnounced,
	wasRestored
} from './queries.ts';
import { carryOutTogether, runsTogether, saidOf, type GivenCommand } from './push-together.ts';
import type { Caller } from './session.ts';
import { write, type CommandContext } from './write.ts';

/** Carries out one command of any name: the composition root maps names to services. */
export type Dispatch = (ctx: CommandContext, command: AnyCommand) => Promise<Result<void>>;

export type PushDeps = {
	readonly db: Sql;
	readonly dispatch: Dispatch;
	/** The server's clock, ISO in UTC (sync 12). */
	readonly now: () => string;
	/** Told of every command's outcome, and of a fault with its error. */
	readonly observe?: (name: string, outcome: string, error?: unknown) => void;
	/** The clerk who brought these commands for the actor (sync 15): the audit names both. */
	readonly broughtBy?: string;
};

const pauseAfterFaultMs = 15_000;
const pauseAfterConflictMs = 250;
const pauseAfterRestoreMs = 30_000;
/** So long after a restore the devices it depends on may still be coming back. */
const comingBackFor = '1 day';

/**
 * Takes a device's commands in, in their order: one transaction each, or one for a run of them that concerns nobody
 * else and where everything is well (`push-together.ts`). One bad command never blocks the others;
 * after one that must be tried again, later ones of the same subject wait with it (sync 1, 2).
 */
export async function push(deps: PushDeps, caller: Caller, request: PushRequest): Promise<PushAnswer> {
	if (request.protocol < oldestServedProtocol || request.protocol > protocolVersion)
		return { outcome: 'upgrade' };
	if (caller.kind === 'ended') return { outcome: 'session', session: caller.why };
	if (caller.kind === 'nobody') return { outcome: 'session', session: 'expired' };
	// On a shared phone nobody's commands leave under another's name (sync 6).
	if (caller.actor.id !== request.actorId) return { outcome: 'wrong_user' };

	const answers: CommandAnswer[] = [];
	const waiting = new Set<string>();
	const given = [...request.commands]
		.sort((a, b) => a.seq - b.seq)
		.map((wire): GivenCommand => ({ wire, read: readCommand(wire) }));
	for (const run of runsTogether(given)) {
		const together = run.some(({ wire, read }) => waiting.has(subjectOf(wire, read)))
			? null
			: await carryOutTogether(deps, caller.actor, request.deviceId, run);
		if (together) {
			answers.push(...together);
			continue;
		}
		for (const { wire, read } of run) {
			const subject = subjectOf(wire, read);
			if (waiting.has(subject)) {
				answers.push({ id: wire.id, outcome: 'retry', afterMs: pauseAfterConflictMs });
				continue;
			}
			try {
				const done = await carryOut(deps, caller.actor, request.deviceId, wire, read);
				if (done === 'locked') return { outcome: 'session', session: 'locked' };
				answers.push(done);
				deps.observe?.(wire.name, done.outcome);
				if (done.outcome === 'retry') waiting.add(subject);
			} catch (error) {
				deps.observe?.(wire.name, 'fault', error);
				answers.push({ id: wire.id, outcome: 'retry', afterMs: pauseAfter(error) });
				waiting.add(subject);
			}
		}
	}
	return { outcome: 'answers', answers, serverTime: deps.now(), ...(await readAnnounced(deps.db)) };
}

const subjectOf = (wire: WireCommand, read: Result<AnyCommand>): string =>
	read.ok ? commandSubject(read.value) : wire.id;

/** Thrown inside the savepoint so that a refusal undoes whatever the service had begun to write. */
class Refused extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.code);
	}
}

async function carryOut(
	deps: PushDeps,
	actor: Actor,
	deviceId: string,
	wire: WireCommand,
	read: Result<AnyCommand>
): Promise<CommandAnswer | 'locked'> {
	const now = deps.now();
	const input = canonicalJson(wire.input);
	const hash = inputHash(wire.name, input);
	const by = { actorId: actor.id, now, deviceTime: wire.deviceTime, commandId: wire.id };
	return write(deps.db, by, async (ctx): Promise<CommandAnswer | 'locked'> => {
		// Sent in this order without waiting in between: each is a statement of its own, with its own snapshot.
		const [, before, state, earlier] = await Promise.all([
			lockCommandIds(ctx.tx, [wire.id]),
			findLoggedCommand(ctx.tx, wire.id),
			accountStateForShare(ctx.tx, actor.id),
			outcomesOf(ctx.tx, wire.after)
		]);
		if (before) return repeat(wire.id, before, hash);
		if (state !== 'active') return 'locked';
		if (earlier.missing.length > 0) return { id: wire.id, outcome: 'retry', afterMs: pauseAfterConflictMs };

		const details: AuditData = {};
		const refusal =
			earlier.refused.length > 0
				? no('depends_on_refused').refusal
				: await attempt({ ...ctx, actor, details }, deps.dispatch, read, (error) =>
						deps.observe?.(wire.name, 'unfit', error)
					);
		// It was taken once: what it builds on is still on somebody's device, not yet given back (sync 13).
		if (refusal && wire.again && (await wasRestored(ctx.tx, comingBackFor))) {
			ctx.touched.audiences.clear();
			return { id: wire.id, outcome: 'retry', afterMs: pauseAfterRestoreMs };
		}
		const outcome = refusal ? { outcome: 'refused', refusal } : { outcome: 'applied' };
		if (refusal) {
			ctx.touched.audiences.clear();
			ctx.touched.news.clear();
		}
		const logged = await insertLoggedCommands(ctx.tx, [
			{
				id: wire.id,
				actorId: actor.id,
				deviceId,
				seq: wire.seq,
				name: wire.name,
				inputHash: hash,
				inputSealed: await seal(ctx.tx, actor.id, input),
				receivedAt: now,
				deviceTime: wire.deviceTime,
				outcome
			}
		]);
		// Somebody else's id: refuse, say nothing of theirs, and undo what was done here.
		if (logged.written === 0) throw new Refused(no('id_reused').refusal);
		await audit(ctx, {
			action: refusal ? 'command.refused' : 'command.applied',
			subject: read.ok ? commandSubject(read.value) : `command:${wire.id}`,
			...(refusal?.clause && { clause: refusal.clause }),
			data: saidOf(deps, wire, refusal?.code ?? null, refusal ? {} : details)
		});
		return refusal
			? { id: wire.id, outcome: 'refused', refusal, receivedAt: now }
			: {
					id: wire.id,
					outcome: 'applied',
					version: logged.version,
					receipt: receiptCode(wire.id),
					receivedAt: now
				};
	}).catch((error: unknown): CommandAnswer => {
		if (error instanceof Refused)
			return { id: wire.id, outcome: 'refused', refusal: error.refusal, receivedAt: now };
		throw error;
	});
}

/**
 * Runs the service in a savepoint; null when it was carried out. A value the database cannot keep stays so however
 * often it is sent, so it is refused and told to `unfit` instead of being tried again for ever.
 */
async function attempt(
	ctx: CommandContext,
	dispatch: Dispatch,
	read: Result<AnyCommand>,
	unfit: (error: unknown) => void
): Promise<Refusal | null> {
	if (!read.ok) return read.refusal;
	const lines = ctx.lines.length;
	try {
		await ctx.tx.savepoint(async (inner) => {
			const done = await dispatch({ ...ctx, tx: inner }, read.value);
			if (!done.ok) throw new Refused(done.refusal);
		});
		return null;
	} catch (error) {
		// What was undone leaves no line.
		ctx.lines.length = lines;
		if (error instanceof Refused) return error.refusal;
		if (!isDataException(error)) throw error;
		unfit(error);
		return no('invalid_input').refusal;
	}
}

/** Class 22 of the database's errors: a number out of range, a sign that no text may hold. */
const isDataException = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' && /^22...$/.test(error.code);

function repeat(
	id: string,
	before: { inputHash: string; version: number | null; receivedAt: string; outcome: unknown },
	hash: string
): CommandAnswer {
	if (before.inputHash !== hash)
		return { id, outcome: 'refused', refusal: no('id_reused').refusal, receivedAt: before.receivedAt };
	const outcome = before.outcome as { outcome: 'applied' } | { outcome: 'refused'; refusal: Refusal };
	return outcome.outcome === 'refused'
		? { id, outcome: 'refused', refusal: outcome.refusal, receivedAt: before.receivedAt }
		: {
				id,
				outcome: 'duplicate',
				version: before.version ?? 0,
				receipt: receiptCode(id),
				receivedAt: before.receivedAt
			};
}

/** Checks the name and the input against the command's own schema; the input is cleaned as it is parsed. */
function readCommand(wire: WireCommand): Result<AnyCommand> {
	if (!isCommandName(wire.name)) return no('unknown_command');
	const parsed = commandSchemas[wire.name].safeParse(wire.input);
	if (parsed.success) return { ok: true, value: { name: wire.name, input: parsed.data } as AnyCommand };
	const fields: Record<string, string> = {};
	for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
	return no('invalid_input', { fields });
}

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commandSchemas, name);

/** Two commands that met at one row try again soon; anything else is a fault and waits longer. */
function pauseAfter(error: unknown): number {
	const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
	return code === '40P01' || code === '40001' || code === '55P03' ? pauseAfterConflictMs : pauseAfterFaultMs;
}
