import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { agreementText } from '$lib/domain/businesses/rules.ts';
import { proposalDocId } from '$lib/domain/proposals/schema.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { recordVoice } from '$lib/server/files/service.ts';
import { answerProposal } from '$lib/server/proposals/service.ts';
import { audienceKind } from '$lib/sync/protocol/collections.ts';
import { oldestServedProtocol, protocolVersion } from '$lib/sync/protocol/version.ts';
import { pullRequest, pushRequest, type CommandAnswer, type PullPage } from '$lib/sync/protocol/wire.ts';
import { openExchange, people, type Exchange } from '../../../../tests/world/exchange.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import type { Caller } from './session.ts';
import { write } from './write.ts';

/**
 * What devices of an older protocol really sent, and how they read what came back. A recording is made with the build
 * of that version and never edited; only ids that the exchange makes are named instead (`$case`, `$businessCase`,
 * `$notification`), and the agreement it asks for.
 */
const recording = z.object({
	onSale: z.uuid(),
	photo: z.string(),
	submitted: z.uuid(),
	/** A business whose registration is sent. */
	registered: z.uuid(),
	/** What was uploaded before it was spoken of. */
	files: z.array(z.object({ who: z.string(), kind: z.enum(['picture', 'voice']), hash: z.string() })),
	pushes: z.array(z.object({ who: z.string(), request: z.unknown() })),
	pulls: z.array(z.object({ who: z.string(), request: z.looseObject({ collection: z.string() }) })),
	/** JSON Schemas of the answers and documents; a field more never troubled a device. */
	answers: z.object({ pull: z.record(z.string(), z.json()), push: z.record(z.string(), z.json()) }),
	documents: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.json())))
});

const older = Array.from(
	{ length: protocolVersion - oldestServedProtocol },
	(_, at) => oldestServedProtocol + at
);
const recorded = (version: number) =>
	recording.parse(
		JSON.parse(fs.readFileSync(new URL(`./data/served-v${version}.json`, import.meta.url), 'utf8'))
	);
const readsAs = (schema: Record<string, unknown>) => z.fromJSONSchema(schema);

let exchange: Exchange;
const person = (userName: string) => {
	const found = Object.values(people).find((one) => one.userName === userName);
	if (!found) throw new Error(`nobody is called ${userName}`);
	return found;
};
const callerOf = async (userName: string): Promise<Caller> => ({
	kind: 'actor',
	actor: await exchange.actorNow(person(userName), new Date().toISOString()),
	sessionId: 'session'
});

// One for each version: chị Lan registers only one business.
beforeEach(async () => {
	exchange = await openExchange();
});
afterEach(() => exchange.close());

async function named(text: string, old: z.output<typeof recording>): Promise<unknown> {
	const [note] = await transaction(
		exchange.db,
		people.batu.id,
		(tx) => tx<{ id: string }[]>`select id from notifications order by at, id limit 1`
	);
	const { agreement } = exchange.pack.businesses;
	const names = {
		$case: text.includes('$case') ? await caseOfAnhMinh(old.submitted) : '',
		$businessCase: text.includes('$businessCase') ? await caseOfAnhMinh(old.registered) : '',
		$notification: note?.id ?? '',
		$agreementVersion: agreement.version,
		$agreementHash: createHash('sha256').update(agreementText(agreement)).digest('hex')
	};
	return JSON.parse(
		Object.entries(names).reduce(
			(named, [name, value]) => named.replaceAll(`"${name}"`, JSON.stringify(value)),
			text
		)
	);
}

/** Anh Minh held it when it was recorded; who has the fewest cases today is chance. */
async function caseOfAnhMinh(subjectId: string): Promise<string> {
	const [open] = await exchange.db<{ id: string; assigneeId: string | null }[]>`
		select id, assignee_id as "assigneeId" from cases
		where subject_id = ${subjectId} and agency_id = ${people.anhminh.post?.agencyId ?? ''}
		order by round desc limit 1`;
	if (!open) throw new Error(`${subjectId} has no case`);
	if (open.assigneeId !== people.anhminh.id)
		await exchange.must(people.bacsau, {
			name: 'case.reassign',
			input: { caseId: open.id, toAccountId: people.anhminh.id, reason: 'Việc của anh Minh' }
		});
	return open.id;
}

/** Recorded as uploaded, as the device had done before it spoke of them. */
async function upload({ files }: z.output<typeof recording>): Promise<void> {
	for (const { who, kind, hash } of files) {
		if (kind === 'picture') await exchange.stores(person(who), hash);
		else
			await write(exchange.db, { actorId: person(who).id, now: new Date().toISOString() }, (ctx) =>
				recordVoice(ctx, person(who).id, {
					sha256: hash,
					bytes: 1000,
					seconds: 12,
					soundKey: `voices/${hash.slice(0, 2)}/${hash}.webm`
				})
			);
	}
}

test('sync 16: every older protocol that is served has a recording', () => {
	expect(older.length).toBeGreaterThan(0);
	for (const version of older) expect(recorded(version).pushes.length).toBeGreaterThan(0);
});

