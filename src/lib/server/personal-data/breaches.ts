import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { may } from '$lib/domain/accounts/permissions.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import {
	breachDueAt,
	openDuties,
	type AffectedCriteria,
	type AuthorityTold,
	type BreachRecord,
	type BreachRevision,
	type MembersNotice
} from '$lib/domain/personal-data/breaches.ts';
import { breachRuleOn } from '$lib/domain/personal-data/rules.ts';
import { accountNamed } from '$lib/server/accounts/lookup.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { audit, type AuditEntry } from '$lib/server/audit/audit.ts';
import type { Sql, Tx } from '$lib/server/db/pool.ts';
import { queueMessages } from '$lib/server/messages/service.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { asSystem, write, type WriteContext } from '$lib/server/sync/write.ts';
import {
	deleteAffected,
	findBreach,
	insertAffected,
	insertBreach,
	insertMatching,
	listUntold,
	lockBreach,
	nextBreachCode,
	updateAuthorityTold,
	updateBreach,
	updateClosedBreach,
	updateTold,
	type BreachRow
} from './breach-queries.ts';
import { kindWords } from './kind-words.ts';

const clause = 'LAW-data-breach';
const system = <T>(ctx: WriteContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
	asSystem(ctx, 'breaches', work);
const noted = (ctx: WriteContext, id: string, action: string, data: AuditEntry['data'] = {}) =>
	audit(ctx, { action: `breach.${action}`, subject: `breach:${id}`, clause, data });

/**
 * LAW-data-breach, TG-16.6: writes a breach down. The hours run from when it was found, whenever it is recorded. Sent twice it
 * is one breach. Refusals `not_allowed`, `invalid_input` for a moment that has not come.
 */
export function recordBreach(
	db: Sql,
	actor: Actor,
	input: BreachRecord,
	now: string
): Promise<Result<{ id: string; code: string }>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		if (!may(actor, 'breach.keep', {})) return no('not_allowed', { clause });
		if (Date.parse(input.foundAt) > Date.parse(now))
			return no('invalid_input', { clause, fields: { foundAt: 'in_future' } });
		const known = await system(ctx, (tx) => findBreach(tx, input.id));
		if (known) return ok({ id: known.id, code: known.code });
		const { codePrefix } = await currentPack(ctx.tx);
		const rule = breachRuleOn(personalDataRules(), vietnamDay(input.foundAt));
		const code = await nextBreachCode(ctx.tx, codePrefix);
		const dueAt = breachDueAt(input.foundAt, rule.hours);
		await system(ctx, (tx) => insertBreach(tx, { ...input, code, rule, dueAt, by: actor.id, now }));
		await noted(ctx, input.id, 'recorded', { foundAt: input.foundAt, dueAt, kinds: input.kinds });
		return ok({ id: input.id, code });
	});
}

/** Writes down what is known by now. Refusals `stale_version` (somebody else did), `illegal_transition` (it is closed). */
export const reviseBreach = (
	db: Sql,
	actor: Actor,
	input: BreachRevision,
	now: string
): Promise<Result<void>> =>
	changing(db, actor, input.id, now, async (ctx, held) => {
		if (held.rev !== input.rev) return no('stale_version', { facts: { rev: held.rev } });
		await system(ctx, (tx) => updateBreach(tx, input));
		await noted(ctx, held.id, 'revised', { rev: held.rev + 1, kinds: input.kinds, harmful: input.harmful });
		return ok(undefined);
	});

/** Adds every member the criteria fit. Answers how many were added. */
export const addAffected = (
	db: Sql,
	actor: Actor,
	input: { id: string; criteria: AffectedCriteria },
	now: string
): Promise<Result<{ added: number }>> =>
	changing(db, actor, input.id, now, async (ctx, held) => {
		const added = await system(ctx, (tx) => insertMatching(tx, held.id, input.criteria));
		await noted(ctx, held.id, 'affected_added', { added, ...input.criteria });
		return ok({ added });
	});

