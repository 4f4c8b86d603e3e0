import type { Look } from '$lib/domain/personal-data/looks.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

const anHour = '1 hour';

export type LookRow = Omit<Look, 'words'> & { readonly wordsSealed: string | null };

/** The same look again within an hour is one: a page that is loaded twice tells nothing new. What is said anew is told. */
export async function insertLook(
	tx: Tx,
	row: LookRow & { accountId: string; viewerId: string }
): Promise<void> {
	await tx`
		insert into data_looks (account_id, viewer_id, as_role, agency_name, post_name, what, purpose, ref, words_sealed, at)
		select ${row.accountId}, ${row.viewerId}, ${row.role}, ${row.post?.agency ?? null}, ${row.post?.name ?? null},
			${row.what}, ${row.purpose}, ${row.ref}, ${row.wordsSealed}, ${row.at}::timestamptz
		where ${row.wordsSealed}::text is not null or not exists (select from data_looks l where l.account_id = ${row.accountId} and l.viewer_id = ${row.viewerId}
			and l.what = ${row.what} and l.purpose = ${row.purpose} and l.ref is not distinct from ${row.ref}
			and l.at > ${row.at}::timestamptz - ${anHour}::interval)`;
}

export const listLooks = (db: Queryable, accountId: string, limit: number): Promise<LookRow[]> =>
	db<LookRow[]>`
		select at, as_role as role, what, purpose, ref, words_sealed as "wordsSealed",
			case when post_name is not null then json_build_object('agency', agency_name, 'name', post_name) end as post
		from data_looks where account_id = ${accountId} order by id desc limit ${limit}`;

/** Those from before `before` are needed by nobody any more. */
export async function deleteLooksBefore(tx: Tx, before: string): Promise<number> {
	const rows = await tx`delete from data_looks where at < ${before} returning id`;
	return rows.length;
}
