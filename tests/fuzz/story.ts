import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { collectionNames } from '$lib/sync/protocol/collections.ts';
import { readDrafts, readMyListings, readOrders, readWork } from '$lib/sync/reads.ts';
import type { OutboxRow } from '$lib/sync/store/local.ts';
import type { Draft } from '$lib/sync/store/types.ts';
import { queueAllDrafts } from '$lib/sync/typing.ts';
import { people, type Person } from '../world/exchange.ts';
import { acts } from './acts.ts';
import { FuzzDevice } from './device.ts';
import { FuzzExchange } from './exchange.ts';
import { Ledger } from './ledger.ts';
import { judge } from './oracle.ts';
import { describeStep, deviceNames, type DeviceName, type Step } from './plan.ts';
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
	readonly onDisk: Readonly<Record<string, number>>;
};

export type Ending = { readonly found: readonly string[]; readonly trace: readonly string[] };

const owners: Readonly<Record<DeviceName, Person>> = {
	'tu-phone': people.batu,
	'tu-tablet': people.batu,
	'lan-phone': people.chilan,
	'minh-desk': people.anhminh
};
/** RxDB opens sixteen collections a process: two devices at a time, the others lie in a drawer. */
const mostAwake = 2;
const mostPasses = 6;
const mostRounds = 12;

const realNow = Date.now;
/** A clock that no device can move. */
const serverNow = (): string => new Date(performance.timeOrigin + performance.now()).toISOString();

/** One world with four devices, from its first step to the verdict. */
export class Story {
	readonly ledger = new Ledger();
	readonly trace: string[] = [];
	/** What was on sale before the story: written and submitted, so at its second version. */
	readonly first = new Map<string, ListingContent>();
	readonly #devices: Map<DeviceName, FuzzDevice>;
	#awake: FuzzDevice[] = [];
	#number = 0;

	private constructor(
		readonly exchange: FuzzExchange,
		id: string
	) {
		this.#devices = new Map(
			deviceNames.map((name, at) => [
				name,
				new FuzzDevice(name, id, owners[name], exchange, this.ledger, 1_000 + at)
			])
		);
	}

	/** Tells a story and judges its end. */
	static async tell(
		steps: readonly Step[],
		options: { id: string; sabotage?: Sabotage | null }
	): Promise<Ending> {
		const exchange = await FuzzExchange.open(options.sabotage ?? null, serverNow);
		const story = new Story(exchange, options.id);
		try {
			const { id, content } = await exchange.world.sells(people.batu);
			story.first.set(id, content);
			for (const step of steps) {
				await story.#take(step);
				if (story.ledger.broken.length > 0) break;
			}
			const found = await judge(story, await story.#heal());
			return { found, trace: story.trace };
		} finally {
			Date.now = realNow;
			for (const device of story.#devices.values()) await device.kill();
			await exchange.close();
		}
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
		const device = this.#devices.get(step.on);
		if (!device) throw new Error(`no device ${step.on}`);
		await this.#wake(device);
		const said = await acts[step.act](this, device, new Random(step.seed));
		this.trace.push(`${describeStep(step)} [${device.person.userName}] ${said}`);
		if (device.awake) await this.#look(device);
	}

	async #wake(device: FuzzDevice): Promise<void> {
		if (device.awake) {
			this.#awake = [...this.#awake.filter((other) => other !== device && other.awake), device];
			return;
		}
		this.#awake = this.#awake.filter((other) => other.awake);
		while (this.#awake.length >= mostAwake) await this.#awake.shift()?.sleep();
		if (device.wire.cookie.kind === 'nobody') device.wire.cookie = { kind: 'person', person: device.person };
		await device.wake();
		this.#awake.push(device);
	}

	/** sync 3: what a person asked for stays on the screen, whatever the moment one looks. */
	async #look(device: FuzzDevice): Promise<void> {
		const { store, person } = device;
		const own = [...this.ledger.made.values()].filter(
			(made) => made.store === store.name && !made.givenUp && made.left?.state !== 'refused'
		);
		const here = async (name: 'orders' | 'mine') =>
			`user:${person.id}` in ((await store.local.pulls.get(name))?.positions ?? {});
		if (await here('orders')) {
			const actor = await this.exchange.world.actorNow(person, this.exchange.now());
			const shown = new Set((await readOrders(store, actor)).map((view) => view.id));
			for (const { command } of own)
				if (command.name === 'order.place' && !shown.has(command.input.orderId) && (await here('orders')))
					this.ledger.broken.push(`sync 3: ${device.name}: order ${command.input.orderId} disappeared`);
		}
		if (await here('mine')) {
			const shown = new Set((await readMyListings(store)).map((view) => view.id));
			for (const { command } of own) {
				if (command.name !== 'listing.submit' || this.ledger.thrownAway.has(command.input.listingId))
					continue;
				if (!shown.has(command.input.listingId) && (await here('mine')))
					this.ledger.broken.push(`sync 3: ${device.name}: listing ${command.input.listingId} disappeared`);
			}
		}
	}

	/** No faults, everybody signed in and online, until nobody has anything to say. */
	async #heal(): Promise<Snapshot[]> {
		const { exchange } = this;
		for (const id of exchange.locked)
			for (const person of Object.values(people))
				if (person.id === id) await exchange.lockAccount(person, false);
		for (const device of this.#devices.values()) {
			await device.settle();
			await Promise.all(device.wire.late);
			await device.sleep();
		}
		await exchange.commitSlowWrite();
		let snapshots: Snapshot[] = [];
		for (let pass = 0; pass < mostPasses; pass += 1) {
			const before = this.#pushes();
			snapshots = [];
			for (const device of this.#devices.values())
				for (const person of [...device.residents.values()])
					snapshots.push(await this.#healStore(device, person));
			if (this.#pushes() === before && pass > 0) break;
		}
		return snapshots;
	}

	#pushes(): number {
		return [...this.#devices.values()].reduce((sum, device) => sum + device.wire.old.length, 0);
	}

	async #healStore(device: FuzzDevice, person: Person): Promise<Snapshot> {
		device.person = person;
		device.wire.cookie = { kind: 'person', person };
		device.wire.online = true;
		device.wire.trouble = null;
		await device.wake();
		const { store } = device;
		for (const photo of await store.local.photos.toArray()) {
			await this.exchange.world.stores(person, photo.hash);
			await store.local.photos.update(photo.hash, { state: 'stored' });
		}
		await device.checkSession();
		for (let round = 0; round < mostRounds; round += 1) {
			await queueAllDrafts(store, device.here);
			device.wait(60_000);
			device.sync();
			await device.settle();
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
	const onDisk: Record<string, number> = {};
	for (const name of collectionNames) {
		docs[name] = (await store.docs[name].find().exec()).map((doc) => doc.toMutableJSON());
		onDisk[name] = await (await store.docs[name].storageInstance.internals).dexieTable.count();
	}
	return {
		name: `${device.name}/${person.userName}`,
		store: store.name,
		person,
		outbox: [...(await readWork(store)).rows],
		drafts: await readDrafts(store),
		docs,
		onDisk
	};
}
