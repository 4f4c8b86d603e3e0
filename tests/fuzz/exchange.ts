import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { endPost, givePost, lockBusiness } from '$lib/server/accounts/service.ts';
import { packCatalogue } from '$lib/server/catalogue/jobs.ts';
import { describeCatalogue, openPack } from '$lib/server/catalogue/service.ts';
import { roles } from '$lib/server/db/roles.ts';
import { transaction, type Tx } from '$lib/server/db/pool.ts';
import { isConnectionLoss } from '$lib/server/db/connection-loss.ts';
import { lockListingsOf } from '$lib/server/listings/queries.ts';
import { settleListings } from '$lib/server/listings/shelves.ts';
import { closeNeedsOf } from '$lib/server/needs/ending.ts';
import { compactFeed, readAnnounced, readHorizon } from '$lib/server/sync/queries.ts';
import { announceWatermark, beginEpoch, expectBackups } from '$lib/server/sync/epoch.ts';
import { pull } from '$lib/server/sync/pull.ts';
import { push } from '$lib/server/sync/push.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import { write } from '$lib/server/sync/write.ts';
import type { Audience } from '$lib/sync/protocol/collections.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import {
	pullRequest,
	pushRequest,
	type PullAnswer,
	type PushAnswer,
	type SessionAnswer
} from '$lib/sync/protocol/wire.ts';
import { Unreachable } from '$lib/sync/transport/session.ts';
import { businessOf, people, type Exchange, type Person } from '../world/exchange.ts';
import { bendRequest, servicesOf } from './bend.ts';
import type { Place } from './place.ts';
import type { Sabotage } from './sabotage.ts';
import { ticks } from './wire.ts';

/** Who a device's cookie speaks for. */
export type Cookie =
	| { readonly kind: 'person'; readonly person: Person }
	| { readonly kind: 'ended'; readonly why: 'expired' | 'ended' | 'revoked' | 'locked' }
	| { readonly kind: 'nobody' };

/** The input of a command as the exchange first carried it out. */
export type Applied = {
	readonly id: string;
	readonly version: number;
	readonly name: string;
	readonly input: unknown;
};

/** What the model of the exchange was when it was laid aside. */
type Backup = {
	readonly officers: readonly string[];
	readonly locked: readonly string[];
	readonly overNeeds: readonly string[];
	readonly sellerLocked: boolean;
};

export const office = 'so-nnmt';

/** The real receiver of the story: what HTTP and cookies would add is here in a few lines. */
export class FuzzExchange {
	readonly applied = new Map<string, Applied>();
	/** Faults of a service, which a story without bugs has none of. */
	readonly faults: string[] = [];
	/** The model of posts: who works in the office now. */
	readonly officers = new Set<string>([people.anhminh.id, people.chihanh.id]);
	readonly locked = new Set<string>();
	/** What those looked for who were locked since. */
	readonly overNeeds = new Set<string>();
	/** Notices that slow writers sent, and to whom: no service has made them, so no table knows them. */
	readonly sentNotices = new Map<string, string>();
	sellerLocked = false;
	/** Another map after each change: what was asked before it must not be found after it. */
	#actors = new Map<string, Actor>();
	#slow: { readonly commit: () => void; readonly done: Promise<void> } | null = null;

	readonly #held: { steps: number; readonly arrive: () => Promise<unknown> }[] = [];
	readonly #answering = new Set<Promise<unknown>>();
	/** Connections are breaking: a request that dies with its own is no fault, until the step ends. */
	#breaking = false;
	#down = false;
	#backup: Backup | null = null;
	epoch = '';
	/** How often a command was carried out, one given back after a restore again, and how often packs were. */
	changes = 0;
	/** Packs were made at least once. */
	packed = false;
	/** The exchange went back to a backup: what came after is what devices still have of it. */
	restored = false;

	private constructor(
		readonly place: Place,
		readonly sabotage: Sabotage | null,
		readonly now: () => string
	) {}

	get world(): Exchange {
		return this.place.world;
	}

