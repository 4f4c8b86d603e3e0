import { maskedName } from '$lib/domain/accounts/misuse.ts';
import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { canAnswerProposal, canCarryOut } from '$lib/domain/proposals/rules.ts';
import type {
	OpenedProposal,
	ProposalLine,
	ProposalList,
	ProposalPage
} from '$lib/domain/proposals/schema.ts';
import { isWaiting } from '$lib/domain/proposals/states.ts';
import { unsealAll } from '$lib/server/accounts/unseal-all.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import {
	findProposal,
	listAnswered,
	listOwnProposals,
	listPromised,
	listWaiting,
	type NamedRow
} from './queries.ts';

const pageSize = 50;
const listing = { open: listWaiting, promised: listPromised, answered: listAnswered };

function lineOf(row: NamedRow, name: string | null): ProposalLine {
	const { id, code, topic, state, sentAt, takenBy, takenAt, answeredBy, answeredAt } = row;
	const person = maskedName(name ?? '');
	return { id, code, topic, state, sentAt, takenBy, takenAt, answeredBy, answeredAt, person };
}

/**
 * TG-3.4a: what waits for an answer, or was accepted and waits to be done, the oldest first; or what was answered, the newest
 * first. Nothing of what they say.
 */
export const proposalsToAnswer = (db: Sql, { which, after }: ProposalList): Promise<ProposalPage> =>
	transaction(db, 'system:proposals', async (tx) => {
		const found = await listing[which](tx, after, pageSize + 1);
		const rows = found.slice(0, pageSize);
		const names = await unsealAll(
			tx,
			rows.map(({ nameSealed }) => nameSealed)
		);
		const items = rows.map((row, at) => lineOf(row, names[at] ?? null));
		const last = found.length > pageSize ? items.at(-1) : undefined;
		const next = last ? { at: (which === 'open' ? last.sentAt : last.answeredAt) ?? '', id: last.id } : null;
		return { items, next };
	});

/** TG-3.4a, TG-16.2: one proposal with its words; the look is written down for its sender. Refusal `not_found`. */
export function openProposal(
	db: Sql,
	actor: Actor,
	id: string,
	now: string
): Promise<Result<OpenedProposal>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const row = may(actor, 'proposal.answer', {})
			? await asSystem(ctx, 'proposals', (tx) => findProposal(tx, id))
			: null;
		if (!row) return no('not_found');
		await noteLook(
			ctx,
			actor,
			{ accountId: row.accountId, what: 'proposal', purpose: 'answer', ref: row.code, agencyId: null },
			{ action: 'proposal.opened', subject: `proposal:${id}` }
		);
		const sealed = [row.nameSealed, row.textSealed, row.answerSealed, row.doneSealed];
		const [name, text, answer, doneWords] = await asSystem(ctx, 'proposals', (tx) => unsealAll(tx, sealed));
		return ok({
			...lineOf(row, name ?? null),
			text: text ?? '',
			answer: answer ?? '',
			doneWords: doneWords ?? '',
			doneBy: row.doneBy,
			doneAt: row.doneAt,
			mayAnswer: canAnswerProposal(actor, row) && isWaiting(row.state),
			mayCarryOut: canCarryOut(actor, row)
		});
	});
}

/** TG-16.5: what this member proposed and what was answered, newest first. */
export const ownProposals = (db: Sql, accountId: string) =>
	transaction(db, accountId, async (tx) => {
		const rows = await listOwnProposals(tx, accountId);
		return Promise.all(
			rows.map(async ({ textSealed, answerSealed, doneSealed, ...row }) => {
				const { code, topic, state, sentAt, answeredBy, answeredAt, doneBy, doneAt } = row;
				const [text, answer, doneWords] = await unsealAll(tx, [textSealed, answerSealed, doneSealed]);
				const words = { text: text ?? '', answer: answer ?? '', doneWords: doneWords ?? '' };
				return { code, topic, state, sentAt, ...words, answeredBy, answeredAt, doneBy, doneAt };
			})
		);
	});
