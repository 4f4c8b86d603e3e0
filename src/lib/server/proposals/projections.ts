import { proposalDocId } from '$lib/domain/proposals/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { publish, type Projection } from '$lib/server/sync/publish.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import { findProposal } from './queries.ts';

/** Brings the sender's devices up to date. */
export const publishProposal = (ctx: WriteContext, id: string): Promise<void> =>
	publish(ctx, 'mine', proposalDocId(id), (tx) => projectProposal(tx, id));

/** TG-3.4a: a proposal is its sender's alone; the Board asks for it online. Its words stay sealed in the feed. */
async function projectProposal(tx: Tx, id: string): Promise<Projection<'mine'>[]> {
	const row = await findProposal(tx, id);
	if (!row) return [];
	const { accountId, code, topic, textSealed, state, sentAt, takenAt, answerSealed, answeredBy, answeredAt } =
		row;
	const { doneSealed, doneBy, doneAt } = row;
	return [
		{
			audience: `user:${accountId}`,
			doc: {
				kind: 'proposal',
				id,
				code,
				topic,
				text: textSealed,
				state,
				sentAt,
				answer: answerSealed,
				answeredBy,
				answeredAt,
				doneWords: doneSealed,
				doneBy,
				doneAt,
				updatedAt: doneAt ?? answeredAt ?? takenAt ?? sentAt
			}
		}
	];
}
