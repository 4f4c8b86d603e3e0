import type { ConsentPurpose, ConsentState, ConsentText } from '$lib/domain/accounts/consents.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Queryable, type Sql } from '$lib/server/db/pool.ts';
import { consentTexts } from '$lib/server/rulepacks/consents.ts';
import { write, type WriteContext } from '$lib/server/sync/write.ts';
import { findConsent, insertConsent, listConsents } from './consent-queries.ts';

type Given = { readonly purpose: ConsentPurpose; readonly version: string };

/** Writes what somebody agreed to while registering. */
export async function recordConsents(
	ctx: WriteContext,
	accountId: string,
	how: 'registration' | 'profile',
	given: readonly Given[]
): Promise<void> {
	for (const { purpose, version } of given)
		await insertConsent(ctx.tx, { accountId, purpose, version, given: true, how, now: ctx.now });
	await audit(ctx, {
		action: 'consent.given',
		subject: `account:${accountId}`,
		clause: 'LAW-data-consent',
		data: { versions: given.map(({ version }) => version) }
	});
}

/**
 * Whether this member agrees to this purpose now. What depends on a consent asks here each time: one that was taken back
 * stops it at once. May be asked by whoever writes.
 */
export const hasConsent = (db: Queryable, accountId: string, purpose: ConsentPurpose): Promise<boolean> =>
	findConsent(db, accountId, purpose);

export type OwnConsent = { readonly text: ConsentText; readonly said: ConsentState | null };

/** Every purpose in its wording of today, with what the member said last and all that was said before. */
export async function ownConsents(
	db: Sql,
	accountId: string,
	now: string
): Promise<{ consents: OwnConsent[]; history: ConsentState[] }> {
	const history = await transaction(db, accountId, (tx) => listConsents(tx, accountId));
	return {
		consents: consentTexts(vietnamDay(now)).map((text) => ({
			text,
			said: history.find(({ purpose }) => purpose === text.purpose) ?? null
		})),
		history
	};
}

/**
 * LAW-data-consent: agrees or takes it back, for one purpose, in the words that were shown. `stale_version` when they
 * have changed meanwhile; what an account cannot be run without is taken back by closing the account (`not_allowed`).
 */
export async function setConsent(
	db: Sql,
	accountId: string,
	input: { purpose: ConsentPurpose; version: string; given: boolean },
	now: string
): Promise<Result<void>> {
	const text = consentTexts(vietnamDay(now)).find(({ purpose }) => purpose === input.purpose);
	if (!text) return no('not_found');
	if (input.given && text.version !== input.version) return no('stale_version');
	if (!input.given && text.required) return no('not_allowed', { clause: 'TG-16.5' });
	return write(db, { actorId: accountId, now }, async (ctx) => {
		const [last] = (await listConsents(ctx.tx, accountId)).filter(({ purpose }) => purpose === input.purpose);
		const version = input.given ? text.version : (last?.version ?? text.version);
		if (last?.given === input.given && last.version === version) return ok(undefined);
		await insertConsent(ctx.tx, { ...input, version, accountId, how: 'profile', now });
		await audit(ctx, {
			action: input.given ? 'consent.given' : 'consent.withdrawn',
			subject: `account:${accountId}`,
			clause: 'LAW-data-consent',
			data: { versions: [version] }
		});
		return ok(undefined);
	});
}
