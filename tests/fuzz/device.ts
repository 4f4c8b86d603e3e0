import { freePhotos } from '$lib/sync/blobs/photos.ts';
import { SyncEngine } from '$lib/sync/engine/engine.ts';
import type { Here } from '$lib/sync/outbox/drafts.ts';
import { markWaiting } from '$lib/sync/outbox/outbox.ts';
import { tryQuarantinedOnce } from '$lib/sync/outbox/quarantine.ts';
import { listingsOf } from '$lib/sync/fold/mine.ts';
import { readDocs } from '$lib/sync/reads.ts';
import { databasesOf, openStore, type Store } from '$lib/sync/store/store.ts';
import { deleteDatabase } from '$lib/sync/recovery/raw-store.ts';
import { queueAllDrafts } from '$lib/sync/typing.ts';
import type { Person } from '../world/exchange.ts';
import { Drawer } from './drawer.ts';
import type { FuzzExchange } from './exchange.ts';
import type { Ledger } from './ledger.ts';
import { owners, type DeviceName } from './plan.ts';
import { Random } from './random.ts';
import { Wire } from './wire.ts';

type Life = { readonly store: Store; alive: boolean };

/** One phone or computer: its disk (IndexedDB by name), its line, its clock, and its life while it is on. */
export class FuzzDevice {
	readonly wire: Wire;
	readonly here: Here;
	/** Whose store is open, or was when the device was put away. */
	person: Person;
	/** Everybody who has a store on this disk. */
	readonly residents = new Map<string, Person>();
	readonly #drawer = new Drawer();
	#skewMs = 0;
	#uptime = 0;
	#life: Life | null = null;
	#engine: SyncEngine | null = null;
	#running: Promise<void> | null = null;
	readonly #random: Random;

