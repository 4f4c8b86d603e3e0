import type { Queryable } from '../db/pool.ts';

/** All of these act as `san_auth`. A link lives for a day. */
export const insertSetupLink = (sql: Queryable, tokenHash: Buffer): Promise<unknown> => sql`
	insert into setup_links (token_hash, expires_at) values (${tokenHash}, now() + interval '24 hours')`;

export async function findGoodSetupLink(sql: Queryable, tokenHash: Buffer): Promise<boolean> {
	const rows = await sql`
		select from setup_links where token_hash = ${tokenHash} and used_at is null and expires_at > now()`;
	return rows.length === 1;
}

/** True for the one caller whose statement found the link unused. */
export async function markSetupLinkUsed(sql: Queryable, tokenHash: Buffer): Promise<boolean> {
	const used = await sql`
		update setup_links set used_at = now()
		where token_hash = ${tokenHash} and used_at is null and expires_at > now() returning 1 as one`;
	return used.length === 1;
}

export const endSetupLinks = (sql: Queryable): Promise<unknown> =>
	sql`update setup_links set used_at = now() where used_at is null`;