	/** The place as it was at first, with no story in it yet. */
	static async open(place: Place, sabotage: Sabotage | null, now: () => string): Promise<FuzzExchange> {
		await place.clear();
		place.photos.sabotage = sabotage;
		if (sabotage === 'no horizon')
			await place.shelf.run(`create or replace function feed_horizon() returns bigint language sql stable as
				$$ select 9000000000000 $$`);
		const exchange = new FuzzExchange(place, sabotage, now);
		await exchange.#readEpoch();
		return exchange;
	}

	/** The model of who may see what, apart from the one under test. A role is not a post: it outlives it. */
	audiences(person: Person): Audience[] {
		return [
			'public',
			`user:${person.id}`,
			...(this.officers.has(person.id) ? [`agency:${office}` as const] : []),
			...person.roles.map((role): Audience => `role:${role}`)
		];
	}

	async #caller(cookie: Cookie): Promise<Caller> {
		if (cookie.kind === 'nobody') return { kind: 'nobody' };
		if (cookie.kind === 'ended') return { kind: 'ended', why: cookie.why };
		if (this.locked.has(cookie.person.id)) return { kind: 'ended', why: 'locked' };
		return { kind: 'actor', actor: await this.actor(cookie.person), sessionId: 'session' };
	}

	/** Who a person is now. Asked once after each change of what decides it: it is half the work of a request. */
	async actor(person: Person): Promise<Actor> {
		const actors = this.#actors;
		const known = actors.get(person.id);
		if (known) return known;
		const actor = await this.world.actorNow(person, this.now());
		actors.set(person.id, actor);
		return actor;
	}

	async session(cookie: Cookie): Promise<SessionAnswer> {
		return this.#answered('session', () => this.#session(cookie));
	}

	async #session(cookie: Cookie): Promise<SessionAnswer> {
		const caller = await this.#caller(cookie);
		if (caller.kind === 'ended') return { outcome: 'session', session: caller.why } as const;
		if (caller.kind === 'nobody') return { outcome: 'nobody', serverTime: this.now() } as const;
		return { outcome: 'actor', actor: caller.actor, serverTime: this.now(), epoch: this.epoch } as const;
	}

	async pull(cookie: Cookie, request: unknown): Promise<PullAnswer> {
		return this.#answered('pull', async () =>
			pull(this.world.db, await this.#caller(cookie), pullRequest.parse(request), this.now())
		);
	}

	async push(cookie: Cookie, request: unknown): Promise<PushAnswer> {
		const read = pushRequest.parse(request);
		await bendRequest(this.place, this.sabotage, read);
		const observe = (name: string, _: string, error?: unknown) => {
			if (error) this.#note(name, error);
		};
		const deviceTime = read.commands[0]?.deviceTime ?? this.now();
		const now = this.sabotage === "device's clock" ? () => deviceTime : this.now;
		const deps = { db: this.world.db, dispatch: servicesOf(this.sabotage), now, observe };
		const answer = await this.#answered('push', async () => push(deps, await this.#caller(cookie), read));
		if (answer.outcome === 'answers')
			for (const own of answer.answers) {
				const wire = read.commands.find((command) => command.id === own.id);
				if (own.outcome === 'applied') this.changes += 1;
				if (wire && (own.outcome === 'applied' || own.outcome === 'duplicate'))
					this.applied.set(own.id, { id: own.id, version: own.version, name: wire.name, input: wire.input });
			}
		return answer;
	}

	/** A fault is no answer to the device; one that the story did not cause is a bug. */
	async #answered<T>(name: string, work: () => Promise<T>): Promise<T> {
		if (this.#down) throw new Unreachable('the exchange is down');
		const answer = work();
		this.#answering.add(answer);
		try {
			return await answer;
		} catch (error) {
			this.#note(name, error);
			throw new Unreachable('the exchange failed', { cause: error });
		} finally {
			this.#answering.delete(answer);
		}
	}

	#note(name: string, error: unknown): void {
		if (this.#breaking && isConnectionLoss(error)) return;
		this.faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
	}

	/** A request that lies somewhere on the way for some steps and arrives in the middle of another. */
	hold(steps: number, arrive: () => Promise<unknown>): void {
		this.#held.push({ steps, arrive });
	}

	/** A step begins: what is due arrives while it goes on. Resolves when all of that is dealt with. */
	async arrivals(all = false): Promise<void> {
		this.#breaking = false;
		for (const held of this.#held) held.steps -= 1;
		const due = this.#held.filter((held) => all || held.steps <= 0);
		this.#held.splice(0, Infinity, ...this.#held.filter((held) => !due.includes(held)));
		await Promise.allSettled(due.map((held) => held.arrive()));
	}

	/**
	 * The program is ended and started again: every connection breaks, and every transaction with it. Resolves when all
	 * are gone and this process has heard of it, so that whatever breaks does so in this step, on a busy machine too.
	 */
	async restart(): Promise<void> {
		this.#breaking = true;
		await this.place.shelf.endAll(roles.login);
		// Each backend has closed its end by now; this one notices within a few turns of the event loop.
		await ticks(20);
	}

	/** A copy of everything, and the word to all devices that what is below the watermark is safe (sync 13). */
	async backup(): Promise<void> {
		// As the program does before its first copy: one put back twice says it as well.
		await expectBackups(this.world.owner);
		const horizon = await this.place.shelf.keep('backup');
		const { officers, locked, overNeeds, sellerLocked } = this;
		this.#backup = {
			...{ officers: [...officers], locked: [...locked], overNeeds: [...overNeeds] },
			sellerLocked
		};
		await announceWatermark(this.world.owner, horizon);
	}

	/** The database is lost, and the backup takes its place. False when there is none. */
	async restore(): Promise<boolean> {
		const backup = this.#backup;
		if (!backup) return false;
		this.#down = true;
		await this.restart();
		await this.commitSlowWrite();
		await Promise.allSettled(this.#answering);
		await this.place.shelf.bring('backup');
		this.officers.clear();
		for (const id of backup.officers) this.officers.add(id);
		this.locked.clear();
		for (const id of backup.locked) this.locked.add(id);
		this.overNeeds.clear();
		for (const id of backup.overNeeds) this.overNeeds.add(id);
		this.sellerLocked = backup.sellerLocked;
		this.#actors = new Map();
		await this.#readEpoch();
		if (this.sabotage !== 'same epoch')
			await beginEpoch(this.world.owner, { from: this.epoch, now: this.now(), why: 'a story' });
		await this.#readEpoch();
		this.restored = true;
		this.#down = false;
		return true;
	}

	/** After a restore the exchange waits for what devices give back; now it has waited long enough. */
	async everybodyIsBack(): Promise<void> {
		await this.place.shelf.run(`update exchange set restored_at = restored_at - interval '1 year'`);
		this.changes += 1;
	}

	/** The night job, with no patience: tombstones go as soon as they may. */
	async compact(): Promise<void> {
		await transaction(this.world.db, 'system:retention', (tx) => compactFeed(tx, this.now(), '0 seconds'));
		if (this.sabotage === 'no floor') await this.place.shelf.run('delete from sync_floors');
	}

	/** The job that packs the catalogue. Devices that wait for one of them have something to ask for again. */
	async packGoods(): Promise<void> {
		this.packed = true;
		const { changes } = await packCatalogue(this.world.db, this.now());
		if (changes > 0) this.changes += 1;
	}

	manifest(): Promise<PackManifest | null> {
		return this.#answered('manifest', async () => {
			const manifest = await describeCatalogue(this.world.db, this.now());
			if (this.sabotage !== 'packs too new' || manifest.packs.length === 0) return manifest;
			const since = await readHorizon(this.world.db);
			return { ...manifest, position: { version: since - 1, id: '', since } };
		});
	}

	pack(hash: string): Promise<ArrayBuffer | null> {
		return this.#answered('pack', async () => {
			const body = await openPack(this.world.db, hash);
			return body && new Uint8Array(body).buffer;
		});
	}

	async changePost(person: Person): Promise<void> {
		const { id: accountId, name: publicName } = person;
		const by = { actorId: 'system:test', now: this.now() };
		if (this.officers.has(accountId)) {
			await write(this.world.db, by, (ctx) => endPost(ctx, { accountId, agencyId: office }));
			this.officers.delete(accountId);
		} else {
			await write(this.world.db, by, (ctx) =>
				givePost(ctx, { accountId, agencyId: office, role: 'officer', publicName })
			);
			this.officers.add(accountId);
		}
		if (this.sabotage !== 'old posts') this.#actors = new Map();
	}

	async lockSeller(person: Person): Promise<void> {
		await write(this.world.db, { actorId: 'system:test', now: this.now() }, (ctx) =>
			lockBusiness(ctx, { businessId: businessOf(person), by: { id: null, name: 'Quản trị' } })
		);
		this.sellerLocked = true;
		this.#actors = new Map();
	}

	/** As a measure does and its end, without the file of one: nothing of a person who may not act is public meanwhile. */
	async lockAccount(person: Person, locked: boolean): Promise<void> {
		const state = locked ? 'locked' : 'active';
		await write(this.world.db, { actorId: 'system:test', now: this.now() }, async (ctx) => {
			await ctx.tx`update accounts set state = ${state} where id = ${person.id}`;
			// Before the goods, in the order of a measure.
			if (locked && this.sabotage !== 'lasting needs') await closeNeedsOf(ctx, person.id, null);
			const goods = await lockListingsOf(ctx.tx, businessOf(person));
			await settleListings(
				ctx,
				goods.map(({ id }) => id)
			);
		});
		if (locked) {
			this.locked.add(person.id);
			await this.#noteNeedsOf(person);
		} else this.locked.delete(person.id);
	}

	/** TG-9.2: all that a locked person looked for is over from now on. */
	async #noteNeedsOf(person: Person): Promise<void> {
		const rows = await transaction(
			this.world.db,
			'system:test',
			(tx) => tx<{ id: string }[]>`select id from needs where buyer_id = ${person.id}`
		);
		for (const { id } of rows) this.overNeeds.add(id);
	}

	async #readEpoch(): Promise<void> {
		// In a transaction, which a connection that was just ended does not spoil.
		this.epoch = (await transaction(this.world.db, 'system:test', readAnnounced)).epoch;
	}

	async newEpoch(): Promise<void> {
		await this.world.owner`update exchange set epoch = gen_random_uuid()`;
		await this.#readEpoch();
	}

	/** A transaction that takes its place in the feed now and commits when it is told to; another overtakes it. */
	async beginSlowWrite(person: Person, slowId: string, quickId: string): Promise<void> {
		if (this.#slow) return this.commitSlowWrite();
		for (const id of [slowId, quickId]) this.sentNotices.set(id, person.id);
		const { db } = this.world;
		const publish = (tx: Tx, id: string) => {
			const doc = { id, kind: 'order_new', subjectId: id, facts: {}, at: this.now(), readAt: null };
			return tx`select feed_publish('notifications', ${id}, array[${`user:${person.id}`}],
				array[${JSON.stringify(doc)}]::text[]::jsonb[])`;
		};
		let commit: () => void = () => undefined;
		let began: () => void = () => undefined;
		const begun = new Promise<void>((resolve) => (began = resolve));
		const told = new Promise<void>((resolve) => (commit = resolve));
		const done = transaction(db, 'system:test', async (tx) => {
			await tx`select pg_current_xact_id()`;
			began();
			await told;
			await publish(tx, slowId);
		});
		// Postgres ends one that idles for too long; nothing of it was promised to anybody.
		this.#slow = { commit, done: done.catch(() => undefined) };
		await Promise.race([begun, this.#slow.done]);
		await transaction(db, 'system:test', (tx) => publish(tx, quickId));
	}

	async commitSlowWrite(): Promise<void> {
		const slow = this.#slow;
		this.#slow = null;
		slow?.commit();
		await slow?.done;
	}

	async close(): Promise<void> {
		await this.commitSlowWrite();
		await this.arrivals(true);
		if (this.sabotage === 'no horizon') await this.place.restoreHorizon();
	}
}
