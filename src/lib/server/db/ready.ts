import { isMigrated, readMigrations, type Migration } from './migrate.ts';
import { openDb } from './pool.ts';

export type Readiness = { readonly ready: boolean; readonly database: boolean; readonly migrated: boolean };

const patienceMs = 2_000;
const freshMs = 1_000;

/**
 * Asks whether the database answers and is migrated, on a connection of its own: a pool full of dead or busy ones says
 * nothing about the database. An answer is shared for a second, so that asking often costs nothing.
 */
export function watchReadiness(appUrl: string, migrations: () => readonly Migration[] = readMigrations) {
	let steps: readonly Migration[] | undefined;
	let last: { at: number; answer: Promise<Readiness> } | undefined;
	return (): Promise<Readiness> => {
		if (last && performance.now() - last.at < freshMs) return last.answer;
		steps ??= migrations();
		last = { at: performance.now(), answer: ask(appUrl, steps) };
		return last.answer;
	};
}

async function ask(appUrl: string, steps: readonly Migration[]): Promise<Readiness> {
	const sql = openDb({ url: appUrl, role: 'san_app', max: 1, name: 'san-tinh ready' });
	const late = new Promise<never>((_, reject) => {
		setTimeout(() => reject(new Error('too late')), patienceMs).unref();
	});
	try {
		const migrated = await Promise.race([isMigrated(sql, steps), late]);
		return { ready: migrated, database: true, migrated };
	} catch {
		return { ready: false, database: false, migrated: false };
	} finally {
		void sql.end({ timeout: 0 }).catch(() => undefined);
	}
}
