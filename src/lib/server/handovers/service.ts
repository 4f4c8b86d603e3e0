import type { z } from 'zod';
import {
	canAnswerHandover,
	canHandIn,
	mayAtAll,
	officesOf,
	type Actor
} from '$lib/domain/accounts/permissions.ts';
import {
	answerWithinDays,
	handIn as handInSchema,
	maxHandoverPhotos,
	type HandIn,
	type HandoverOutcome,
	type HandoverView
} from '$lib/domain/handovers/schema.ts';
import {
	bytesOf,
	maxClerkBytes,
	maxCommandBytes,
	maxPhotoBytes,
	maxWaitingOfOwner
} from '$lib/domain/handovers/limits.ts';
import { handoverMachine } from '$lib/domain/handovers/states.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { isActiveAccount, takeTurn } from '$lib/server/accounts/service.ts';
import { seal, unseal } from '$lib/server/accounts/sealing.ts';
import { officersOf } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { keepAndRecord } from '$lib/server/files/keep-and-record.ts';
import { sha256Of } from '$lib/server/files/picture.ts';
import { keepUpload, recordUpload } from '$lib/server/files/service.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { push, type PushDeps } from '$lib/server/sync/push.ts';
import { asSystem, newId, write } from '$lib/server/sync/write.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import type { CommandAnswer } from '$lib/sync/protocol/wire.ts';
import {
	deleteBlobs,
	countWaiting,
	deleteBlobsBefore,
	expireBefore,
	findWaiting,
	insertHandover,
	insertBlob,
	listOfOwner,
	listBlobs,
	lockHandover,
	sumBlobs,
	updateAnswered,
	updateOutcomes,
	type HandoverRow
} from './queries.ts';

const dayMs = 24 * 3_600_000;
const sealedCommands = handInSchema.shape.commands;
type Commands = z.output<typeof sealedCommands>;

/**
 * Takes a photo or a voice note of a file a clerk holds. It belongs to that clerk and that file only, named by the bytes that came,
 * so that knowing a hash opens nothing (sync 5); it becomes the owner's when the owner confirms.
 */
export async function keepHandoverBlob(
	deps: { readonly db: Sql; readonly files: Pick<FileStore, 'has' | 'put'>; readonly now: () => string },
	clerk: Actor,
	photo: { readonly fileId: string; readonly sha256: string; readonly bytes: Uint8Array }
): Promise<Result<void>> {
	if (!mayAtAll(clerk, 'handover.bring')) return no('not_allowed');
	const [here, sent] = await transaction(deps.db, clerk.id, (tx) =>
		Promise.all([listBlobs(tx, clerk.id, photo.fileId), sumBlobs(tx, clerk.id, photo.fileId)])
	);
	if (here.some((known) => known.sha256 === photo.sha256)) return ok(undefined);
	if (here.length >= maxHandoverPhotos) return no('too_many_photos', { facts: { max: maxHandoverPhotos } });
	const { byteLength } = photo.bytes;
	if (sent.ofFile + byteLength > maxPhotoBytes || sent.ofClerk + byteLength > maxClerkBytes)
		return no('invalid_input', { fields: { photos: 'too_large' } });
	if (sha256Of(photo.bytes) !== photo.sha256) return no('upload_hash_mismatch');
	const now = deps.now();
	return keepAndRecord(
		deps,
		{ actorId: clerk.id, now },
		() => keepUpload(deps.files, photo.bytes),
		(ctx, kept) => insertBlob(ctx.tx, clerk.id, photo.fileId, kept, now)
	);
}

/**
 * A clerk brings somebody's unsent work. Nothing of it is done: it is sealed for its owner, who is told and answers
 * (sync 15). Bringing the same file again while it waits is the same hand-over.
 */
