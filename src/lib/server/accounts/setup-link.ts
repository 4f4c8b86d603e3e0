import { createHash, randomBytes } from 'node:crypto';
import { openDb, type Queryable } from '../db/pool.ts';
import {
	endSetupLinks,
	findGoodSetupLink,
	insertSetupLink,
	markSetupLinkUsed
} from './setup-link-queries.ts';

/**
 * How the first administrator gets in where there are no demo people: a link, printed once at start. Only the hash of
 * its token is stored, it lives for a day and opens once.
 */
export async function makeSetupLink(options: { appUrl: string; origin: string }): Promise<string> {
	const token = randomBytes(32).toString('base64url');
	const sql = openDb({ url: options.appUrl, role: 'san_auth', max: 1, name: 'san-setup' });
	try {
		await insertSetupLink(sql, hashOf(token));
	} finally {
		await sql.end();
	}
	return `${options.origin}/setup?token=${token}`;
}

/** Whether a token would open now. `sql` acts as `san_auth`. */
export const isSetupTokenGood = (sql: Queryable, token: string): Promise<boolean> =>
	findGoodSetupLink(sql, hashOf(token));

/** Uses a token up. True for exactly one caller, however many try at once; all other links end with it. */
export async function useSetupToken(sql: Queryable, token: string): Promise<boolean> {
	if (!(await markSetupLinkUsed(sql, hashOf(token)))) return false;
	await endSetupLinks(sql);
	return true;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
