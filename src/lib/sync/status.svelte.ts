import { tellFault } from './fault.ts';
import { liveQuery } from 'dexie';
import type { DeviceStatus, StorageState } from './device.ts';
import { freeMarketPictures } from './blobs/market-pictures.ts';
import { isUnsettled } from './fold/dependencies.ts';
import { readPacksProgress } from './kept.ts';
import type { CollectionName } from './protocol/collections.ts';
import { isFull } from './blobs/room.ts';
import type { StateRow } from './store/local.ts';
import type { Store } from './store/store.ts';
import type { SessionState } from './store/types.ts';

const needsSignIn: readonly SessionState[] = [
	'expired',
	'ended',
	'locked',
	'revoked',
	'wrong_user',
	'nobody'
];

/** What the device knows about itself, from stored facts: every tab and the next start show the same (sync 14). */
export class StatusWatch {
	readonly #store: Store;
	#state = $state.raw<StateRow | null>(null);
	#pulledAt = $state.raw<Partial<Record<CollectionName, string>>>({});
	#lastComplete = $state.raw<DeviceStatus['lastComplete']>(null);
	#heardPulls = false;
	#unsent = $state(0);
	#refused = $state(0);
	#quarantined = $state(0);
	#packs = $state.raw<DeviceStatus['packs']>(null);
	#networkUp = $state(navigator.onLine);
	#storage = $state.raw<StorageState>({ usage: 0, quota: 0, persisted: null, failed: null });
	leader = $state(false);
	outdated = $state(false);
	readonly #stops: (() => void)[];

	/** `coming` stands for the packs until the store knows of any. */
	constructor(store: Store, coming: DeviceStatus['packs'] = null) {
		this.#store = store;
		this.#packs = coming;
		const { local } = store;
		const state = liveQuery(() => store.readState()).subscribe({ next: (row) => (this.#state = row) });
		const pulls = liveQuery(() => local.pulls.toArray()).subscribe({
			next: (rows) => {
				const pulledAt: Partial<Record<CollectionName, string>> = {};
				for (const row of rows) if (row.pulledAt !== null) pulledAt[row.collection] = row.pulledAt;
				const at = Object.values(pulledAt).sort()[0] ?? null;
				// The first answer tells what an earlier start has pulled; what changes after it was pulled just now.
				const uptimeMs = this.#heardPulls ? performance.now() : null;
				if (at !== (this.#lastComplete?.at ?? null))
					this.#lastComplete = at === null ? null : { at, uptimeMs };
				this.#heardPulls = true;
				this.#pulledAt = pulledAt;
			}
		});
		let before = coming;
		const packs = liveQuery(() => readPacksProgress(store)).subscribe({
			next: (now) => {
				if (now !== undefined) before = null;
				this.#packs = now ?? before;
			}
		});
		const outbox = liveQuery(() => local.outbox.toArray()).subscribe({
			next: (rows) => {
				this.#unsent = rows.filter(isUnsettled).length;
				this.#refused = rows.filter((row) => row.state === 'refused').length;
				this.#quarantined = rows.filter((row) => row.state === 'quarantined').length;
			}
		});
		const network = () => (this.#networkUp = navigator.onLine);
		window.addEventListener('online', network);
		window.addEventListener('offline', network);
		this.#stops = [
			() => state.unsubscribe(),
			() => pulls.unsubscribe(),
			() => packs.unsubscribe(),
			() => outbox.unsubscribe(),
			() => window.removeEventListener('online', network),
			() => window.removeEventListener('offline', network)
		];
		void this.measure();
	}

	/** Asks the browser how full the store is. */
	async measure(): Promise<void> {
		const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
		const persisted = (await navigator.storage?.persisted?.()) ?? null;
		this.#storage = { ...this.#storage, usage, quota, persisted: persisted || this.#storage.persisted };
	}

	#asked = false;
	/** There is own work here: the browser is asked to keep it, once a start, unless it has promised to (sync 15). */
	async keepWork(): Promise<void> {
		if (this.#asked || this.#storage.persisted === true) return;
		this.#asked = true;
		await this.persist();
	}

	/** Asks the browser never to clear this store by itself (sync 15). */
	async persist(): Promise<void> {
		const persisted = (await navigator.storage?.persist?.()) ?? false;
		this.#storage = { ...this.#storage, persisted };
		await this.measure();
	}

	saved(): void {
		if (this.#storage.failed !== null) this.#storage = { ...this.#storage, failed: null };
	}

	failed(error: unknown): void {
		tellFault('saving on this device failed', error);
		const full = isFull(error);
		this.#storage = { ...this.#storage, failed: full ? 'full' : 'other' };
		// The text is tried again by itself, and finds room then.
		void (full ? freeMarketPictures().catch(() => false) : Promise.resolve()).then(() => this.measure());
	}

	close(): void {
		for (const stop of this.#stops) stop();
	}

	get current(): Omit<DeviceStatus, 'phase'> {
		const state = this.#state;
		const session = state?.session ?? 'unknown';
		const times = Object.values(this.#pulledAt).sort();
		return {
			online: this.#networkUp && (state?.reachable ?? true),
			session,
			needsSignIn: this.#store.userId !== null && needsSignIn.includes(session),
			mustUpgrade: state?.mustUpgrade ?? false,
			pulledAt: this.#pulledAt,
			lastPullAt: times.at(-1) ?? null,
			lastComplete: this.#lastComplete,
			unsent: this.#unsent,
			refused: this.#refused,
			quarantined: this.#quarantined,
			clockSkewMs: state?.clockSkewMs ?? null,
			storage: this.#storage,
			outdated: this.outdated,
			packs: this.#packs,
			market: state?.market ?? null,
			leader: this.leader
		};
	}
}
