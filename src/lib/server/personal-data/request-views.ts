import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	canAnswerRequest,
	checkExtension,
	extendedTerm,
	isWaiting,
	type OwnRequest,
	type RequestCounts,
	type RequestDetail,
	type RequestLine
} from '$lib/domain/personal-data/requests.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { unsealAll } from '$lib/server/accounts/unseal-all.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { noteLook } from './looks.ts';
import {
	countRequests,
	findAsker,
	findRequest,
	listEnded,
	listOwnRequests,
	listWaiting,
	type RequestRow
} from './request-queries.ts';

function lineOf(row: RequestRow, now: string): RequestLine {
	const { id, code, kind, about, state, outcome, receivedAt, acknowledgeBy, acknowledgedAt, dueAt } = row;
	const { lastDay, countedDays, skippedDays, extendedAt, endedAt } = row;
	const overdue = isWaiting(state) && (now >= dueAt || (acknowledgedAt === null && now >= acknowledgeBy));
	return {
		id,
		code,
		kind,
		about,
		state,
		outcome,
		law: row.rule.law,
		receivedAt,
		acknowledgeBy,
		acknowledgedAt,
		dueAt,
		lastDay,
		countedDays,
		skippedDays,
		extendedAt,
		endedAt,
		overdue,
		late: overdue || (row.acknowledgeLateAt ?? row.answerLateAt) !== null
	};
}

async function opened(tx: Tx, row: RequestRow, now: string): Promise<OwnRequest> {
	const [text, extensionReason, answer] = await unsealAll(tx, [
		row.textSealed,
		row.extensionSealed,
		row.answerSealed
	]);
	return {
		...lineOf(row, now),
		text: text ?? '',
		extensionReason: extensionReason ?? '',
		answer: answer ?? ''
	};
}

/** TG-16.5: what this member asked, newest first, with the answers. */
export const ownRequests = (db: Sql, accountId: string, now: string): Promise<OwnRequest[]> =>
	transaction(db, accountId, async (tx) => {
		const own: OwnRequest[] = [];
		for (const row of await listOwnRequests(tx, accountId)) own.push(await opened(tx, row, now));
		return own;
	});

const mostEnded = 100;

/** For whoever answers: what waits, the first due first, or what ended last. Nothing of who asked. */
export const requestsToAnswer = (
	db: Sql,
	which: 'open' | 'ended',
	now: string
): Promise<{ counts: RequestCounts; items: RequestLine[] }> =>
	transaction(db, 'system:data-requests', async (tx) => {
		const rows = await (which === 'open' ? listWaiting(tx) : listEnded(tx, mostEnded));
		return { counts: await countRequests(tx, now), items: rows.map((row) => lineOf(row, now)) };
	});

/** One request with its words and who asked; the look is written down for that member (TG-16.2). Refusal `not_found`. */
export function openRequest(db: Sql, actor: Actor, id: string, now: string): Promise<Result<RequestDetail>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const row = await asSystem(ctx, 'data-requests', (tx) => findRequest(tx, id));
		if (!row || !may(actor, 'data.answer', {})) return no('not_found');
		await noteLook(
			ctx,
			actor,
			{ accountId: row.accountId, what: 'data_request', purpose: 'answer', ref: row.code, agencyId: null },
			{ action: 'data_request.opened', subject: `data_request:${id}` }
		);
		const pack = await currentPack(ctx.tx);
		return asSystem(ctx, 'data-requests', async (tx) => {
			const asker = await findAsker(tx, row.accountId);
			const answerer = row.answeredBy === null ? null : await findAsker(tx, row.answeredBy);
			const [name, phone, email, answeredByName] = await unsealAll(tx, [
				asker?.name ?? null,
				asker?.phone ?? null,
				asker?.email ?? null,
				answerer?.name ?? null
			]);
			const more = checkExtension(row, now);
			const mayAnswer = canAnswerRequest(actor, row) && isWaiting(row.state);
			return ok({
				...(await opened(tx, row, now)),
				name: name ?? '',
				contact: [phone, email].filter((one) => one !== null).join(' · '),
				answeredByName: answeredByName ?? '',
				mayAnswer,
				extendsTo: mayAnswer && more.ok ? extendedTerm(row.dueAt, more.value, pack.calendar).lastDay : null
			});
		});
	});
}
