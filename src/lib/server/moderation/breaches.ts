import type { Sql } from '$lib/server/db/pool.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { write } from '$lib/server/sync/write.ts';
import { recordBreach } from './cases.ts';
import { projectCase } from './projections.ts';
import { findNextDue, listRetiredOnDevices, listUnwrittenBreaches, lockCase } from './queries.ts';

const atOnce = 200;

/**
 * TG-10.3b: writes every breach that is due, oldest first, each in a transaction of its own. Safe to run in several
 * processes and after any outage: the row of the case is locked and the ledger takes one line a case. One that
 * fails holds back no other, and the first failure is thrown at the end. Returns how many this call wrote.
 */
export async function writeBreaches(db: Sql, now: string): Promise<number> {
	const failed = new Map<string, unknown>();
	let tried = 0;
	let written = 0;
	for (;;) {
		const due = await listUnwrittenBreaches(db, now, atOnce + failed.size);
		const fresh = due.filter(({ id }) => !failed.has(id));
		for (const { id } of fresh) {
			tried += 1;
			try {
				if (await writeBreach(db, id, now)) written += 1;
			} catch (error) {
				failed.set(id, error);
			}
		}
		if (fresh.length >= atOnce) continue;
		if (failed.size === 0) return written;
		const [first] = failed.values();
		throw new Error(`${failed.size} of ${tried} breaches could not be written`, { cause: first });
	}
}

const writeBreach = (db: Sql, caseId: string, now: string): Promise<boolean> =>
	write(db, { actorId: 'system:sla', now }, async (ctx) => {
		const open = await lockCase(ctx.tx, caseId);
		if (open?.state !== 'open' || !(await recordBreach(ctx, open))) return false;
		await publish(ctx, 'cases', caseId, projectCase);
		return true;
	});

/** When the next term passes, so that somebody can be awake then. */
export const nextDueAfter = (db: Sql, now: string): Promise<string | null> => findNextDue(db, now);

/** Takes cases decided more than fourteen days ago off officers' devices; they are asked online from then on. */
export async function retireDecidedCases(db: Sql, now: string): Promise<number> {
	const old = await listRetiredOnDevices(db, 2_000);
	for (const { id } of old)
		await write(db, { actorId: 'system:retention', now }, (ctx) => publish(ctx, 'cases', id, projectCase));
	return old.length;
}