test.each(older)(
	'sync 16: what devices of protocol %i send is taken, and what comes back they can read',
	async (version) => {
		const old = recorded(version);
		const listing = await exchange.submits(people.batu, {}, { id: old.onSale });
		expect(await exchange.decides(people.anhminh, listing.id, 'approve')).toMatchObject({ ok: true });
		await exchange.stores(people.batu, old.photo);
		await upload(old);

		const [pushShape, pullShape] = [readsAs(old.answers.push), readsAs(old.answers.pull)];
		for (const { who, request } of old.pushes) {
			const sent = pushRequest.parse(await named(JSON.stringify(request), old));
			expect(sent.protocol).toBe(version);
			const deps = { db: exchange.db, dispatch, now: () => new Date().toISOString() };
			const answer = await push(deps, await callerOf(who), sent);
			expect(pushShape.safeParse(answer).error).toBeUndefined();
			const answers: readonly CommandAnswer[] = answer.outcome === 'answers' ? answer.answers : [];
			expect(answers, JSON.stringify([sent.commands, answers])).toMatchObject(
				sent.commands.map(({ id }) => ({ id, outcome: 'applied' }))
			);
			expect(
				await loggedOf(
					who,
					sent.commands.map(({ id }) => id)
				)
			).toBe(sent.commands.length);
		}
		expect(await exchange.caseOf(old.submitted)).toMatchObject({ state: 'returned' });

		const proposed = await proposes();
		const wordless = [...(version < 5 ? proposed : []), ...(await looksFor())];
		const leftOut: string[] = [];
		for (const { who, request } of old.pulls) {
			const first = await page(who, request, {});
			expect(pullShape.safeParse(first).error).toBeUndefined();
			for (const row of first.rows) {
				if (row.doc === null) {
					leftOut.push(row.id);
					continue;
				}
				const shape = old.documents[request.collection]?.[audienceKind(row.audience)];
				expect(shape, `${request.collection} to ${row.audience}`).toBeDefined();
				expect(readsAs(shape ?? {}).safeParse(row.doc).error, request.collection).toBeUndefined();
			}
			// It goes on from where it was told to, as it was told.
			expect((await page(who, request, first.positions)).rows).toEqual([]);
		}
		expect(leftOut).toEqual(expect.arrayContaining(wordless));
		if (version >= 5) for (const id of proposed) expect(leftOut).not.toContain(id);
		const held = await page(
			'batu',
			{ protocol: version, actorId: people.batu.id, collection: 'mine', limit: 500 },
			{}
		);
		expect(held.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([old.onSale, old.submitted]));
	}
);

/** Bà Tư's proposal and the notice of its answer, which no version before 5 has words for. */
async function proposes(): Promise<string[]> {
	const id = randomUUID();
	const text = 'Xin thêm nút in mã vạch cho từng lô.';
	await exchange.must(people.batu, {
		name: 'proposal.send',
		input: { proposalId: id, topic: 'feature', text }
	});
	const now = new Date().toISOString();
	const answer = { id, outcome: 'accepted' as const, answer: 'Sẽ có trong bản sau Tết.' };
	const admin = await exchange.actorNow(people.quantri, now);
	expect(await answerProposal(exchange.db, admin, answer, now)).toMatchObject({ ok: true });
	const [notice] = await transaction(
		exchange.db,
		people.batu.id,
		(tx) => tx<{ id: string }[]>`select id from notifications where kind = 'proposal_answered'`
	);
	return [proposalDocId(id), notice?.id ?? ''];
}

/** Chị Lan's need: its case and the notice of its receipt, which no version before 6 has words for. */
async function looksFor(): Promise<string[]> {
	const needId = await exchange.posts(people.chilan);
	const [notice] = await transaction(
		exchange.db,
		people.chilan.id,
		(tx) => tx<{ id: string }[]>`select id from notifications where kind = 'need_received'`
	);
	return [(await exchange.caseOf(needId)).id, notice?.id ?? ''];
}

const loggedOf = (who: string, ids: readonly string[]): Promise<number> =>
	transaction(exchange.db, person(who).id, async (tx) => {
		const [row] = await tx<{ count: number }[]>`
			select count(*)::int as count from command_log where id in ${tx([...ids])}`;
		return row?.count ?? 0;
	});

async function page(who: string, request: object, positions: PullPage['positions']): Promise<PullPage> {
	const asked = pullRequest.parse(structuredClone({ ...request, positions }));
	const answer = await pull(exchange.db, await callerOf(who), asked, new Date().toISOString());
	if (answer.outcome !== 'page') throw new Error(answer.outcome);
	return answer;
}

test('sync 16: one older than what is served is asked to update, by both doors', async () => {
	const tooOld = oldestServedProtocol - 1;
	const old = recorded(oldestServedProtocol);
	const [first] = old.pushes;
	if (!first) throw new Error('nothing is recorded');
	const sent = pushRequest.parse(first.request);
	const deps = { db: exchange.db, dispatch, now: () => new Date().toISOString() };
	expect(await push(deps, await callerOf(first.who), { ...sent, protocol: tooOld })).toEqual({
		outcome: 'upgrade'
	});
	const asked = pullRequest.parse({ ...old.pulls[0]?.request, positions: {}, protocol: tooOld });
	expect(await pull(exchange.db, await callerOf(first.who), asked, new Date().toISOString())).toEqual({
		outcome: 'upgrade'
	});
});
