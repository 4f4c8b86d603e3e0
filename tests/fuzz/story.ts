import { fromDexieToStorage } from 'rxdb/plugins/storage-dexie';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { collectionNames } from '$lib/sync/protocol/collections.ts';
import { readCatalogue } from '$lib/sync/read-catalogue.ts';
import { readDrafts, readWork } from '$lib/sync/reads.ts';
import type { StoredDoc } from '$lib/sync/store/documents.ts';
import type { OutboxRow } from '$lib/sync/store/local.ts';
import type { Store } from '$lib/sync/store/store.ts';
import type { Draft } from '$lib/sync/store/types.ts';
import { queueAllDrafts } from '$lib/sync/typing.ts';
import { people, type Person } from '../world/exchange.ts';
import { acts } from './acts.ts';
import { FuzzDevice } from './device.ts';
import { FuzzExchange } from './exchange.ts';
import { Ledger } from './ledger.ts';
import { look } from './look.ts';
import { judge } from './oracle.ts';
import type { Place } from './place.ts';
import { describeStep, owners, type DeviceName, type Step } from './plan.ts';
import { Random } from './random.ts';
import type { Sabotage } from './sabotage.ts';

/** What one store held when nothing was left to do. */
export type Snapshot = {
	readonly name: string;
	readonly store: string;
	readonly person: Person;
	readonly outbox: readonly OutboxRow[];
	readonly drafts: readonly Draft[];
	readonly docs: Readonly<
		Record<string, readonly { key: string; audience: string; id: string; version: number; data: unknown }[]>
	>;
	/** Documents that are gone and still on the disk. */
	readonly deleted: Readonly<Record<string, number>>;
};

export type Ending = { readonly found: readonly string[]; readonly trace: readonly string[] };

const mostPasses = 5;
const mostRounds = 12;
/** By the device's own clock: whatever pauses between tries have grown to, a good line settles a store in that time. */
const settledWithinMs = 10_000;

const realNow = Date.now;
/** A clock that no device can move. */
const serverNow = (): string => new Date(performance.timeOrigin + performance.now()).toISOString();

/** Devices and the exchange, from the first step to the verdict. */
export class Story {
	readonly ledger = new Ledger();
	readonly trace: string[] = [];
	/** What was on sale before the story: written and submitted, so at its second version. */
	readonly first = new Map<string, ListingContent>();
	/** Those that were ever taken into the hand. */
	readonly #devices = new Map<DeviceName, FuzzDevice>();
	/** RxDB opens thirteen collections a process, one store has most of them: the other devices lie in a drawer. */
	#awake: FuzzDevice | null = null;
	#number = 0;

	private constructor(
		readonly exchange: FuzzExchange,
		readonly id: string
	) {}

	/** Tells a story and judges its end. */
	static async tell(
		steps: readonly Step[],
		options: { place: Place; id: string; sabotage?: Sabotage | null }
	): Promise<Ending> {
		const exchange = await FuzzExchange.open(options.place, options.sabotage ?? null, serverNow);
		const story = new Story(exchange, options.id);
		try {
			story.first.set(options.place.onSale.id, options.place.onSale.content);
			for (const step of steps) {
				await story.#take(step);
				if (story.ledger.broken.length > 0) break;
			}
			const found = await judge(story, await story.#heal());
			return { found, trace: story.trace };
		} catch (error) {
			return { found: [`the story broke: ${whatHappened(error)}`], trace: story.trace };
		} finally {
			Date.now = realNow;
			for (const device of story.#devices.values()) await device.putAway();
			await exchange.close();
		}
	}

	/** Other devices on whose disk this person has a store. */
	othersOf(person: Person, device: FuzzDevice): FuzzDevice[] {
		return [...this.#devices.values()].filter((other) => other !== device && other.residents.has(person.id));
	}

	nextNumber(): number {
		this.#number += 1;
		return this.#number;
	}

	/** RxDB stamps its documents with the process's clock. */
	setProcessClock(ms: number): void {
		Date.now = () => realNow() + ms;
	}

	async #take(step: Step): Promise<void> {
		const device = this.#device(step.on);
		await this.#wake(device);
		const arrivals = this.exchange.arrivals();
		const said = await acts[step.act](this, device, new Random(step.seed));
		await arrivals;
		this.trace.push(`${describeStep(step)} [${device.person.userName}] ${said}`);
		if (device.awake) await look(this, device);
	}

	#device(name: DeviceName): FuzzDevice {
		const known = this.#devices.get(name);
		if (known) return known;
		const device = new FuzzDevice(name, this.id, owners[name], this.exchange, this.ledger);
		this.#devices.set(name, device);
		return device;
	}

	async #wake(device: FuzzDevice): Promise<void> {
		if (this.#awake !== device) await this.#awake?.sleep();
		this.#awake = device;
		if (device.awake) return;
		if (device.wire.cookie.kind === 'nobody') device.wire.cookie = { kind: 'person', person: device.person };
		await device.wake();
	}

	/** No faults, everybody signed in and online, until nobody has anything to say. */
	async #heal(): Promise<Snapshot[]> {
		const { exchange } = this;
		for (const id of exchange.locked)
			for (const person of Object.values(people))
				if (person.id === id) await exchange.lockAccount(person, false);
		for (const device of this.#devices.values()) await device.sleep();
		await exchange.commitSlowWrite();
		await exchange.arrivals(true);
		// A store is healed when nothing has changed since it was: what one brings, others must see.
		const healed = new Map<string, { readonly after: number; readonly snapshot: Snapshot }>();
		for (let pass = 0, changed = true; changed && pass < mostPasses; pass += 1) {
			changed = exchange.restored && pass === 0;
			if (exchange.packed) await exchange.packGoods();
			if (exchange.restored && pass === 1) await exchange.everybodyIsBack();
			const stores = [...this.#devices.values()].flatMap((device) =>
				[...device.residents.values()].map((person) => ({ device, person, store: device.storeName(person) }))
			);
			// Whoever has something to say first, so that the others need to listen once.
			for (const { device, person, store } of stores.sort(
				(a, b) => this.#unsaid(b.store) - this.#unsaid(a.store)
			)) {
				if (healed.get(store)?.after === exchange.changes) continue;
				const snapshot = await this.#healStore(device, person);
				healed.set(store, { after: exchange.changes, snapshot });
				changed = true;
			}
		}
		return [...healed.values()].map(({ snapshot }) => snapshot);
	}

	/** 1 where work may wait: commands that are not acknowledged, or something typed. */
	#unsaid(store: string): number {
		if (this.ledger.last.has(store)) return 1;
		const made = [...this.ledger.made.values()];
		return made.some((one) => one.store === store && one.acknowledged === null && one.left === null) ? 1 : 0;
	}

