import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { callProcedure, TRPCError, type AnyProcedure, type AnyRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { roles, type Actor } from '$lib/domain/accounts/permissions.ts';
import { dispatch } from '$lib/server/commands.ts';
import {
	addressRights,
	commandRights,
	asked,
	permissionsOf,
	procedureRights,
	type ProcedureName,
	type Right
} from '$lib/server/rights.ts';
import { serverConfig } from '$lib/server/config.ts';
import { startRuntime, type Runtime } from '$lib/server/runtime.ts';
import { push } from '$lib/server/sync/push.ts';
import { appRouter } from '$lib/server/trpc/router.ts';
import { commandNames, type CommandName } from '$lib/sync/protocol/commands.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import type { Exchange } from '../world/exchange.ts';
import { addressSamples, setAddressStage, type AddressCase, type AddressName } from './address-samples.ts';
import { everyAddress, type Address } from './addresses.ts';
import { askAddress } from './ask-address.ts';
import { everybody, openRightsExchange, type Asker } from './everybody.ts';
import { denials, isExpected } from './expectation.ts';
import { rolledBack } from './rolled-back.ts';
import { commandSamples, procedureSamples, setStage, type Sample, type Stage } from './samples.ts';

let exchange: Exchange;
let stage: Stage;
let askers: Asker[];
let cells = 0;
beforeAll(async () => {
	exchange = await openRightsExchange();
	stage = await setStage(exchange);
	askers = await everybody(exchange);
});
afterAll(() => exchange.close());

const now = () => new Date().toISOString();
/** As tRPC keeps them: by their whole name. */
const procedures: Readonly<Record<string, AnyProcedure>> = ((router: AnyRouter) => router._def.procedures)(
	appRouter
);
const procedureNames = Object.keys(procedures);
const isProcedure = (name: string): name is ProcedureName => Object.hasOwn(procedureRights, name);
const nobodyInParticular: Actor = { id: randomUUID(), name: '', roles: [], posts: [], businessId: null };

/** What a refused person is told of anything: a value of this shape, whatever else the answer may be. */
const refused = z.object({ ok: z.literal(false), refusal: z.object({ code: z.enum(denials) }) });

test('TG-3.4 somebody of every role asks', () => {
	expect(roles.filter((role) => !askers.some(({ actor }) => actor?.roles.includes(role)))).toEqual([]);
});

describe('procedures', () => {
	test('TG-3.4 every procedure has its line in server/rights.ts, and no line is left over', () => {
		expect(Object.keys(procedureRights).sort()).toEqual(procedureNames.sort());
	});

	test.each(procedureNames)('TG-3.4 %s stands under the right its line names', (name) => {
		if (!isProcedure(name)) throw new Error(`${name} has no line in src/lib/server/rights.ts`);
		const named = permissionsOf(procedureRights[name]);
		expect(procedures[name]?._def.meta).toEqual({ permission: named === null ? null : named[0] });
	});

	test.each(procedureNames)('TG-3.4 %s answers those who may, and nobody else', async (name) => {
		if (!isProcedure(name)) throw new Error(`${name} has no line in src/lib/server/rights.ts`);
		const wrong: string[] = [];
		for (const asker of askers) {
			const samples: readonly (Sample | null)[] = procedureSamples[name]?.(
				stage,
				asker.actor ?? nobodyInParticular
			) ?? [null];
			for (const sample of samples) {
				cells += 1;
				const got = await askProcedure(asker, name, sample?.input);
				const wanted = isExpected(asker, procedureRights[name], sample?.subject ?? null);
				if (got.allowed !== wanted)
					wrong.push(`${asker.name}, ${sample?.whose ?? 'nothing named'}: ${got.said}, not ${wanted}`);
			}
		}
		expect(wrong).toEqual([]);
	});
});

type Said = { readonly allowed: boolean; readonly said: string };

async function askProcedure(asker: Asker, name: ProcedureName, input: unknown): Promise<Said> {
	try {
		const answer = await rolledBack(exchange.db, (db) =>
			rolledBack(exchange.auth, (auth): Promise<unknown> =>
				callProcedure({
					procedures,
					path: name,
					rawInput: input,
					type: procedures[name]?._def.mutation ? 'mutation' : 'query',
					ctx: { db, auth, now, caller: asker.caller }
				})
			)
		);
		const no = refused.safeParse(answer);
		return no.success ? { allowed: false, said: no.data.refusal.code } : { allowed: true, said: 'answered' };
	} catch (error) {
		if (!(error instanceof TRPCError)) throw error;
		if (error.code === 'INTERNAL_SERVER_ERROR') throw error;
		return { allowed: error.code !== 'UNAUTHORIZED' && error.code !== 'FORBIDDEN', said: error.code };
	}
}

describe('commands', () => {
	test.each(commandNames)('TG-3.4 %s is carried out for those who may, and for nobody else', async (name) => {
		const wrong: string[] = [];
		for (const asker of askers)
			for (const sample of commandSamples[name](stage, asker.actor ?? nobodyInParticular)) {
				cells += 1;
				const got = await sendCommand(asker, name, sample.input);
				const wanted = isExpected(asker, commandRights[name], sample.subject);
				if (got.allowed !== wanted) wrong.push(`${asker.name}, ${sample.whose}: ${got.said}, not ${wanted}`);
			}
		expect(wrong).toEqual([]);
	});
});

async function sendCommand(asker: Asker, name: CommandName, input: unknown): Promise<Said> {
	const answer = await rolledBack(exchange.db, (db) =>
		push({ db, dispatch, now }, asker.caller, {
			protocol: protocolVersion,
			actorId: asker.actor?.id ?? nobodyInParticular.id,
			deviceId: randomUUID(),
			commands: [{ id: randomUUID(), seq: 1, name, input, deviceTime: now(), after: [] }]
		})
	);
	if (answer.outcome !== 'answers') return { allowed: false, said: answer.outcome };
	const [done] = answer.answers;
	if (done?.outcome === 'refused')
		return { allowed: !denials.includes(done.refusal.code), said: JSON.stringify(done.refusal) };
	if (done?.outcome !== 'applied') throw new Error(`${asker.name} ${name}: ${JSON.stringify(answer)}`);
	return { allowed: true, said: done.outcome };
}

describe('addresses', () => {
	let server: Runtime;
	let addresses: Address[];
	let uploads: Awaited<ReturnType<typeof setAddressStage>>;
	const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-rights-'));
	beforeAll(async () => {
		Object.assign(process.env, {
			DATABASE_APP_URL: exchange.appUrl,
			SAN_DATABASE: 'embedded',
			SAN_MASTER_KEY: Buffer.alloc(32, 'a key for tests').toString('base64'),
			SAN_DATA_DIR: dataDir,
			SAN_LOG: 'silent'
		});
		server = await startRuntime(serverConfig());
		uploads = await setAddressStage(exchange);
		addresses = await everyAddress();
	});
	afterAll(async () => {
		await server.stop();
		fs.rmSync(dataDir, { recursive: true });
	});
	const names = Object.keys(addressRights).filter(isAddress);

	test('TG-3.4 every address has its line in server/rights.ts, and no line is left over', () => {
		expect(names.toSorted()).toEqual(addresses.map(({ name }) => name).toSorted());
	});

	test.each(names)('TG-3.4 %s answers those who may, and nobody else', async (name) => {
		const address = addresses.find((one) => one.name === name);
		if (!address) throw new Error(`nothing answers at ${name}`);
		const right = addressRights[name];
		const open = permissionsOf(right) === null;
		const wrong: string[] = [];
		const askAs = async (asker: Asker) => {
			const samples: readonly AddressCase[] = (await addressSamples[name]?.(uploads)) ?? [
				{ whose: 'nothing named', subject: null }
			];
			for (const sample of samples) {
				cells += 1;
				const got = await askAddress(asker, address, sample);
				// Nothing named is nothing found; and what anyone may ask still tells who has no session that there is none.
				const allowed =
					got.denied === null ||
					(sample.subject === null && got.denied === 'hidden') ||
					(open && got.said === '401' && asker.actor === null);
				const wanted = isExpected(asker, right, sample.subject);
				if (allowed !== wanted) wrong.push(`${asker.name}, ${sample.whose}: ${got.said}, not ${wanted}`);
				if (neverAsks(right) && got.asked) wrong.push(`${asker.name}: it asked who is there`);
			}
		};
		// What anyone may ask changes nothing between two who ask, and some of it takes its time on purpose.
		if (open) await Promise.all(askers.map(askAs));
		else for (const asker of askers) await askAs(asker);
		expect(wrong).toEqual([]);
	});

	test('TG-3.4 all of it together is more than a thousand answers', () => {
		expect(cells).toBeGreaterThan(1_000);
	});
});

const isAddress = (name: string): name is AddressName => Object.hasOwn(addressRights, name);
const neverAsks = (right: Right): boolean => right === asked;
