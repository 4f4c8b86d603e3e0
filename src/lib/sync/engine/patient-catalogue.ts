import { isFull, withRoom } from '../blobs/room.ts';
import type { Store } from '../store/store.ts';
import type { MarketHeld } from '../store/types.ts';
import { isUnreachable } from '../transport/session.ts';
import type { Transport } from '../transport/transport.ts';
import { Backoff, type Around } from './backoff.ts';
import { CataloguePull, type CatalogueTurn } from './packs.ts';
import { pullCollection } from './pull.ts';

/** A device without room fetches packs for nothing: the person may pay for each. */
const fullMs = 30 * 60_000;

/**
 * The pull of the catalogue as a part of a round. Where it fails it waits for itself alone: the round goes on, and says
 * "no network" only when nobody answers anything (sync 10).
 */
export class PatientCatalogue {
	readonly #store: Store;
	readonly #transport: Transport;
	readonly #catalogue: CataloguePull;
	readonly #around: Around;
	readonly #backoff: Backoff;
	/** Packs are left alone until then. */
	#until = 0;
	#failures = 0;
	#full = false;

	constructor(store: Store, transport: Transport, around: Around) {
		this.#store = store;
		this.#transport = transport;
		this.#catalogue = new CataloguePull(store, transport);
		this.#around = around;
		this.#backoff = new Backoff(around.random);
	}

	/** Rejects when nobody answers. What changed is pulled also while packs are left alone, where that can go on. */
	async pull(): Promise<CatalogueTurn> {
		const waitMs = Math.max(0, this.#until - this.#around.uptime());
		try {
			const turn = await withRoom(() => this.#catalogue.pull(waitMs));
			if (waitMs === 0 && turn.answer?.outcome === 'page') await this.#well();
			return turn;
		} catch (error) {
			const answer = isUnreachable(error) ? await this.#isAnybodyThere() : null;
			return { answer, againIn: waitMs > 0 ? waitMs : await this.#failed(error) };
		}
	}

	/** The line is back, or a person asks: what was only not answered is asked for at once. */
	lineIsBack(): void {
		if (!this.#full) this.#until = 0;
	}

	/** Another part of the catalogue is kept from now on: there may be room for it. */
	keptPartChanged(): void {
		this.#until = 0;
	}

	/** A small question that has nothing to do with the catalogue: its answer tells a broken route from a lost line. */
	#isAnybodyThere() {
		const small = this.#store.userId === null ? 'reference' : 'notifications';
		return pullCollection(this.#store, this.#transport, small);
	}

	async #well(): Promise<void> {
		this.#backoff.reset();
		this.#failures = 0;
		this.#full = false;
		await this.#store.changeState({ market: undefined });
	}

	async #failed(error: unknown): Promise<number> {
		const why: MarketHeld = isFull(error) ? 'full' : isUnreachable(error) ? 'unanswered' : 'fault';
		if (why !== 'unanswered') this.#around.fault(error);
		this.#failures += 1;
		this.#full = why === 'full';
		const ms = this.#full ? fullMs : this.#backoff.next();
		this.#until = this.#around.uptime() + ms;
		// One that comes right at the next try is nothing to speak of.
		if (this.#full || this.#failures > 1) await this.#store.changeState({ market: why });
		return ms;
	}
}
