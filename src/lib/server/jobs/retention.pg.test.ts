import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessOf, openExchange, people, photo, type Exchange } from '../../../../tests/world/exchange.ts';
import { registration } from '../../../../tests/world/registration.ts';
import { personalFields } from '$lib/domain/personal-data/fields.ts';
import { keepingTable, retentionSteps, timedKeepings } from '$lib/domain/personal-data/keeping.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { openDiskStore, type FileStore } from '$lib/server/files/store.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { answerRequest, askAboutData } from '$lib/server/personal-data/requests.ts';
import { push } from '$lib/server/sync/push.ts';
import { write } from '$lib/server/sync/write.ts';
import { dispatch } from '$lib/server/commands.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import { everyStep } from './every-step.ts';
import { retentionWork } from './retention.ts';

const { batu, chilan, anhminh, bacsau, quantri } = people;
const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'san-retention-'));
let exchange: Exchange;
let files: FileStore;
beforeAll(async () => {
	exchange = await openExchange();
	files = openDiskStore(directory);
});
afterAll(async () => {
	await exchange.close();
	fs.rmSync(directory, { recursive: true });
});

const day = 86_400_000;
const at = (days: number) => new Date(Date.now() + days * day).toISOString();
const night = (days: number) => everyStep(retentionWork({ db: exchange.db, files, now: at(days) }));
const count = (table: string, where: string): Promise<number> =>
	transaction(exchange.db, 'system:test', async (tx) => {
		const [row] = await tx.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table} where ${where}`);
		return row?.n ?? 0;
	});

test('TG-16.3 every keeping of the registry and of the data has its row, and every row ends by a step that runs or by law', async () => {
	const rows = new Set<string>(keepingTable.map(({ keeping }) => keeping));
	for (const keeping of [...personalFields.map((field) => field.keeping), ...timedKeepings])
		expect(rows, keeping).toContain(keeping);
	const steps = Object.keys(retentionWork({ db: exchange.db, files, now: at(0) }));
	expect(steps).toEqual(expect.arrayContaining([...retentionSteps]));
	for (const { ending, keeping } of keepingTable)
		if (ending.by !== 'law') expect(steps, keeping).toContain(ending.step);
	const tables = await exchange.owner<{ name: string }[]>`
		select table_name as name from information_schema.tables where table_schema = 'public'`;
	const known = new Set(tables.map(({ name }) => name));
	expect(keepingTable.flatMap((row) => row.tables).filter((name) => !known.has(name))).toEqual([]);
	for (const { table, keeping } of personalFields)
		expect(keepingTable.find((row) => row.keeping === keeping)?.tables, `${table} ${keeping}`).toContain(
			table
		);
});

test('TG-16.3 after its time everything is forgotten, and not a day before', async () => {
	const lan = await exchange.actorNow(chilan, at(0));
	const session = { kind: 'actor', actor: lan, sessionId: 's' } as const;
	await push({ db: exchange.db, dispatch, now: () => at(0) }, session, {
		protocol: protocolVersion,
		actorId: lan.id,
		deviceId: randomUUID(),
		commands: [
			{
				id: randomUUID(),
				seq: 1,
				name: 'notification.read',
				input: { ids: [randomUUID()] },
				deviceTime: at(0),
				after: []
			}
		]
	});
	await write(exchange.db, { actorId: 'system:test', now: at(0) }, async (ctx) => {
		await queueMessage(ctx, {
			to: { accountId: chilan.id },
			template: 'security_notice',
			params: { what: 'new_device', at: '10:00' }
		});
		const admin = await exchange.actorNow(quantri, at(0));
		await noteLook(
			{ ...ctx, actorId: quantri.id },
			admin,
			{ accountId: chilan.id, what: 'rights', purpose: 'rights', ref: null, agencyId: null },
			{ action: 'rights.looked-at', subject: `account:${chilan.id}` }
		);
	});
	const id = randomUUID();
	await askAboutData(exchange.db, chilan.id, { id, kind: 'view', about: 'all', text: 'Hỏi' }, at(0));
	const admin = await exchange.actorNow(quantri, at(0));
	await answerRequest(exchange.db, admin, { id, outcome: 'done', answer: 'Đáp' }, at(0));
	await transaction(exchange.db, 'system:test', (tx) => tx`update messages set state = 'sent'`);
	await exchange.sells(batu);
	await exchange.auth`insert into sign_in_failures (name_index, budget, at) values ('\x01', '', ${at(0)})`;

	const left = async () => ({
		inputs: await count('command_log', 'input_sealed is not null'),
		letters: await count('messages', 'params_sealed is not null'),
		looks: await count('data_looks', 'true'),
		requests: await count('data_requests', 'text_sealed is not null'),
		notices: await count('notifications', 'true'),
		failures: (await exchange.auth`select from sign_in_failures`).length
	});
	await night(89);
	const before = await left();
	expect(Object.entries(before).filter(([, n]) => n === 0)).toEqual([]);
	await night(91);
	expect(await left()).toEqual({ ...before, inputs: 0, letters: 0, failures: 0 });
	await night(367);
	expect(await left()).toMatchObject({ notices: 0, looks: 1, requests: 1 });
	await night(2 * 366);
	expect(await left()).toMatchObject({ looks: 0, requests: 1 });
	await night(3 * 366);
	expect((await left()).requests).toBe(0);
});

test('LAW-data-consent pictures of a card go so many days after the decision, from the store too; an open case keeps them', async () => {
	const [card, shared, paper] = ['căn cước', 'chung', 'giấy'].map(photo);
	if (!card || !shared || !paper) throw new Error('no pictures');
	const keyOf = (hash: string, size: string) => `pictures/${batu.userName}/${hash}-${size}.webp`;
	for (const hash of [card, shared, paper, photo('sầu riêng')]) {
		await exchange.stores(batu, hash);
		for (const size of ['thumb', 'detail']) await files.put(keyOf(hash, size), Buffer.from(hash));
	}
	await exchange.sells(batu, { photos: [shared] });
	const input = registration(exchange.pack, { businessId: businessOf(batu), base: 0 });
	const sent = {
		...input,
		content: {
			...input.content,
			papers: input.content.papers.map((one) => ({ ...one, files: [paper] }))
		},
		person: { ...input.person, identityFiles: [card, shared] }
	};
	await exchange.must(batu, { name: 'business.submit', input: sent });
	const cases = () => exchange.db<{ id: string; agencyId: string; rev: number }[]>`
		select id, agency_id as "agencyId", subject_rev as rev from cases where kind = 'business' and state = 'open'`;
	const decide = async (now: string) => {
		for (const open of await cases()) {
			const officer = [anhminh, bacsau, people.chihanh, people.coyen].find(
				({ post }) => post?.agencyId === open.agencyId
			);
			if (!officer) throw new Error(`nobody sits in ${open.agencyId}`);
			await exchange.must(
				officer,
				{
					name: 'case.decide',
					input: {
						caseId: open.id,
						listingRev: open.rev,
						decision: 'return',
						reasonCodes: [exchange.pack.businesses.reasons[0]?.id ?? ''],
						note: ''
					}
				},
				{ now }
			);
		}
	};
	await night(60);
	expect(await files.has(keyOf(card, 'detail'))).toBe(true);
	await decide(at(61));
	await night(90);
	expect(await files.has(keyOf(card, 'detail'))).toBe(true);
	expect(await count('business_versions', `identity_files <> '{}'`)).toBe(1);
	const { identityPictures } = await night(92);
	expect(identityPictures).toBe(2);
	expect(await files.has(keyOf(card, 'detail'))).toBe(false);
	expect(await files.has(keyOf(card, 'thumb'))).toBe(false);
	for (const kept of [shared, paper]) expect(await files.has(keyOf(kept, 'detail'))).toBe(true);
	expect(await count('business_versions', `identity_files <> '{}'`)).toBe(0);
	expect(await count('uploads', `sha256 = '${card}'`)).toBe(0);
	const docs = await exchange.db<
		{ doc: string }[]
	>`select doc::text as doc from sync_feed where collection = 'cases'`;
	expect(docs.some(({ doc }) => doc.includes(card))).toBe(false);
	expect((await exchange.owner`select from audit_log where action = 'identity_pictures.purged'`).length).toBe(
		1
	);
	expect((await night(93)).identityPictures).toBe(0);
	await expect(
		transaction(exchange.db, 'system:test', (tx) => tx`update business_versions set identity_files = '{x}'`)
	).rejects.toThrow('append-only');
});
