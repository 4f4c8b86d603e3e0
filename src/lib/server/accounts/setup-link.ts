import { createHash, randomBytes } from 'node:crypto';
import { openDb, type Queryable } from '../db/pool.ts';

/**
 * How the first administrator gets in where there are no demo people: a link, printed once at start. Only the hash of
 * its token is stored, it lives for a day and opens once.
 */
export async function makeSetupLink(options: { appUrl: string; origin: string }): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	const sql = openDb({ url: options.appUrl, role: 'san_auth', max: 1, name: 'san-setup' });
	try {
		await sql`insert into setup_links (token_hash, expires_at) values (${hashOf(token)}, now() + interval '24 hours')`;
	} finally {
		await sql.end();
	}
	return `${options.origin}/setup?token=${token}`;
}

/** Whether a token would open now. `sql` acts as `san_auth`. */
export async function isSetupTokenGood(sql: Queryable, token: string): Promise<boolean> {
	const rows = await sql`
		select from setup_links where token_hash = ${hashOf(token)} and used_at is null and expires_at > now()`;
	return rows.length === 1;
}

/** Uses a token up. True for exactly one caller, however many try at once; all other links end with it. */
export async function useSetupToken(sql: Queryable, token: string): Promise<boolean> {
	const used = await sql`
		update setup_links set used_at = now()
		where token_hash = ${hashOf(token)} and used_at is null and expires_at > now() returning 1 as one`;
	if (used.length !== 1) return false;
	await sql`update setup_links set used_at = now() where used_at is null`;
	return true;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
