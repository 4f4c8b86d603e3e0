import type { PackEntry } from '../protocol/packs.ts';
import type { LocalDb, PackRow, ReadPack } from '../store/local.ts';
import { withRoom } from '../blobs/room.ts';
import { packsHere } from '../store/packs.ts';
import { gunzip } from '../protocol/gunzip.ts';
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
		for (let pack = queue.shift(); pack; pack = writer.takesMore(until) ? queue.shift() : undefined) {
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
async function fetchPack(transport: Pick<Transport, 'pack'>, { hash }: PackEntry): Promise<Came | null> {
	for (const anew of [false, true]) {
		const gzip = await transport.pack(hash, anew);
		if (gzip === null) return null;
		const read = await checkedPack(hash, gzip);
		if (read) return { row: { hash, gzip }, read };
	}
	return null;
}

/** A pack as it travels, unpacked; null when it is not what its name says. */
export async function checkedPack(hash: string, gzip: ArrayBuffer): Promise<ReadPack | null> {
	const bytes = await gunzip(gzip).catch(() => null);
	return bytes && (await sha256(bytes)) === hash ? { hash, bytes } : null;
}

/** A pack as it is kept, and as it is read. */
type Came = { readonly row: PackRow; readonly read: ReadPack };

/** So many packs at most wait for others, and so long: a write costs far more than what is in it. */
const packsAWrite = 12;
const patienceMs = 300;

/**
 * Writes what has come while the next is fetched: together what comes within a moment, on a slow network each pack by
 * itself.
 */
class Writer {
	#waiting: PackRow[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> = Promise.resolve();
	#failed = false;

	constructor(readonly local: LocalDb) {}

	add(came: Came | null): void {
		if (!came) return;
		for (const tell of this.local.packReaders) tell(came.read);
		this.#waiting.push(came.row);
		if (this.#waiting.length >= packsAWrite) this.#write();
		else this.#timer ??= setTimeout(() => this.#write(), patienceMs);
	}

	/** What could not be written is fetched for nothing. */
	takesMore(until: number): boolean {
		return !this.#failed && performance.now() < until;
	}

	#write(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const batch = this.#waiting.splice(0);
		if (batch.length === 0) return;
		this.#writing = this.#writing.then(async () => {
			await withRoom(() => this.local.packs.bulkPut(batch));
		});
		// Heard of in `done`.
		this.#writing.catch(() => (this.#failed = true));
	}

	done(): Promise<void> {
		this.#write();
		return this.#writing;
	}
}
