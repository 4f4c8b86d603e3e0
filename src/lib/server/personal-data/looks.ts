import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { actingAgency } from '$lib/domain/agencies/rules.ts';
import { roleOverAll, type Look, type LookedAt, type LookPurpose } from '$lib/domain/personal-data/looks.ts';
import { keptSince } from '$lib/domain/personal-data/rules.ts';
import { seal, unseal } from '$lib/server/accounts/sealing.ts';
import { currentPack, officeOf } from '$lib/server/agencies/service.ts';
import { audit, type AuditEntry } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { deleteLooksBefore, insertLook, listLooks } from './look-queries.ts';

export type NewLook = {
	/** Whose data. */
	readonly accountId: string;
	readonly what: LookedAt;
	readonly purpose: LookPurpose;
	/** The code of what it was for, as people read it out. */
	readonly ref: string | null;
	/** Of the desk it was for; null = for none. */
	readonly agencyId: string | null;
	/** What was said besides; sealed with the key of the person. */
	readonly words?: string;
};

/**
 * TG-16.2: writes a look at somebody's data into the audit, and where that person can read it. Whoever opens sealed data of
 * another calls this in the same transaction. A look at one's own data is in the audit alone.
 */
export async function noteLook(
	ctx: WriteContext,
	actor: Actor,
	look: NewLook,
	entry: AuditEntry
): Promise<void> {
	await audit(ctx, { clause: 'TG-16.2', ...entry });
	if (look.accountId === actor.id) return;
	const { accountId, what, purpose, ref, words = '' } = look;
	const capacity = await capacityOf(ctx, actor, look.agencyId);
	await asSystem(ctx, 'looks', async (tx) =>
		insertLook(tx, {
			accountId,
			viewerId: actor.id,
			...capacity,
			what,
			purpose,
			ref,
			wordsSealed: words === '' ? null : await seal(tx, accountId, words),
			at: ctx.now
		})
	);
}

/** The desk it was for when the actor has one there; else the role over all; else any desk. */
async function capacityOf(
	ctx: WriteContext,
	actor: Actor,
	agencyId: string | null
): Promise<Pick<Look, 'role' | 'post'>> {
	const pack = await currentPack(ctx.tx);
	const day = vietnamDay(ctx.now);
	const desk = async (id: string): Promise<Pick<Look, 'role' | 'post'> | null> => {
		const held = actor.posts.find((post) => post.agencyId === id);
		const office = await officeOf(ctx.tx, actor.id, id, ctx.now);
		const agency = actingAgency(pack, id, day) ?? pack.agencies.find((one) => one.id === id);
		return held && office
			? { role: held.role, post: { agency: agency?.name ?? id, name: office.name } }
			: null;
	};
	const there = agencyId === null ? null : await desk(agencyId);
	if (there) return there;
	const role = roleOverAll(actor);
	if (role) return { role, post: null };
	for (const { agencyId: id } of actor.posts) {
		const other = await desk(id);
		if (other) return other;
	}
	throw new Error('somebody without an office looks at the data of another');
}

/** TG-16.2: who looked at this person's data, newest first. */
export const looksAt = (db: Sql, accountId: string): Promise<Look[]> =>
	transaction(db, accountId, async (tx) => {
		const looks: Look[] = [];
		for (const { wordsSealed, ...look } of await listLooks(tx, accountId, 100)) {
			const [words] = wordsSealed === null ? [null] : await unseal(tx, [wordsSealed]);
			looks.push({ ...look, words: words ?? '' });
		}
		return looks;
	});

/** TG-16.3: forgets looks nobody needs any more; the audit keeps them by ids. Returns how many. */
export const forgetLooks = (db: Sql, now: string): Promise<number> =>
	transaction(db, 'system:retention', (tx) =>
		deleteLooksBefore(tx, keptSince(personalDataRules(), 'looks_2_years', now))
	);
