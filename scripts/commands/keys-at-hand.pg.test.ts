import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommand, type CommandDef } from 'citty';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKeyRoot, rewrapKeys } from '$lib/server/accounts/key-rotation.ts';
import { useMasterKey } from '$lib/server/accounts/sealing.ts';
import { proposeAdministrator } from '$lib/server/grants/service.ts';
import { openProposals } from '$lib/server/grants/people.ts';
import { stableId } from '$lib/server/seed/people.ts';
import { openExchange, people, type Exchange, type Person } from '../../tests/world/exchange.ts';
import { rights } from './rights.ts';
import { user } from './user.ts';

const { batu, quantri } = people;
const heir: Person = { ...batu, id: stableId('person:heir'), userName: 'heir', phone: '', email: '' };
const first = Buffer.alloc(32, 'a key for tests');
const next = randomBytes(32);
const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-command-'));
const now = () => new Date().toISOString();
let exchange: Exchange;

beforeAll(async () => {
	exchange = await openExchange({ members: [batu, heir, quantri] });
});
afterAll(async () => {
	await exchange.close();
	fs.rmSync(dataDir, { recursive: true });
});

/** Runs a command as the shell does, in the environment of an operator. Its exit code. */
async function san(command: CommandDef, rawArgs: string[], keys: { now: Buffer; others: Buffer[] }) {
	const before = { ...process.env };
	Object.assign(process.env, {
		DATABASE_URL: exchange.ownerUrl,
		DATABASE_APP_URL: exchange.appUrl,
		SAN_DATA_DIR: dataDir,
		SAN_MASTER_KEY: keys.now.toString('base64'),
		SAN_OTHER_MASTER_KEYS: keys.others.map((key) => key.toString('base64')).join(',')
	});
	try {
		await runCommand(command, { rawArgs });
		return process.exitCode ?? 0;
	} finally {
		process.exitCode = undefined;
		for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
		Object.assign(process.env, before);
	}
}

test('TG-20.1 in the middle of a rotation a proposal is confirmed at the machine', async () => {
	const admin = await exchange.actorNow(quantri, now());
	const input = { accountId: heir.id, change: 'grant', reason: 'Theo quyết định số 7' } as const;
	expect(await proposeAdministrator(exchange.db, admin, input, now())).toMatchObject({ ok: true });
	const [proposal] = await openProposals(exchange.db, admin, now());
	expect(await san(rights, ['confirm', proposal?.id ?? ''], { now: next, others: [first] })).toBe(0);
	expect((await exchange.actorNow(heir, now())).roles).toContain('administrator');
});

test('TG-5 after a rotation somebody whose second factor is reset is found by name', async () => {
	useMasterKey(next, [first]);
	await loadKeyRoot(exchange.db);
	await rewrapKeys(exchange.db, now());
	expect(await san(user, ['reset-second-factor', quantri.userName], { now: next, others: [] })).toBe(0);
	expect(
		await exchange.owner`select from audit_log where action = 'second_factor.reset' and subject = ${`account:${quantri.id}`}`
	).toHaveLength(1);
});
