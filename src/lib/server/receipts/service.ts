import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { checkLookup } from '$lib/domain/receipts/limits.ts';
import type { FoundReceipt, FoundReceipts } from '$lib/domain/receipts/schema.ts';
import { takeTurn } from '$lib/server/accounts/service.ts';
import { unsealAll } from '$lib/server/accounts/unseal-all.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { asSystem, write } from '$lib/server/sync/write.ts';
import { whereToGo } from './links.ts';
import { findLookups, listReceipts } from './queries.ts';

/** So many meet in one code only by design: 729 million codes. */
const most = 10;

/**
 * What the exchange received under a code that a member reads out on the phone: what it was, whose, when and what became of
 * it, and nothing that was written in it. Who looked for which code is in the record, and each person found can read that
 * an officer looked (TG-16.2). Refusal `too_many_attempts`.
 */
export function lookUpReceipt(
	db: Sql,
	actor: Actor,
	code: string,
	now: string
): Promise<Result<FoundReceipts>> {
	return write(db, { actorId: actor.id, now }, async (ctx) => {
		await takeTurn(ctx.tx, actor.id, 'receipts');
		const room = checkLookup(await findLookups(ctx.tx, actor.id, now), now);
		if (!room.ok) return room;
		const rows = await asSystem(ctx, 'receipts', (tx) => listReceipts(tx, code, most));
		await audit(ctx, {
			action: 'receipt.looked_up',
			subject: `receipt:${code}`,
			data: { found: rows.length }
		});
		const accounts = [...new Set(rows.map(({ accountId }) => accountId))];
		for (const accountId of accounts)
			await noteLook(
				ctx,
				actor,
				{ accountId, what: 'receipt', purpose: 'member_asked', ref: code, agencyId: null },
				{ action: 'receipt.shown', subject: `account:${accountId}`, data: { code } }
			);
		const found = await asSystem(ctx, 'receipts', async (tx) => {
			const names = await unsealAll(
				tx,
				rows.map(({ publicName, nameSealed }) => (publicName === null ? nameSealed : null))
			);
			const shown: FoundReceipt[] = [];
			for (const [at, row] of rows.entries()) {
				const { commandId, name, business, broughtBy, receivedAt, refusal } = row;
				const person = row.publicName ?? names[at] ?? '';
				const ways = await whereToGo(tx, actor, row, now);
				shown.push({ commandId, name, person, business, broughtBy, receivedAt, refusal, ...ways });
			}
			return shown;
		});
		return ok({ code, found });
	});
}