	constructor(
		readonly name: DeviceName,
		/** Tells the disks of several stories in one process apart. */
		readonly story: string,
		owner: Person,
		readonly exchange: FuzzExchange,
		readonly ledger: Ledger
	) {
		this.person = owner;
		this.wire = new Wire(exchange, ledger, { kind: 'person', person: owner });
		this.#random = new Random(Object.keys(owners).indexOf(name) + 1_000);
		this.here = {
			now: () => new Date(Date.parse(exchange.now()) + this.#skewMs).toISOString(),
			newId: () => this.#random.uuid()
		};
	}

	get awake(): boolean {
		return this.#life !== null;
	}

	get busy(): boolean {
		return this.#running !== null;
	}

	get store(): Store {
		if (!this.#life) throw new Error(`${this.name} sleeps`);
		return this.#life.store;
	}

	get engine(): SyncEngine {
		if (!this.#engine) throw new Error(`${this.name} sleeps`);
		return this.#engine;
	}

	/** Before the names of its stores. */
	get prefix(): string {
		return `${this.story}-${this.name}`;
	}

	storeName(person: Person): string {
		return `${this.prefix}-${person.id}`;
	}

	jump(ms: number): void {
		this.#skewMs = ms;
	}

	wait(ms: number): void {
		this.#uptime += ms;
	}

	/** Opens the person's store as the first tab does. */
	async wake(): Promise<void> {
		if (this.#life) return;
		const { person, ledger, exchange } = this;
		const store = await openStore({
			userId: person.id,
			multiInstance: false,
			prefix: this.prefix
		});
		const name = this.storeName(person);
		this.residents.set(person.id, person);
		this.#drawer.keep(name);
		const hooks = store.local.outbox;
		if (exchange.sabotage === 'short memory') await hooks.where('state').equals('waiting').delete();
		hooks.hook('creating', (_, row) => ledger.put(name, person.id, row));
		hooks.hook('deleting', (_, row) => ledger.left(row));
		if (exchange.sabotage === 'thawed rows') await hooks.toCollection().modify({ exported: false });
		if (exchange.sabotage === 'no purge')
			for (const collection of Object.values(store.docs.collections))
				collection.storageInstance.cleanup = () => Promise.resolve(true);
		if (exchange.sabotage === 'forgotten words') await store.docs.drafts.find().remove();
		const life: Life = { store, alive: true };
		this.#life = life;
		this.#engine = this.#newEngine(life);
		await queueAllDrafts(store, this.here);
		await freePhotos(store, this.here.now());
		await markWaiting(store.local);
		await tryQuarantinedOnce(store.local);
	}

	/** Starts a round; `settle` waits for it. A second one joins the first. */
	sync(): void {
		const life = this.#life;
		if (!life || this.#running) return;
		this.#running = this.#round(life)
			.catch((error: unknown) => {
				if (life.alive) this.ledger.broken.push(`${this.name}: a round failed: ${String(error)}`);
			})
			.finally(() => (this.#running = null));
	}

	/** A second tab that takes itself for the leader: its round runs beside the first one's, on the same store. */
	async syncTwice(): Promise<void> {
		const life = this.#life;
		if (!life) return;
		this.sync();
		await markWaiting(life.store.local);
		await Promise.all([this.#newEngine(life).syncNow(), this.settle()]);
	}

	/** The engine as a leading tab runs it, with its own timers and the exchange's pokes, while something happens. */
	async live(happens: () => Promise<unknown>, requests: number): Promise<void> {
		const life = this.#life;
		if (!life) return;
		const patience = () => new Promise<void>((resolve) => setTimeout(resolve, 250));
		const engine = this.#newEngine(life);
		await engine.start();
		await Promise.race([this.wire.afterHops(2 * requests), patience()]);
		await happens();
		await Promise.race([this.wire.afterHops(2 * requests), patience()]);
		await engine.stop();
	}

	/** A leading tab is frozen, another takes the lead; the first goes on and does not know yet (sync 14). */
	async thaw(): Promise<void> {
		const life = this.#life;
		if (!life) return;
		const { local } = life.store;
		let over = false;
		const frozen = this.#newEngine(life, () => {
			if (over) this.ledger.broken.push(`sync 14: ${this.name}: a tab asked although another leads`);
		});
		const leading = this.#newEngine(life);
		await frozen.start();
		await frozen.syncNow();
		const term = (await local.state.get('this'))?.term;
		await leading.start();
		if (this.exchange.sabotage === 'same term') await local.state.update('this', { term });
		// What was under way when the lead was taken may end.
		await frozen.round();
		over = true;
		await frozen.syncNow();
		await leading.syncNow();
		await leading.stop();
		await frozen.stop();
	}

	#newEngine(life: Life, asks?: () => void): SyncEngine {
		return new SyncEngine({
			store: life.store,
			transport: this.wire.transport(() => life.alive, asks),
			here: this.here,
			uptime: () => this.#uptime,
			random: () => this.#random.next(),
			fault: (error) => {
				if (life.alive) this.ledger.broken.push(`${this.name}: a round failed: ${String(error)}`);
			}
		});
	}

	async #round({ store }: Life): Promise<void> {
		const { sabotage } = this.exchange;
		const { outbox, photos } = store.local;
		if (sabotage === 'photos forgotten')
			await photos.where('state').equals('on_device').modify({ state: 'stored' });
		await this.engine.syncNow();
		if (sabotage === 'silence is consent') await outbox.filter((row) => row.sent).delete();
		if (sabotage === 'early release') await outbox.where('state').equals('acknowledged').delete();
	}

	async settle(): Promise<void> {
		await this.#running;
	}

	/** Asks who is signed in, as a start and a sign-in do; the line may be down. */
	async checkSession(): Promise<void> {
		await this.engine.checkSession().catch((error: unknown) => {
			if (!(error instanceof Error && error.name === 'Unreachable')) throw error;
		});
	}

	/** The process ends in the middle of whatever it does. */
	async kill(): Promise<void> {
		const life = this.#life;
		if (!life) return;
		life.alive = false;
		this.#life = null;
		await life.store.close();
		await this.#running;
		this.#running = null;
	}

	/** While it sleeps: this person's store is gone for good, whatever was in it. */
	async breakDown(person: Person): Promise<void> {
		await this.#drawer.letGo(this.storeName(person));
		const gone = await Promise.all(databasesOf(person.id, this.prefix).all.map(deleteDatabase));
		if (gone.includes(false)) throw new Error(`${this.name} holds its store open`);
		this.residents.delete(person.id);
	}

	/** The story has ended. */
	async putAway(): Promise<void> {
		await this.kill();
		await this.#drawer.close();
	}

	/** Ends in good order. */
	async sleep(): Promise<void> {
		await this.settle();
		await this.kill();
	}

	/** Takes this person's store off the disk, after a sign-out. */
	async wipe(): Promise<void> {
		await this.settle();
		const life = this.#life;
		if (!life) return;
		life.alive = false;
		this.#life = null;
		await this.#drawer.letGo(life.store.name);
		await life.store.wipe();
		this.ledger.wipe(life.store.name);
		this.residents.delete(this.person.id);
	}

	/** The listings of this person as the device knows them, oldest id order of the story. */
	async mine() {
		return [...listingsOf(await readDocs(this.store, 'mine')).values()].map((doc) => doc.data);
	}
}
