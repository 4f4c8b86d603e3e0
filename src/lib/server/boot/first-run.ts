import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openDb, type Sql } from '../db/pool.ts';
import { roles } from '../db/roles.ts';

/** A demo person as the terminal shows it. Everyone has the same password. */
const signInSchema = z.object({ name: z.string(), role: z.string(), userName: z.string() });
export type DemoSignIn = z.output<typeof signInSchema>;

export type Seed = (options: {
	ownerUrl: string;
	dataDir: string;
	log: (line: string) => void;
}) => Promise<{ signIns: DemoSignIn[] }>;

/**
 * Fills the embedded database once. The state is kept as the database's own comment, because only that is there before
 * the first row: a seed that was killed half way is seen as such and made anew.
 */
export async function seedOnFirstRun(options: {
	ownerUrl: string;
	dataDir: string;
	log: (line: string) => void;
	seed: Seed;
	/** Empties the database and migrates it again. */
	startOver: () => Promise<void>;
}): Promise<DemoSignIn[]> {
	const { ownerUrl, dataDir, log, seed, startOver } = options;
	const file = path.join(dataDir, 'demo-sign-ins.json');
	const state = await readState(ownerUrl);
	if (state === 'seeding') {
		log('Lần tạo dữ liệu mẫu trước bị ngắt giữa chừng, làm lại từ đầu…');
		await startOver();
	} else if (state === 'in use') return readSignIns(file);
	await writeState(ownerUrl, 'seeding');
	const { signIns } = await seed({ ownerUrl, dataDir, log });
	fs.writeFileSync(file, JSON.stringify(signIns, null, '\t'));
	await writeState(ownerUrl, 'seeded');
	return signIns;
}

/** True while nobody has an account: then somebody has to be let in by a link. */
export const hasNoAccounts = (ownerUrl: string): Promise<boolean> =>
	asOwner(ownerUrl, async (sql) => {
		const [row] = await sql<{ empty: boolean }[]>`select not exists (select from accounts) as empty`;
		return row?.empty ?? true;
	});

async function readState(ownerUrl: string): Promise<'empty' | 'seeding' | 'in use'> {
	const marked = await asOwner(ownerUrl, async (sql) => {
		const [row] = await sql<{ note: string | null }[]>`
			select shobj_description(oid, 'pg_database') as note from pg_database where datname = current_database()`;
		return row?.note ?? null;
	});
	if (marked === 'seeding') return 'seeding';
	return (await hasNoAccounts(ownerUrl)) ? 'empty' : 'in use';
}

const writeState = (ownerUrl: string, state: 'seeding' | 'seeded'): Promise<unknown> =>
	asOwner(ownerUrl, (sql) =>
		sql.unsafe(`do $$ begin
			execute format('comment on database %I is %L', current_database(), '${state}');
		end $$`)
	);

function readSignIns(file: string): DemoSignIn[] {
	if (!fs.existsSync(file)) return [];
	return z.array(signInSchema).parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

async function asOwner<T>(ownerUrl: string, ask: (sql: Sql) => Promise<T>): Promise<T> {
	const sql = openDb({ url: ownerUrl, role: roles.owner, max: 1, name: 'san-first-run' });
	try {
		return await ask(sql);
	} finally {
		await sql.end();
	}
}
