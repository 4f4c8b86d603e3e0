import type { RecordedStep } from '$lib/domain/moderation/decision-view.ts';
import { transaction, type Queryable, type Sql } from '$lib/server/db/pool.ts';
import { ownSigner, type Head } from './record.ts';
import {
	countUnsealed,
	findLastHead,
	listHeads,
	listRoots,
	listSealed,
	listSteps,
	listStrays,
	listUnsigned,
	readPlace,
	type SealedLine
} from './seal-queries.ts';
import { verifyRecord, type Verified } from './verify.ts';
import { openWitness } from './witness.ts';

const pageSize = 5_000;

/** The whole record against the heads beside it. `witnessed` = how many heads the file holds. */
export async function verifyAudit(
	db: Sql,
	dataDir: string
): Promise<Verified & { witnessed: number; unsealed: number }> {
	const witness = openWitness(dataDir);
	// The file before the database: what is sealed meanwhile stands in the database and not yet in what was read.
	const witnessed = await witness.read();
	const trusted = (await witness.keys()).add(ownSigner().key);
	const { epoch } = await readPlace(db);
	const last = await findLastHead(db);
	const heads = await allHeads(db, last?.n ?? 0);
	const strays = last ? await listStrays(db, last.horizon) : [];
	const sealed = allSealed(db, last?.seq ?? 0);
	const verified = await verifyRecord({ witnessed, trusted, heads, sealed, strays, epoch });
	return { ...verified, witnessed: witnessed.length, unsealed: await countUnsealed(db) };
}

async function allHeads(db: Sql, until: number): Promise<Head[]> {
	const heads: Head[] = [];
	for (let after = 0; ;) {
		const page = await listHeads(db, after, pageSize);
		for (const head of page) if (head.n <= until) heads.push(head);
		after = page.at(-1)?.n ?? after;
		if (page.length < pageSize) return heads;
	}
}

/** What is sealed meanwhile is left out, and what has a seal and no head is not. */
async function* allSealed(db: Sql, until: number): AsyncIterable<SealedLine> {
	const beyond = await listUnsigned(db);
	for (let after = 0; after < until;) {
		const page = await listSealed(db, after, pageSize);
		for (const seal of page) if (seal.seq <= until) yield seal;
		if (page.length < pageSize) break;
		after = page.at(-1)?.seq ?? until;
	}
	yield* beyond;
}

export type PublicRoot = { readonly day: string } & Head;

/** What anybody may keep: the last head of each day that is over, newest first, and the newest of all. */
export async function publishedRoots(db: Sql): Promise<{ roots: PublicRoot[]; newest: Head | null }> {
	return transaction(db, 'system:audit', async (tx) => ({
		roots: (await listRoots(tx, 400)).map(({ n: _, ...root }) => root),
		newest: await findLastHead(tx).then((head) => head && withoutNumber(head))
	}));
}

const withoutNumber = ({ n: _, ...head }: Head & { n: number }): Head => head;

/** What the record holds about a subject, `case:<id>`, and whether each line is sealed. */
export async function recordedSteps(db: Queryable, subject: string): Promise<RecordedStep[]> {
	const rows = await listSteps(db, subject);
	return rows.map(({ seq, sealedAt, ...row }) => ({
		...row,
		seal: seq === null || sealedAt === null ? null : { seq, at: sealedAt }
	}));
}