	async #healPhotos(store: Store, person: Person): Promise<void> {
		const end = await this.exchange.place.photos.send(store, person);
		if (end !== 'done') this.ledger.broken.push(`sync 5: photos of ${store.name} do not arrive: ${end}`);
		for (const photo of await store.local.photos.where('state').equals('refused').toArray())
			this.ledger.broken.push(`sync 5: ${photo.hash} was refused: ${photo.refusal?.code ?? ''}`);
	}

	async #healStore(device: FuzzDevice, person: Person): Promise<Snapshot> {
		device.person = person;
		device.wire.cookie = { kind: 'person', person };
		device.wire.online = true;
		device.wire.trouble = null;
		await device.wake();
		const { store } = device;
		await device.checkSession();
		for (let round = 0; round < mostRounds; round += 1) {
			// In every round: one that meets another epoch asks about its photos again (sync 13).
			await this.#healPhotos(store, person);
			await queueAllDrafts(store, device.here);
			device.wait(settledWithinMs / mostRounds);
			const before = this.exchange.changes;
			device.sync();
			await device.settle();
			// What it changed itself it is poked for, so it looks once more.
			if (this.exchange.changes !== before) continue;
			const rows = await store.local.outbox.toArray();
			if (rows.every((row) => row.state === 'refused' || row.released)) break;
		}
		const snapshot = await take(device);
		await device.sleep();
		return snapshot;
	}
}

async function take(device: FuzzDevice): Promise<Snapshot> {
	const { store, person } = device;
	const docs: Record<
		string,
		{ key: string; audience: string; id: string; version: number; data: unknown }[]
	> = {};
	const deleted: Record<string, number> = {};
	for (const name of collectionNames) {
		const { dexieTable, booleanIndexes } = await store.docs[name].storageInstance.internals;
		// All that lies on the disk, read once: a find and a count of it were half of what a snapshot cost.
		const lies: unknown[] = await dexieTable.toArray();
		const rows = lies.map((row) => fromDexieToStorage<StoredDoc<unknown>>(booleanIndexes, row));
		const here = rows.filter((row) => !row._deleted);
		docs[name] = here;
		deleted[name] = rows.length - here.length;
	}
	// What it shows, whether it came in a pack or alone (sync 10).
	docs.listings = [...(await readCatalogue(store)).values()].map(({ id, version, data }) => ({
		...{ key: `public|${id}`, audience: 'public' },
		...{ id, version, data }
	}));
	return {
		name: `${device.name}/${person.userName}`,
		store: store.name,
		person,
		outbox: [...(await readWork(store)).rows],
		drafts: await readDrafts(store),
		docs,
		deleted
	};
}

const whatHappened = (error: unknown): string =>
	error instanceof Error ? (error.stack ?? error.message) : String(error);
