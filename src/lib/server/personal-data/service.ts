import { ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { recentProof } from '$lib/server/accounts/proof.ts';
import { audit } from '$lib/server/audit/audit.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { write } from '$lib/server/sync/write.ts';
import { closeAccount } from './closing.ts';
import { ownData } from './own-data.ts';
import { readablePage } from './readable.ts';

type Asking = {
	readonly db: Sql;
	readonly caller: Caller;
	readonly actor: { readonly id: string };
	readonly now: () => string;
};

/** TG-16.5: all of one's own data, for a machine and to be read. Asks that the person proved to be there. */
export async function takeData({
	db,
	caller,
	actor,
	now
}: Asking): Promise<Result<{ json: string; html: string }>> {
	const proof = recentProof(caller, now());
	if (!proof.ok) return proof;
	const data = await ownData(db, actor.id, now());
	await write(db, { actorId: actor.id, now: now() }, (ctx) =>
		audit(ctx, { action: 'data.exported', subject: `account:${actor.id}`, clause: 'TG-16.5' })
	);
	return ok({ json: JSON.stringify(data, null, '\t'), html: readablePage(data) });
}

/** TG-16.5: closes the own account. Asks that the person proved to be there. */
export async function closeOwn({ db, caller, actor, now }: Asking): Promise<Result<void>> {
	const proof = recentProof(caller, now());
	return proof.ok ? closeAccount(db, actor.id, now()) : proof;
}
