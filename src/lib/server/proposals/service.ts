import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { canAnswerProposal, checkRoom } from '$lib/domain/proposals/rules.ts';
import type { ProposalAnswer, ProposalDone } from '$lib/domain/proposals/schema.ts';
import { eventOf, isWaiting, proposalMachine, type ProposalEvent } from '$lib/domain/proposals/states.ts';
import { seal, unseal } from '$lib/server/accounts/sealing.ts';
import { takeTurn } from '$lib/server/accounts/service.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { asSystem, write, type CommandContext, type WriteContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { publishProposal } from './projections.ts';
import {
	countWaitingOf,
	findProposal,
	insertProposal,
	listOwnProposals,
	lockProposal,
	nextProposalCode,
	updateAnswered,
	updateDone,
	updateTaken,
	updateWithdrawn,
	type ProposalRow
} from './queries.ts';

const clause = 'TG-3.4a';
const subjectOf = (id: string): string => `proposal:${id}`;

/**
 * TG-3.4a: a member proposes something to the Board, or points something out. The same words under the same id are one
 * proposal, however often they come. Refusals `too_many_waiting`, `id_reused`.
 */
export async function sendProposal(
	ctx: CommandContext,
	{ proposalId: id, topic, text }: CommandInput<'proposal.send'>
): Promise<Result<void>> {
	const { tx, actor, now } = ctx;
	await takeTurn(tx, actor.id, 'proposals');
	const before = await findProposal(tx, id);
	if (before) {
		const [said] = await unseal(tx, [before.textSealed]);
		return before.topic === topic && said === text ? ok(undefined) : no('id_reused');
	}
	const room = checkRoom(await countWaitingOf(tx, actor.id));
	if (!room.ok) return room;
	const made = await insertProposal(tx, {
		id,
		code: await nextProposalCode(tx, (await currentPack(tx)).codePrefix),
		accountId: actor.id,
		topic,
		textSealed: await seal(tx, actor.id, text),
		deviceTime: ctx.deviceTime,
		sentAt: now
	});
	if (!made) return no('id_reused');
	await audit(ctx, { action: 'proposal.received', subject: subjectOf(id), clause, data: { topic } });
	await publishProposal(ctx, id);
	return ok(undefined);
}

/**
 * TG-3.4a: says to the sender, and to the others who answer, that somebody looks into it. Refusals as `answerProposal`, and
 * `illegal_transition` where somebody does already.
 */
export const considerProposal = (db: Sql, actor: Actor, id: string, now: string): Promise<Result<void>> =>
	moving(db, actor, { id, event: 'consider', now }, async (ctx) => {
		await asSystem(ctx, 'proposals', (tx) => updateTaken(tx, { id, by: actor.id, byName: actor.name, now }));
		await audit(ctx, { action: 'proposal.considered', subject: subjectOf(id), clause });
	});

/**
 * TG-3.4a: answers a proposal once, with what becomes of it; the sender finds it in the notices. Refusals `not_found`,
 * `not_allowed` (one's own), `already_decided` with by whom and when.
 */
export const answerProposal = (
	db: Sql,
	actor: Actor,
	{ id, outcome, answer }: ProposalAnswer,
	now: string
): Promise<Result<void>> =>
	moving(db, actor, { id, event: eventOf[outcome], now }, async (ctx, { accountId, code }) => {
		await asSystem(ctx, 'proposals', async (tx) => {
			const answerSealed = await seal(tx, accountId, answer);
			await updateAnswered(tx, { id, outcome, answerSealed, by: actor.id, byName: actor.name, now });
		});
		await notify(ctx, accountId, 'proposal_answered', id, { code, outcome, by: actor.name });
		await audit(ctx, { action: 'proposal.answered', subject: subjectOf(id), clause, data: { outcome } });
	});

/**
 * TG-3.4a: says of what was accepted that it is done, once and with what was made of it; the first answer stays. Refusals
 * `not_found`, `not_allowed`, `already_decided` with who said so and when, `illegal_transition` where nothing was accepted or
 * the sender has left.
 */
export const carryOutProposal = (
	db: Sql,
	actor: Actor,
	{ id, words }: ProposalDone,
	now: string
): Promise<Result<void>> =>
	moving(db, actor, { id, event: 'carry_out', now }, async (ctx, { accountId, code }) => {
		await asSystem(ctx, 'proposals', async (tx) => {
			const doneSealed = await seal(tx, accountId, words);
			await updateDone(tx, { id, doneSealed, by: actor.id, byName: actor.name, now });
		});
		await notify(ctx, accountId, 'proposal_answered', id, { code, outcome: 'done', by: actor.name });
		await audit(ctx, { action: 'proposal.carried_out', subject: subjectOf(id), clause });
	});

/** TG-16.5: when an account closes, what it proposed has nobody left to be told. */
export async function withdrawProposalsOf(ctx: WriteContext, accountId: string): Promise<void> {
	for (const { id, state } of await listOwnProposals(ctx.tx, accountId)) {
		if (!isWaiting(state)) continue;
		const withdrawn = await asSystem(ctx, 'proposals', async (tx) => {
			const row = await lockProposal(tx, id);
			if (!row || !isWaiting(row.state)) return false;
			await updateWithdrawn(tx, id);
			return true;
		});
		if (!withdrawn) continue;
		await audit(ctx, { action: 'proposal.withdrawn', subject: subjectOf(id), clause });
		await publishProposal(ctx, id);
	}
}

/** Holds the proposal, asks who may and whether its state allows it; what changed goes to the sender's devices. */
function moving(
	db: Sql,
	actor: Actor,
	{ id, event, now }: { id: string; event: ProposalEvent; now: string },
	then: (ctx: WriteContext, row: ProposalRow) => Promise<void>
): Promise<Result<void>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const row = await asSystem(ctx, 'proposals', (tx) => lockProposal(tx, id));
		if (!row) return no('not_found');
		if (!canAnswerProposal(actor, row)) return no('not_allowed', { clause });
		const [by, at] = event === 'carry_out' ? [row.doneBy, row.doneAt] : [row.answeredBy, row.answeredAt];
		if (at !== null) return no('already_decided', { clause, facts: { by: by ?? '', at } });
		const to = nextState(proposalMachine, row.state, event);
		if (!to.ok) return to;
		if (event === 'carry_out' && row.senderLeft) return no('illegal_transition', { clause });
		await then(ctx, row);
		await publishProposal(ctx, id);
		return ok(undefined);
	});
}
