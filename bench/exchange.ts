import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { registerMember } from '../src/lib/server/accounts/members.ts';
import { hashPassword } from '../src/lib/server/accounts/passwords.ts';
import { useMasterKey } from '../src/lib/server/accounts/sealing.ts';
import { openBusiness } from '../src/lib/server/accounts/service.ts';
import { buildIfChanged } from '../src/lib/server/boot/build.ts';
import { embeddedMasterKey } from '../src/lib/server/boot/master-key.ts';
import { destroyEmbedded, startEmbedded } from '../src/lib/server/db/embedded.ts';
import { migrate } from '../src/lib/server/db/migrate.ts';
import { openDb, type Sql } from '../src/lib/server/db/pool.ts';
import { loadWards } from '../src/lib/server/rulepacks/load.ts';
import { stableId } from '../src/lib/server/seed/people.ts';
import { ensureReference } from '../src/lib/server/seed/reference.ts';
import { write } from '../src/lib/server/sync/write.ts';
import { newDataDir, startProgram, type Program } from '../tests/world/program.ts';
import { say } from './report.ts';

export const packId = 'tien-giang';

/** An exchange of this bench alone: real durable Postgres in a directory of its own, migrated, with its rule pack. */
export type BenchExchange = {
	readonly dataDir: string;
	readonly owner: Sql;
	readonly ownerUrl: string;
	readonly appUrl: string;
	readonly adminUrl: string;
	/** The built program on this data, as `npm start` runs it. */
	start(): Promise<Program>;
	/** Everything goes, the programs that were started here included. */
	close(): Promise<void>;
};

export async function openBenchExchange(
	options: { settings?: Readonly<Record<string, string>> } = {}
): Promise<BenchExchange> {
	const dataDir = newDataDir();
	let database = await startEmbedded({ dataDir });
	if (options.settings) {
		await asAdmin(database.adminUrl, async (admin) => {
			for (const [name, value] of Object.entries(options.settings ?? {}))
				await admin.unsafe(`alter system set ${name} = '${value}'`);
		});
		await database.release();
		database = await startEmbedded({ dataDir });
	}
	await migrate({ ownerUrl: database.ownerUrl });
	await ensureReference({ ownerUrl: database.ownerUrl, packId });
	useMasterKey(embeddedMasterKey(dataDir));
	const owner = openDb({ url: database.ownerUrl, role: 'san_owner', max: 4, name: 'bench' });
	const programs: Program[] = [];
	const exchange: BenchExchange = {
		dataDir,
		owner,
		ownerUrl: database.ownerUrl,
		appUrl: database.appUrl,
		adminUrl: database.adminUrl,
		async start() {
			// Where a goal is missed: BENCH_CPU_PROF=<directory> leaves a profile of the program there.
			const profiles = process.env.BENCH_CPU_PROF;
			const program = await startProgram({
				dataDir,
				env: {
					SAN_LOG: 'error',
					...(profiles && {
						NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'profile.js')}`,
						BENCH_CPU_PROF: path.resolve(profiles)
					})
				}
			});
			programs.push(program);
			return program;
		},
		async close() {
			for (const program of programs) await program.stop();
			await owner.end({ timeout: 1 });
			await database.release();
			await destroyEmbedded(dataDir);
			fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
		}
	};
	// Interrupted: no Postgres and no program stays behind.
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => void exchange.close().finally(() => process.exit(1)));
	return exchange;
}

/** Runs statements as the superuser of this bench's own Postgres. */
export async function asAdmin<T>(adminUrl: string, work: (admin: postgres.Sql) => Promise<T>): Promise<T> {
	const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
	try {
		return await work(admin);
	} finally {
		await admin.end();
	}
}

/** Builds the program now, so that no round pays for it. */
export const buildProgram = (): Promise<void> => buildIfChanged(process.cwd(), say);

/** A person of the bench, signed in on one device. */
export type BenchMember = {
	readonly id: string;
	readonly businessId: string;
	readonly deviceId: string;
	/** What its browser sends along. */
	readonly cookie: string;
	readonly sessionId: string;
};

/** Registers people who buy and sell, each with a confirmed business and a session of 30 days. */
export async function makeMembers(exchange: BenchExchange, count: number): Promise<BenchMember[]> {
	const now = new Date().toISOString();
	const passwordHash = await hashPassword('san-tinh-bench');
	const wards = loadWards(packId);
	const made: BenchMember[] = [];
	for (let n = 0; n < count; n += 1) {
		const id = stableId(`bench-member:${n}`);
		const member: BenchMember = {
			id,
			businessId: stableId(`bench-business:${n}`),
			deviceId: stableId(`bench-device:${n}`),
			sessionId: randomBytes(20).toString('hex'),
			cookie: ''
		};
		await write(exchange.owner, { actorId: 'system:bench', now }, async (ctx) => {
			const done = await registerMember(ctx, {
				id,
				name: `Người thứ ${n}`,
				userName: `nguoi${n}`,
				roles: ['buyer', 'seller'],
				passwordHash
			});
			if (!done.ok) throw new Error(done.refusal.code);
			await openBusiness(ctx, {
				id: member.businessId,
				accountId: id,
				name: `Vườn số ${n}`,
				kind: 'household',
				intro: '',
				wardCode: wards[n % wards.length]?.code ?? '',
				place: '',
				phone: '0900000001',
				confirmed: true
			});
		});
		await exchange.owner`
			insert into sessions (id, user_id, expires_at, device_id)
			values (${member.sessionId}, ${id}, now() + interval '30 days', ${member.deviceId})`;
		made.push({ ...member, cookie: `san_session=${member.sessionId}` });
	}
	return made;
}
