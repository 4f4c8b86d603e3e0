import type { Sql } from '$lib/server/db/pool.ts';
import { selectManifest, selectStanding, type FoundManifest, type Standing } from './queries.ts';

/** What this process has read and made already, and asks each time whether it still holds. */
export class Kept {
	edition: string | null = null;
	packs: FoundManifest['packs'] = [];
	hashes: ReadonlySet<string> = new Set();
	made: { readonly says: string; readonly body: Promise<Buffer> } | null = null;
	readonly bodies = new Map<string, OpenedPack>();
	#bytes = 0;
	#asking: Promise<Standing | undefined> | null = null;
	#next: Promise<Standing | undefined> | null = null;

	/** Never older than the call; who calls while a question is under way shares the next one. */
	standing(db: Sql): Promise<Standing | undefined> {
		if (this.#asking === null) return this.#ask(db);
		this.#next ??= this.#asking
			.catch(() => undefined)
			.then(() => {
				this.#next = null;
				return this.#ask(db);
			});
		return this.#next;
	}

	#ask(db: Sql): Promise<Standing | undefined> {
		const asked = selectStanding(db).then(([standing]) => standing);
		this.#asking = asked;
		const done = () => {
			if (this.#asking === asked) this.#asking = null;
		};
		asked.then(done, done);
		return asked;
	}

	/** The packs of another edition are live from now on; those that went are kept no longer. */
	renew({ edition, packs }: FoundManifest): void {
		this.edition = edition;
		this.packs = packs;
		this.hashes = new Set(packs.map(({ hash }) => hash));
		for (const hash of this.bodies.keys()) if (!this.hashes.has(hash)) this.drop(hash);
	}

	keep(hash: string, pack: OpenedPack): void {
		this.drop(hash);
		this.bodies.set(hash, pack);
		this.#bytes += pack.body.byteLength;
		for (const oldest of this.bodies.keys()) {
			if (this.#bytes <= bytesKept) break;
			this.drop(oldest);
		}
	}

	drop(hash: string): void {
		this.#bytes -= this.bodies.get(hash)?.body.byteLength ?? 0;
		this.bodies.delete(hash);
	}
}

type OpenedPack = { readonly body: Buffer; readonly docIds: ReadonlySet<string> };
/** Enough for a province of some 200,000 goods; the database has the others. */
const bytesKept = 32 * 1024 * 1024;
const keptOf = new WeakMap<Sql, Kept>();

export function keptFor(db: Sql): Kept {
	const kept = keptOf.get(db) ?? new Kept();
	keptOf.set(db, kept);
	return kept;
}

/** An edition never changes, so its packs go with whatever is said of it at any moment while it is live. */
export async function findManifest(db: Sql, kept: Kept): Promise<FoundManifest> {
	const standing = await kept.standing(db);
	if (standing && standing.edition !== null && standing.edition === kept.edition)
		return { ...standing, packs: kept.packs };
	const [found] = await selectManifest(db);
	if (!found) throw new Error('the exchange has no row of its own');
	kept.renew(found);
	return found;
}
