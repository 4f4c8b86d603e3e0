import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { lookupWindowSeconds, type Lookups } from '$lib/domain/receipts/limits.ts';
import type { Tx } from '$lib/server/db/pool.ts';

export type ReceiptRow = {
	readonly commandId: string;
	readonly name: string;
	readonly accountId: string;
	readonly receivedAt: string;
	readonly refusal: Refusal | null;
	/** What the command was about, as its line of the record says; null = the line lies before a restore. */
	readonly subject: string | null;
	/** The public name of the officer who brought it. */
	readonly broughtBy: string | null;
	/** The public name of a post; else the name lies sealed. */
	readonly publicName: string | null;
	readonly nameSealed: string | null;
	readonly business: string | null;
};

/** Commands whose code this is, the newest first. Reads those of everybody, so the transaction acts as the system. */
export const listReceipts = (tx: Tx, code: string, limit: number): Promise<ReceiptRow[]> =>
	tx<ReceiptRow[]>`
		select c.id as "commandId", c.name, c.actor_id as "accountId", c.received_at as "receivedAt",
			case when c.outcome ->> 'outcome' = 'refused' then c.outcome -> 'refusal' end as refusal,
			line.subject, clerk.public_name as "broughtBy", post.public_name as "publicName",
			p.name_sealed as "nameSealed", b.name as business
		from commands_by_receipt(${code}) as by_code (id) join command_log c on c.id = by_code.id
		left join lateral (
			select a.subject, a.data ->> 'broughtBy' as brought_by from audit_log a
			where a.xid = c.version and a.command_id = c.id and a.action in ('command.applied', 'command.refused')
			limit 1
		) line on true
		left join lateral (
			select public_name from posts where account_id::text = line.brought_by order by valid_from desc limit 1
		) clerk on true
		left join lateral (
			select public_name from posts where account_id = c.actor_id order by valid_from desc limit 1
		) post on true
		left join account_profiles p on p.account_id = c.actor_id
		left join businesses b on b.account_id = c.actor_id
		order by c.received_at desc, c.id limit ${limit}`;

/** What the record says this officer has looked up lately. */
export async function findLookups(tx: Tx, officerId: string, now: string): Promise<Lookups> {
	const [row] = await tx<Lookups[]>`
		select count(*)::int as count, min(at) as oldest from audit_log
		where action = 'receipt.looked_up' and actor = ${officerId}
			and at > ${now}::timestamptz - ${`${lookupWindowSeconds} seconds`}::interval`;
	return row ?? { count: 0, oldest: null };
}

/** The code of a proposal. */
export async function findProposalCode(tx: Tx, id: string): Promise<string | null> {
	const [row] = await tx<{ code: string }[]>`select code from proposals where id = ${id}`;
	return row?.code ?? null;
}

/** The code of an order, and the goods that were ordered. */
export async function findOrdered(tx: Tx, id: string): Promise<{ code: string; listingId: string } | null> {
	const [row] = await tx<{ code: string; listingId: string }[]>`
		select code, listing_id as "listingId" from orders where id = ${id}`;
	return row ?? null;
}

/** The need an offer answers. */
export async function findNeedOfOffer(tx: Tx, id: string): Promise<string | null> {
	const [row] = await tx<{ needId: string }[]>`select need_id as "needId" from need_offers where id = ${id}`;
	return row?.needId ?? null;
}

/** Whether everybody reads this need on the board today. */
export async function isOnBoard(tx: Tx, id: string, day: string): Promise<boolean> {
	const [row] = await tx<{ yes: boolean }[]>`
		select exists (select from needs where id = ${id} and state = 'approved' and until >= ${day}) as yes`;
	return row?.yes ?? false;
}
