import type { CommandName } from '../protocol/commands.ts';
import { ownTitle } from '../fold/unsent.ts';
import type { LocalDb, OutboxRow } from '../store/local.ts';

/** So many of the last received commands stay on the device with their code. */
export const receiptsKept = 50;

/** Saved while typing or looking: nobody asks at the counter whether these have come. */
const silent: readonly CommandName[] = ['draft.save', 'notification.read'];

/**
 * Keeps the code a person reads out to prove that a command was received: the command itself leaves the outbox soon
 * after. Called inside a transaction on `receipts`.
 */
export async function keepReceipt(
	local: LocalDb,
	row: OutboxRow,
	answer: { readonly receipt: string; readonly receivedAt: string }
): Promise<void> {
	if (silent.includes(row.name)) return;
	const { seq, id, name, subject, deviceTime } = row;
	const { receipt, receivedAt } = answer;
	const title = ownTitle(row) ?? null;
	await local.receipts.put({ seq, id, name, subject, deviceTime, title, receipt, receivedAt });
	await local.receipts.bulkDelete(
		await local.receipts.orderBy('seq').reverse().offset(receiptsKept).primaryKeys()
	);
}