/** Adds members by phone, e-mail or user name; what leads to nobody is given back as it was typed. */
export const addNamed = (
	db: Sql,
	actor: Actor,
	input: { id: string; names: readonly string[] },
	now: string
): Promise<Result<{ added: number; unknown: string[] }>> =>
	changing(db, actor, input.id, now, async (ctx, held) => {
		const found: string[] = [];
		const unknown: string[] = [];
		for (const name of new Set(input.names.filter((one) => one !== ''))) {
			const accountId = await accountNamed(ctx.tx, name);
			if (accountId === null) unknown.push(name);
			else found.push(accountId);
		}
		const added = await system(ctx, (tx) => insertAffected(tx, held.id, found));
		await noted(ctx, held.id, 'affected_added', { added });
		return ok({ added, unknown });
	});

/** Takes everybody off the list who was not told yet, to choose anew. */
export const dropAffected = (db: Sql, actor: Actor, id: string, now: string): Promise<Result<void>> =>
	changing(db, actor, id, now, async (ctx, held) => {
		const dropped = await system(ctx, (tx) => deleteAffected(tx, held.id));
		await noted(ctx, held.id, 'affected_dropped', { dropped });
		return ok(undefined);
	});

/**
 * The notice to the authority went out: when, to whom, under which number. Refusals `already_decided`, `invalid_input` for a
 * moment before it was found or in the future.
 */
export const markAuthorityTold = (
	db: Sql,
	actor: Actor,
	input: AuthorityTold,
	now: string
): Promise<Result<void>> =>
	changing(db, actor, input.id, now, async (ctx, held) => {
		if (held.authorityToldAt !== null)
			return no('already_decided', { clause, facts: { at: held.authorityToldAt, code: held.code } });
		const at = Date.parse(input.at);
		if (at > Date.parse(now) || at < Date.parse(held.foundAt))
			return no('invalid_input', { clause, fields: { at: 'in_future' } });
		await system(ctx, (tx) => updateAuthorityTold(tx, input));
		await noted(ctx, held.id, 'authority_told', { at: input.at, late: at > Date.parse(held.dueAt) });
		return ok(undefined);
	});

/**
 * TG-16.6: a letter to every member on the list who was not told yet, in this transaction: either all are queued, or none.
 * Refusal `illegal_transition` while nobody is on the list.
 */
export const tellMembers = (
	db: Sql,
	actor: Actor,
	input: MembersNotice,
	now: string
): Promise<Result<{ told: number }>> =>
	changing(db, actor, input.id, now, async (ctx, held) => {
		const accountIds = await system(ctx, (tx) => listUntold(tx, held.id));
		if (accountIds.length === 0)
			return no('illegal_transition', { clause, facts: { event: 'tell_members' } });
		const pack = await currentPack(ctx.tx);
		await queueMessages(ctx, accountIds, {
			template: 'data_breach',
			params: {
				code: held.code,
				what: input.words,
				kinds: kindWords(held.kinds).join(', '),
				advice: input.advice,
				contact: pack.texts.contact
			},
			subject: `breach:${held.id}`
		});
		await system(ctx, (tx) => updateTold(tx, { id: held.id, words: input.words, advice: input.advice, now }));
		await noted(ctx, held.id, 'members_told', { told: accountIds.length });
		return ok({ told: accountIds.length });
	});

/** Closes it with conclusions. Refusal `still_needed` with the open duties as fields. */
export const closeBreach = (
	db: Sql,
	actor: Actor,
	input: { id: string; conclusions: string },
	now: string
): Promise<Result<void>> =>
	changing(db, actor, input.id, now, async (ctx, held) => {
		const duties = openDuties(held);
		if (duties.length > 0)
			return no('still_needed', {
				clause,
				fields: Object.fromEntries(duties.map((duty) => [duty, 'still_needed']))
			});
		await system(ctx, (tx) => updateClosedBreach(tx, { ...input, now }));
		await noted(ctx, held.id, 'closed');
		return ok(undefined);
	});

function changing<T>(
	db: Sql,
	actor: Actor,
	id: string,
	now: string,
	work: (ctx: WriteContext, held: BreachRow) => Promise<Result<T>>
): Promise<Result<T>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		if (!may(actor, 'breach.keep', {})) return no('not_allowed', { clause });
		const held = await system(ctx, (tx) => lockBreach(tx, id));
		if (!held) return no('not_found');
		if (held.closedAt !== null) return no('illegal_transition', { clause, facts: { state: 'closed' } });
		return work(ctx, held);
	});
}