export async function handIn(
	db: Sql,
	clerk: Actor,
	input: HandIn,
	now: string
): Promise<Result<{ id: string }>> {
	const [agencyId] = officesOf(clerk);
	if (agencyId === undefined || !canHandIn(clerk, input.ownerId)) return no('not_allowed');
	if (bytesOf(input.commands) > maxCommandBytes)
		return no('invalid_input', { fields: { commands: 'too_large' } });
	return write(db, { actorId: clerk.id, now }, async (ctx): Promise<Result<{ id: string }>> => {
		if (!(await isActiveAccount(ctx.tx, input.ownerId))) return no('not_found');
		const post = (await officersOf(ctx.tx, agencyId, now)).find((one) => one.accountId === clerk.id);
		if (!post) return no('not_allowed');
		await takeTurn(ctx.tx, input.ownerId, 'handovers');
		const known = await findWaiting(ctx.tx, { ...input, clerkId: clerk.id });
		if (known !== null) return ok({ id: known });
		const waiting = await asSystem(ctx, 'handovers', (tx) => countWaiting(tx, input.ownerId));
		if (waiting >= maxWaitingOfOwner) return no('invalid_input', { fields: { ownerId: 'too_many_waiting' } });
		const photos = (await listBlobs(ctx.tx, clerk.id, input.fileId)).filter((photo) =>
			input.photos.includes(photo.sha256)
		);
		const id = newId();
		const made = await insertHandover(ctx.tx, {
			id,
			ownerId: input.ownerId,
			clerkId: clerk.id,
			clerkName: post.name,
			agencyId,
			fileId: input.fileId,
			deviceId: input.deviceId,
			commandsSealed: await seal(ctx.tx, input.ownerId, JSON.stringify(input.commands)),
			photos: photos.length,
			handedInAt: now,
			expiresAt: new Date(Date.parse(now) + answerWithinDays * dayMs).toISOString()
		});
		if (!made) {
			const twin = await findWaiting(ctx.tx, { ...input, clerkId: clerk.id });
			return twin === null ? no('handover_closed') : ok({ id: twin });
		}
		await audit(ctx, {
			action: 'handover.handed_in',
			subject: `handover:${id}`,
			data: { owner: input.ownerId, commands: input.commands.map((command) => command.id) }
		});
		await notify(ctx, input.ownerId, 'handover_brought', id, { by: post.name });
		return ok({ id });
	});
}

/** What clerks brought for this person, newest first. */
export async function handoversOf(db: Sql, owner: Actor): Promise<HandoverView[]> {
	return transaction(db, owner.id, async (tx) => {
		const rows = await listOfOwner(tx, owner.id);
		return Promise.all(rows.map((row) => viewOf(tx, row)));
	});
}

/**
 * The owner's answer. On yes the photos become the owner's and the commands go through the same door as those of the
 * owner's devices, under the same ids: what the exchange has already is not done again (sync 1). Saying yes once more
 * goes on where a fault has stopped it.
 */
export async function answerHandover(
	deps: Pick<PushDeps, 'db' | 'dispatch' | 'now' | 'observe'>,
	owner: Actor,
	answer: { readonly id: string; readonly yes: boolean }
): Promise<Result<HandoverView>> {
	const taken = await settleAnswer(deps.db, owner, answer, deps.now());
	if (!taken.ok) return taken;
	const { row, commands } = taken.value;
	const outcomes = new Map(row.outcomes.map((known) => [known.id, known]));
	if (commands.length > 0) {
		// All at once: what waits for a command that met a fault may stand far behind it.
		const done = await push(
			{ ...deps, broughtBy: row.clerkId },
			{ kind: 'actor', actor: owner, sessionId: '' },
			{ protocol: protocolVersion, actorId: owner.id, deviceId: row.deviceId, commands }
		);
		if (done.outcome === 'session') return no('account_locked');
		if (done.outcome === 'answers')
			for (const one of done.answers) outcomes.set(one.id, outcomeOf(one, commands));
	}
	return write(deps.db, { actorId: owner.id, now: deps.now() }, async (ctx) => {
		const now = await lockHandover(ctx.tx, row.id);
		if (!now) throw new Error(`hand-over ${row.id} vanished`);
		const list = [...outcomes.values()];
		const done = commands.every(({ id }) => (outcomes.get(id)?.outcome ?? 'retry') !== 'retry');
		if (commands.length > 0) {
			await updateOutcomes(ctx.tx, row.id, list, done);
			await audit(ctx, {
				action: 'handover.carried_out',
				subject: `handover:${row.id}`,
				data: {
					clerk: row.clerkId,
					applied: list.filter((one) => one.outcome === 'applied').map((one) => one.id),
					refused: list.filter((one) => one.outcome === 'refused').map((one) => one.id)
				}
			});
		}
		return ok(
			await viewOf(ctx.tx, { ...now, outcomes: list, commandsSealed: done ? null : now.commandsSealed })
		);
	});
}

