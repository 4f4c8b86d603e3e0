import { digestOf, firstHash, isSigned, sealOf, type Head } from './record.ts';
import type { SealedLine } from './seal-queries.ts';

/** The first thing that is not as it was sealed. `auditId` and `seq` name it where it can be named. */
export type Wrong = {
	readonly kind:
		/** The line was changed, or its seal was. */
		| 'changed'
		| 'deleted'
		/** A line that was put in behind the sealer. */
		| 'inserted'
		/** Seals are missing before the last head. */
		| 'gap'
		| 'truncated'
		/** Lines and seals were exchanged together: the signed head does not agree. */
		| 'rewritten'
		| 'unsigned'
		/** A head in the file outside was changed, taken away or exchanged. */
		| 'head_changed'
		/** The database's heads are not those of the file outside. */
		| 'heads_differ';
	readonly auditId: number | null;
	readonly seq: number | null;
	/** Of the head it was found at. */
	readonly at: string | null;
};

/** The database went back to an older state, as after a restore from a backup. What came after is not there any more. */
export type WentBack = { readonly toSeq: number; readonly lost: number; readonly at: string };

export type Verified = {
	readonly lines: number;
	readonly heads: number;
	/** Of the last head. */
	readonly sealedUntil: string | null;
	readonly restores: readonly WentBack[];
	readonly wrong: Wrong | null;
};

export type RecordCopy = {
	/** The file outside, null where a line of it cannot be read; empty = there is none. */
	readonly witnessed: readonly (Head | null)[];
	readonly trusted: ReadonlySet<string>;
	/** The database's own heads, in their order. */
	readonly heads: readonly Head[];
	/** Seals with their lines, in the order of seq. */
	readonly sealed: AsyncIterable<SealedLine> | Iterable<SealedLine>;
	/** Unsealed lines below the last head's horizon. */
	readonly strays: readonly number[];
	/** The database's epoch: another one than the last head's = it was restored and not sealed since. */
	readonly epoch: string;
};

type Chain = { readonly heads: Head[]; readonly restores: WentBack[]; readonly wrong: Wrong | null };

/**
 * Reads the whole record against the signed heads outside the database. Whatever was changed, taken away, put in or
 * exchanged before the last of them is found, and the first such thing is named (TG-19.5).
 */
export async function verifyRecord(copy: RecordCopy): Promise<Verified> {
	const { trusted, heads: inDatabase, epoch } = copy;
	const outside = chainOf(copy.witnessed, trusted);
	const result = (lines: number, wrong: Wrong | null, restores: readonly WentBack[] = outside.restores) => {
		const last = inDatabase.at(-1);
		return { lines, heads: inDatabase.length, sealedUntil: last?.at ?? null, restores, wrong };
	};
	if (outside.wrong) return result(0, outside.wrong);

	const restores = [...outside.restores];
	const ahead = outside.heads.slice(inDatabase.length);
	const lastOutside = outside.heads.at(-1);
	const lastIn = inDatabase.at(-1);
	// The file knows more than the database: it went back, and either says so by its epoch, or was cut.
	const back = lastOutside !== undefined && ahead.length > 0 && lastOutside.epoch !== epoch;
	if (back)
		restores.push({
			toSeq: lastIn?.seq ?? 0,
			lost: lastOutside.seq - (lastIn?.seq ?? 0),
			at: lastOutside.at
		});

	const differs = headsDiffer(outside.heads, inDatabase, trusted);
	if (differs) return result(0, differs, restores);

	const { lines, wrong } = await walk(copy.sealed, inDatabase);
	if (wrong) return result(lines, wrong, restores);
	if (ahead.length > 0 && !back)
		return result(
			lines,
			{ kind: 'truncated', auditId: null, seq: (lastIn?.seq ?? 0) + 1, at: lastOutside?.at ?? null },
			restores
		);
	const [stray] = copy.strays;
	if (stray !== undefined && lastIn?.epoch === epoch)
		return result(lines, { kind: 'inserted', auditId: stray, seq: null, at: lastIn.at }, restores);
	return result(lines, null, restores);
}

const atHead = (kind: Wrong['kind'], head: Head | null | undefined): Wrong => ({
	kind,
	auditId: null,
	seq: head?.seq ?? null,
	at: head?.at ?? null
});

/** The heads of the file that are in force: after a restore those of before it count no more. */
function chainOf(witnessed: readonly (Head | null)[], trusted: ReadonlySet<string>): Chain {
	let heads: Head[] = [];
	const places = new Map<string, number>();
	const restores: WentBack[] = [];
	for (const head of witnessed) {
		const last = heads.at(-1);
		if (head === null || !isSigned(head, trusted))
			return { heads, restores, wrong: atHead('head_changed', head ?? last) };
		// Two processes of one machine may both have written it down.
		if (places.has(digestOf(head))) continue;
		if (head.prev !== (last ? digestOf(last) : '')) {
			const place = head.prev === '' ? -1 : places.get(head.prev);
			if (place === undefined || !last || head.epoch === last.epoch)
				return { heads, restores, wrong: atHead('head_changed', head) };
			const kept = heads.slice(0, place + 1);
			const toSeq = kept.at(-1)?.seq ?? 0;
			restores.push({ toSeq, lost: last.seq - toSeq, at: head.at });
			for (const gone of heads.slice(place + 1)) places.delete(digestOf(gone));
			heads = kept;
		}
		places.set(digestOf(head), heads.length);
		heads.push(head);
	}
	return { heads, restores, wrong: null };
}

/** Those the file knows must be the very same; those it does not know yet go on from there. */
function headsDiffer(
	outside: readonly Head[],
	inDatabase: readonly Head[],
	trusted: ReadonlySet<string>
): Wrong | null {
	let prev = '';
	for (const [place, head] of inDatabase.entries()) {
		const digest = digestOf(head);
		const known = outside[place];
		if (known && digestOf(known) !== digest) return atHead('heads_differ', known);
		if (head.prev !== prev || (!known && !isSigned(head, trusted))) return atHead('heads_differ', head);
		prev = digest;
	}
	return null;
}

async function walk(
	sealed: RecordCopy['sealed'],
	heads: readonly Head[]
): Promise<{ lines: number; wrong: Wrong | null }> {
	let hash = firstHash;
	let seq = 0;
	let next = 0;
	let from = 0;
	for await (const seal of sealed) {
		const found = (kind: Wrong['kind']): { lines: number; wrong: Wrong } => ({
			lines: seq,
			wrong: { kind, auditId: seal.auditId, seq: seal.seq, at: heads[next]?.at ?? null }
		});
		if (seal.seq !== seq + 1) return found('gap');
		if (seal.line === null || seal.line.id !== seal.auditId) return found('deleted');
		hash = sealOf(hash, seal.line);
		if (hash !== seal.hash) return found('changed');
		seq = seal.seq;
		const head = heads[next];
		if (!head) return found('unsigned');
		if (head.seq !== seq) continue;
		// Each agrees with its seal, and the seals not with what was signed: somewhere between both heads.
		if (head.hash !== hash)
			return { lines: from, wrong: { kind: 'rewritten', auditId: null, seq: from + 1, at: head.at } };
		from = seq;
		next += 1;
	}
	const head = heads[next];
	return head
		? { lines: seq, wrong: { ...atHead('truncated', head), seq: seq + 1 } }
		: { lines: seq, wrong: null };
}
