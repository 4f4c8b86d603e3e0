import type { PackEntry } from '../protocol/packs.ts';
import type { LocalDb, PackRow } from '../store/local.ts';
import { packsHere } from '../store/packs.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { Transport } from '../transport/transport.ts';

const atOnce = 6;

/**
 * Brings packs that are not here yet; after `forMs` it begins with no further ones. `here` = all are; `more` = some are
 * left; `superseded` = the exchange has another pack instead of one. Each lies on the disk as soon as it
 * has come and been checked against its name, so that a cut costs what was under way (sync 10). `first` comes before
 * all others and is not needed: its goods are in them too.
 */
export async function takePacks(
	local: LocalDb,
	transport: Pick<Transport, 'pack'>,
	first: PackEntry | null,
	packs: readonly PackEntry[],
	forMs: number
): Promise<'here' | 'more' | 'superseded'> {
	const until = performance.now() + forMs;
	const here = await packsHere(local);
	const writer = new Writer(local);
	if (first && !here.has(first.hash)) {
		writer.add(await fetchPack(transport, first));
		here.add(first.hash);
	}
	const queue = packs.filter((pack) => !here.has(pack.hash));
	let superseded = false;
	const fetchSome = async () => {
		for (let pack = queue.shift(); pack; pack = performance.now() < until ? queue.shift() : undefined) {
			const doc = await fetchPack(transport, pack);
			if (doc) writer.add(doc);
			else superseded = true;
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: atOnce }, fetchSome));
	await writer.done();
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
	if (superseded) return 'superseded';
	return queue.length > 0 ? 'more' : 'here';
}

/** A pack under its name, or null when there is none by it. A text that is not what its name says is asked for anew. */
async function fetchPack(transport: Pick<Transport, 'pack'>, { hash }: PackEntry): Promise<PackRow | null> {
	for (const anew of [false, true]) {
		const text = await transport.pack(hash, anew);
		if (text === null) return null;
		if ((await sha256(text)) === hash) return { hash, text };
	}
	return null;
}

/** So many packs at most wait for others, or so long: a write costs far more than what is in it. */
const packsAWrite = 6;
const patienceMs = 300;

/**
 * Writes what has come while the next is fetched. What comes faster than the disk takes it is written together; on a
 * slow network each pack by itself.
 */
class Writer {
	#waiting: PackRow[] = [];
	#wroteAt = -Infinity;
	#writing: Promise<void> = Promise.resolve();

	constructor(readonly local: LocalDb) {}

	add(doc: PackRow | null): void {
		if (!doc) return;
		for (const read of this.local.packReaders) read(doc);
		this.#waiting.push(doc);
		if (this.#waiting.length >= packsAWrite || performance.now() - this.#wroteAt >= patienceMs) this.#write();
	}

	#write(): void {
		const batch = this.#waiting.splice(0);
		if (batch.length === 0) return;
		this.#wroteAt = performance.now();
		this.#writing = this.#writing.then(async () => {
			await this.local.packs.bulkPut(batch);
		});
		// Heard of in `done`.
		this.#writing.catch(() => undefined);
	}

	done(): Promise<void> {
		this.#write();
		return this.#writing;
	}
}