/** Writes the answer down; the commands that are still to be carried out, none after a no. */
function settleAnswer(
	db: Sql,
	owner: Actor,
	answer: { readonly id: string; readonly yes: boolean },
	now: string
): Promise<Result<{ row: HandoverRow; commands: Commands }>> {
	return write(db, { actorId: owner.id, now }, async (ctx) => {
		const row = await lockHandover(ctx.tx, answer.id);
		if (!row || !canAnswerHandover(owner, row)) return no('not_found');
		if (answer.yes && row.state === 'confirmed')
			return ok({ row, commands: await openCommands(ctx.tx, row.commandsSealed) });
		if (row.state === 'handed_in' && row.expiresAt <= now) {
			await updateAnswered(ctx.tx, row.id, 'expired', now);
			return no('handover_closed', { facts: { state: 'expired' } });
		}
		const to = nextState(handoverMachine, row.state, answer.yes ? 'confirm' : 'decline');
		if (!to.ok) return no('handover_closed', { facts: { state: row.state } });
		const blobs = await asSystem(ctx, 'handovers', async (tx) => {
			const kept = await listBlobs(tx, row.clerkId, row.fileId);
			await deleteBlobs(tx, row.clerkId, row.fileId);
			return kept;
		});
		if (answer.yes) for (const kept of blobs) await recordUpload(ctx, owner.id, kept);
		await updateAnswered(ctx.tx, row.id, to.value, now);
		await audit(ctx, {
			action: answer.yes ? 'handover.confirmed' : 'handover.declined',
			subject: `handover:${row.id}`,
			data: { clerk: row.clerkId, owner: owner.id }
		});
		return ok({
			row: { ...row, state: to.value },
			commands: answer.yes ? await openCommands(ctx.tx, row.commandsSealed) : []
		});
	});
}

/** Closes what nobody answered, and forgets photos of files that were never handed in. Returns how many. */
export const expireHandovers = (db: Sql, now: string): Promise<number> =>
	write(db, { actorId: 'system:handovers', now }, async (ctx) => {
		const ids = await expireBefore(ctx.tx, now);
		for (const id of ids) await audit(ctx, { action: 'handover.expired', subject: `handover:${id}` });
		await deleteBlobsBefore(ctx.tx, new Date(Date.parse(now) - (answerWithinDays + 1) * dayMs).toISOString());
		return ids.length;
	});

function outcomeOf(answer: CommandAnswer, commands: Commands): HandoverOutcome {
	const name = commands.find(({ id }) => id === answer.id)?.name ?? '';
	const common = { id: answer.id, name, receipt: null, refusal: null };
	switch (answer.outcome) {
		case 'applied':
		case 'duplicate':
			return { ...common, outcome: 'applied', receipt: answer.receipt };
		case 'refused':
			return { ...common, outcome: 'refused', refusal: answer.refusal };
		case 'retry':
			return { ...common, outcome: 'retry' };
	}
}

async function openCommands(tx: Tx, sealed: string | null): Promise<Commands> {
	const [opened] = sealed === null ? [null] : await unseal(tx, [sealed]);
	return opened ? sealedCommands.parse(JSON.parse(opened)) : [];
}

async function viewOf(tx: Tx, row: HandoverRow): Promise<HandoverView> {
	const { id, state, clerkName, agencyId, handedInAt, expiresAt, photos, outcomes } = row;
	const commands = (await openCommands(tx, row.commandsSealed)).map((command) => ({
		id: command.id,
		name: command.name,
		input: command.input,
		deviceTime: command.deviceTime
	}));
	return { id, state, clerkName, agencyId, handedInAt, expiresAt, photos, commands, outcomes };
}
