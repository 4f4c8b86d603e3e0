import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { measureMachine } from '$lib/domain/enforcement/states.ts';
import { nextState } from '$lib/domain/kernel/machine.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { holdAdministrators, mayBeLocked } from '$lib/server/grants/administrators.ts';
import { write } from '$lib/server/sync/write.ts';
import { unseal } from '$lib/server/accounts/sealing.ts';
import { carryOut } from './effects.ts';
import { deleteLooseBefore } from './file-queries.ts';
import { findMeasure, listDue, lockAccountRow, type DueMeasure } from './queries.ts';
import { endMeasure } from './service.ts';
import { tellTaken } from './words.ts';

const system = 'system:enforcement';
const atOnce = 200;
/** The name a job's deeds stand under. */
const exchange = { id: null, name: 'Sàn' };

/**
 * LAW-tmdt-notice: carries out every notice whose days have run and ends every suspension whose term is over, each in a
 * transaction of its own. Safe to run in several processes and after any outage: the account is held and the measure read
 * again. One that fails holds back no other; the first failure is thrown at the end. Returns how many this call changed.
 */
export async function carryOutDue(db: Sql, now: string): Promise<number> {
	const failed = new Map<string, unknown>();
	let done = 0;
	for (;;) {
		const due = await transaction(db, system, (tx) => listDue(tx, now, atOnce + failed.size));
		const fresh = due.filter(({ id }) => !failed.has(id));
		for (const one of fresh)
			try {
				if (await carryOutOne(db, one, now)) done += 1;
			} catch (error) {
				failed.set(one.id, error);
			}
		if (fresh.length >= atOnce) continue;
		if (failed.size === 0) return done;
		const [first] = failed.values();
		throw new Error(`${failed.size} measures could not be carried out`, { cause: first });
	}
}

const carryOutOne = (db: Sql, due: DueMeasure, now: string): Promise<boolean> =>
	write(db, { actorId: system, now }, async (ctx) => {
		const administrators = await holdAdministrators(ctx.tx);
		await lockAccountRow(ctx.tx, due.accountId);
		const measure = await findMeasure(ctx.tx, due.id);
		// The last administrator stays until there is another: the notice waits, and the next sweep asks again.
		if (measure?.targetKind === 'account' && measure.state === 'noticed')
			if (!mayBeLocked(administrators, measure.accountId, null).ok) return false;
		if (measure?.state === 'noticed' && measure.effectAt <= now) {
			const to = nextState(measureMachine, measure.state, 'carry_out');
			if (!to.ok) return false;
			const inForce = { ...measure, state: to.value };
			await audit(ctx, {
				action: 'measure.carried_out',
				subject: `measure:${measure.id}`,
				clause: 'LAW-tmdt-notice',
				data: { step: measure.step, account: measure.accountId, noticedAt: measure.takenAt }
			});
			await carryOut(ctx, inForce, exchange);
			const [name, reason] = await unseal(ctx.tx, [measure.targetNameSealed, measure.reasonSealed]);
			await tellTaken(ctx, inForce, { name: name ?? '', reason: reason ?? '' });
			return true;
		}
		if (measure?.state === 'in_force' && measure.until !== null && measure.until <= now)
			return (await endMeasure(ctx, measure, 'run_out', exchange.name, '')).ok;
		return false;
	});

/** Forgets evidence that was sent and laid with nothing for a week. */
export const forgetLooseEvidence = (db: Sql, now: string): Promise<number> =>
	write(db, { actorId: system, now }, (ctx) =>
		deleteLooseBefore(ctx.tx, `${addDays(vietnamDay(now), -7)}T00:00:00Z`)
	);
