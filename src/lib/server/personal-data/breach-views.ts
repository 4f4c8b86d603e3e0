import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	authorityNotice,
	type AffectedCriteria,
	type BreachCounts,
	type BreachDetail,
	type BreachLine
} from '$lib/domain/personal-data/breaches.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { countBreaches, countMatching, findBreach, listBreaches, type BreachRow } from './breach-queries.ts';
import { kindWords } from './kind-words.ts';

const lineOf = (row: BreachRow): BreachLine => ({
	id: row.id,
	code: row.code,
	foundAt: row.foundAt,
	what: row.what,
	kinds: row.kinds,
	hours: row.rule.hours,
	harmful: row.harmful,
	dueAt: row.dueAt,
	authorityToldAt: row.authorityToldAt,
	membersToldAt: row.membersToldAt,
	closedAt: row.closedAt,
	affected: row.affected,
	untold: row.untold
});

/** The register: open ones by their clock, then those closed. */
export const breachRegister = (
	db: Sql,
	now: string
): Promise<{ counts: BreachCounts; items: BreachLine[] }> =>
	transaction(db, 'system:breaches', async (tx) => ({
		counts: await countBreaches(tx, now),
		items: (await listBreaches(tx)).map(lineOf)
	}));

/** One breach with the notice to the authority as the rule of that day asks for it. The look is in the audit. */
export function breachDetail(db: Sql, actor: Actor, id: string, now: string): Promise<Result<BreachDetail>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		const row = may(actor, 'breach.keep', {})
			? await asSystem(ctx, 'breaches', (tx) => findBreach(tx, id))
			: null;
		if (!row) return no('not_found');
		await audit(ctx, { action: 'breach.opened', subject: `breach:${id}`, clause: 'LAW-data-breach' });
		const pack = await currentPack(ctx.tx);
		const { rule } = row;
		return ok({
			...lineOf(row),
			rev: row.rev,
			recordedAt: row.recordedAt,
			consequences: row.consequences,
			measures: row.measures,
			law: rule.law,
			authority: rule.authority,
			authorityName: row.authorityName,
			authorityReference: row.authorityReference,
			membersWords: row.membersWords,
			membersAdvice: row.membersAdvice,
			unreachable: row.unreachable,
			conclusions: row.conclusions,
			notice: authorityNotice(rule, row, {
				controller: pack.texts.operator,
				contact: pack.texts.contact,
				kindWords: kindWords(row.kinds)
			})
		});
	});
}

/** How many members the criteria would add to the list. */
export const matchingMembers = (db: Sql, id: string, criteria: AffectedCriteria): Promise<number> =>
	transaction(db, 'system:breaches', (tx) => countMatching(tx, id, criteria));
