import { identityIsDuty, type IdentityView } from '$lib/domain/businesses/identity.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { nextTry } from '$lib/domain/messages/retries.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { blindIndex } from '$lib/server/accounts/sealing.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { enqueue } from '$lib/server/jobs/enqueue.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import { openPerson } from '../person.ts';
import { findBusiness, lockBusinessById } from '../queries.ts';
import { identityProvider } from './provider.ts';
import { findIdentity, listDue, updateAnswered, upsertIdentity, type DueIdentity } from './queries.ts';

const system = 'system:identity';
const atOnce = 20;

/**
 * The number a registration states; another than before, or the same under another name (`renamed`), is asked about anew,
 * soon after the commit. The caller holds the business.
 */
export const stateNumber = (
	ctx: WriteContext,
	businessId: string,
	{ number, renamed }: { number: string; renamed: boolean }
): Promise<void> =>
	asSystem(ctx, 'identity', async (tx) => {
		const askAt = identityProvider() === null ? null : ctx.now;
		await upsertIdentity(tx, businessId, { numberIndex: blindIndex(`business:${number}`), renamed }, askAt);
		if (askAt !== null) await enqueue(tx, 'identity-watch');
	});

/** LAW-tmdt-identity: what of it its owner and its department are told. As the owner or the system. */
export async function identityOf(tx: Tx, businessId: string, pack: RulePack): Promise<IdentityView> {
	const row = await findIdentity(tx, businessId);
	return {
		state: row?.state ?? 'none',
		method: row?.method ?? null,
		at: row?.confirmedAt ?? null,
		dutyFrom: pack.businesses.identity.dutyFrom
	};
}

/**
 * LAW-tmdt-identity: from the day of the pack nobody begins to sell who has not shown who they are; who sells already goes
 * on. Refusal `identity_needed`. The caller holds the business.
 */
export async function mayBeginSelling(
	ctx: WriteContext,
	businessId: string,
	pack: RulePack,
	sellsAlready: boolean
): Promise<Result<void>> {
	if (sellsAlready || !identityIsDuty(pack, vietnamDay(ctx.now))) return ok(undefined);
	const row = await asSystem(ctx, 'identity', (tx) => findIdentity(tx, businessId));
	return row?.state === 'verified' ? ok(undefined) : no('identity_needed', { clause: 'LAW-tmdt-identity' });
}

/**
 * Asks the provider about every number that waits, outside any transaction, and writes down what it says. What it cannot say
 * is asked again for a day and then left to the officer. Safe to run in several processes: an answer counts once, and
 * never for a number that was changed meanwhile. Returns how many were answered.
 */
export async function askIdentities(db: Sql, now: () => string): Promise<number> {
	const provider = identityProvider();
	if (!provider) return 0;
	let answered = 0;
	for (const due of await transaction(db, system, (tx) => listDue(tx, now(), atOnce))) {
		const person = await transaction(db, system, (tx) => openPerson(tx, due));
		const answer = person
			? await provider.ask({
					id: `${due.businessId}:${due.rev}`,
					kind: due.kind,
					number: person.identityNumber,
					name: person.representative
				})
			: ({ outcome: 'later', reason: 'erased' } as const);
		if (await settle(db, due, answer, now())) answered += 1;
	}
	return answered;
}

const settle = (
	db: Sql,
	due: DueIdentity,
	answer: Awaited<ReturnType<NonNullable<ReturnType<typeof identityProvider>>['ask']>>,
	now: string
): Promise<boolean> =>
	write(db, { actorId: system, now }, async (ctx) => {
		await lockBusinessById(ctx.tx, due.businessId);
		if ((await findBusiness(ctx.tx, due.businessId))?.rev !== due.rev) return false;
		const again = nextTry(due.attempts + 1, now);
		const done = await updateAnswered(
			ctx.tx,
			due.businessId,
			answer.outcome !== 'later'
				? { state: answer.outcome, reference: answer.reference, at: now }
				: again === null
					? { state: 'unknown' }
					: { state: 'asking', nextAt: again }
		);
		if (done && (answer.outcome !== 'later' || again === null))
			await audit(ctx, {
				action: 'identity.answered',
				subject: `business:${due.businessId}`,
				clause: 'LAW-tmdt-identity',
				data: {
					outcome: answer.outcome,
					...(answer.outcome === 'later' ? { reason: answer.reason } : { reference: answer.reference })
				}
			});
		return done && answer.outcome !== 'later';
	});
