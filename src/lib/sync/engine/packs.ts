import { everything, followsPack } from '../fold/follows.ts';
import { goesOn } from '../fold/packed.ts';
import type { PackManifest } from '../protocol/packs.ts';
import type { PullAnswer, PullPage } from '../protocol/wire.ts';
import { packsHere } from '../store/packs.ts';
import type { Store } from '../store/store.ts';
import type { Transport } from '../transport/transport.ts';
import { startOver } from './apply-page.ts';
import { pullCollection } from './pull.ts';
import { hideAtOnce, readStand, settlePacks, settleWithoutPacks, showAsTheyCome } from './settle-packs.ts';
import { takePacks } from './take-packs.ts';
import { fewRows, rowsBeside, tidyCatalogue } from './tidy-catalogue.ts';

/** So long, then the rest of the round has its turn: commands must not wait for a whole catalogue on a slow line. */
const oneGoMs = 2_000;
const mostTries = 3;
const mostWaits = 8;
const shortestWaitMs = 1_500;

/** What one turn came to: the answer that ended it, if one was needed, and in how many ms there is more to do. */
export type CatalogueTurn = { readonly answer: PullAnswer | null; readonly againIn: number | null };

/** `settled` = its packs are here and shown; `none` = there are no packs to be had; a number = go on in so many ms. */
type Brought = 'settled' | 'none' | number;

/**
 * The pull of the public catalogue: packs, then deltas (sync 10). A device without a manifest of this epoch, or whose
 * tombstones are gone, takes the packs it follows and goes on from the manifest's position; the pull brings what
 * changed since into the overlay; an overlay grown large is exchanged for newer packs. Where the exchange has no
 * packs, everything comes by the pull. What counts is stored: a cut at any point goes on where it was.
 */
export class CataloguePull {
	/** A manifest whose packs are being taken, so that going on does not ask for it again. */
	#coming: PackManifest | null = null;
	#waits = 0;

	constructor(
		readonly store: Store,
		readonly transport: Pick<Transport, 'pull' | 'manifest' | 'pack'>
	) {}

	/** Packs are left alone for `packsInMs`. Rejects when no answer came; what is here by then stays. */
	async pull(packsInMs = 0): Promise<CatalogueTurn> {
		const { store, transport } = this;
		let stand = await readStand(store);
		if (stand.manifest?.tidying) {
			await tidyCatalogue(store);
			stand = await readStand(store);
		}
		let reread = false;
		for (let tries = 0; tries < mostTries; tries += 1) {
			if (tries > 0) stand = await readStand(store);
			if (reread || !goesOn(stand)) {
				if (packsInMs > 0) return { answer: null, againIn: packsInMs };
				const brought = await this.#bring(reread);
				if (typeof brought === 'number') return { answer: null, againIn: brought };
				if (brought === 'none') break;
				stand = await readStand(store);
			}
			const { pull } = stand;
			const otherEpoch = (page: PullPage) => pull !== undefined && page.epoch !== pull.epoch;
			const again = (page: PullPage) => (page.again ?? []).includes('public');
			const refuses = (page: PullPage) => otherEpoch(page) || again(page);
			const answer = await pullCollection(store, transport, 'listings', { refuses, at: pull });
			if (answer.outcome !== 'page') return { answer, againIn: null };
			if (!refuses(answer)) return { answer, againIn: packsInMs > 0 ? packsInMs : await this.#betterPacks() };
			if (pull && otherEpoch(answer)) await startOver(store, pull, answer.epoch);
			else reread = true;
		}
		const answer = await pullCollection(store, transport, 'listings');
		if (answer.outcome === 'page' && !answer.late) await settleWithoutPacks(store, answer.epoch);
		await tidyCatalogue(store);
		return { answer, againIn: null };
	}

	/** Takes the packs the exchange has now and lets them be shown. */
	async #bring(reread: boolean): Promise<Brought> {
		const { store, transport } = this;
		for (let tries = 0; tries < mostTries; tries += 1) {
			const offered = this.#coming ?? (await transport.manifest());
			this.#coming = null;
			if (offered === null || offered.packs.length === 0) return 'none';
			const { pull } = await readStand(store);
			if (pull && pull.epoch !== offered.epoch) await startOver(store, pull, offered.epoch);
			await hideAtOnce(store, offered);
			await showAsTheyCome(store, offered);
			const { follows = everything } = await store.readState();
			const followed = offered.packs.filter((pack) => followsPack(follows, pack));
			const taken = await takePacks(store.local, transport, offered.first, followed, oneGoMs);
			if (taken === 'more') {
				this.#coming = offered;
				return 0;
			}
			if (taken === 'superseded' || !(await settlePacks(store, offered, follows, reread))) continue;
			this.#waits = 0;
			await tidyCatalogue(store);
			return 'settled';
		}
		// A pack that holds what may be shown no more is answered by nobody until it has been made anew.
		this.#waits = (this.#waits + 1) % mostWaits;
		return this.#waits === 0 ? 'none' : shortestWaitMs * 2 ** (this.#waits - 1);
	}

	/** Packs that are followed since lately, and newer ones for an overlay grown large. In how many ms to go on, or null. */
	async #betterPacks(): Promise<number | null> {
		const { store, transport } = this;
		const { manifest: manifests, state, packs } = store.local;
		const [manifest, stated, here] = await store.local.transaction('r', manifests, state, packs, () =>
			Promise.all([manifests.get('this'), state.get('this'), packsHere(store.local)])
		);
		if (!manifest) return null;
		const follows = stated?.follows ?? everything;
		const missing = manifest.packs.filter((pack) => followsPack(follows, pack) && !here.has(pack.hash));
		const taken =
			missing.length === 0 ? 'here' : await takePacks(store.local, transport, null, missing, oneGoMs);
		if (taken === 'more') return 0;
		const beside = await rowsBeside(store);
		if (taken === 'here' && beside <= manifest.enough) return null;
		const brought = await this.#bring(false);
		if (typeof brought === 'number') return brought;
		if (brought === 'none') await store.local.manifest.update('this', { enough: beside + fewRows });
		return null;
	}
}
