import { liveQuery } from 'dexie';
import { collectionNames, type CollectionName } from '../protocol/collections.ts';
import { sameValue } from '../fold/merge.ts';
import type { PullAnswer, PushAnswer, SessionAnswer } from '../protocol/wire.ts';
import type { Here } from '../outbox/drafts.ts';
import { forgetKept, setAside } from './kept.ts';
import { markWaiting } from '../outbox/outbox.ts';
import { tryQuarantinedOnce } from '../outbox/quarantine.ts';
import { isInTerm, takeLead } from '../outbox/term.ts';
import type { Follows, SessionState } from '../store/types.ts';
import type { OutboxRow, PullRow, StateRow } from '../store/local.ts';
import type { Store } from '../store/store.ts';
import type { Transport } from '../transport/transport.ts';
import { Backoff } from './backoff.ts';
import { CataloguePull } from './packs.ts';
import { pullCollection } from './pull.ts';
import { pushBatch } from './push.ts';
import { rebaseDrafts, releaseAcknowledged } from './release.ts';
import { applySession, applySessionEnd, finishWipe, forgetAfterLongExpiry } from './session.ts';
import { ShortLines } from './short-lines.ts';

export type EngineOptions = {
	readonly store: Store;
	readonly transport: Transport;
	readonly here: Here;
	/** Milliseconds that only ever grow, whatever the device's clock does. */
	readonly uptime?: () => number;
	readonly random?: () => number;
	/** Told of a fault of our own; the round is tried again. */
	readonly fault?: (error: unknown) => void;
};

const slowPollMs = 60_000;
const releasedKeptMs = 10_000;
const waitedForMs = 1_500;
const strandedAfterMs = 60_000;
const besideAtMost = 3;

/** Sessions with which nothing may be asked or sent until the person signs in again. */
const stopped: readonly SessionState[] = ['expired', 'ended', 'locked', 'revoked', 'wrong_user'];

/** How a round ended: with the server's answers, without any, or not begun because of the session. */
export type RoundEnd = 'done' | 'unreachable' | 'stopped';

/**
 * The device's side of the protocol. One tab runs it; every fact it learns is stored, so that other tabs and
 * the next start see the same. `round` does one exchange and is all there is to test; `start` repeats it.
 */
export class SyncEngine {
	readonly #store: Store;
	readonly #transport: Transport;
	readonly #catalogue: CataloguePull;
	readonly #here: Here;
	readonly #uptime: () => number;
	readonly #fault: (error: unknown) => void;
	readonly #backoff: Backoff;
	readonly #random: () => number;
	readonly #paused = new Map<string, number>();
	readonly #releasedAt = new Map<number, number>();
	/** Commands that another tab has under way, with when this one saw it first. */
	readonly #strangers = new Map<number, number>();
	readonly #wanted = new Set<CollectionName>();
	readonly #lines = new ShortLines();
	#stops: (() => void)[] = [];
	#stopListening: () => void = () => undefined;
	#running: Promise<RoundEnd> | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#askAll: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;
	#again = false;
	/** The term this engine leads in; null while it does not lead. */
	#term: number | null = null;
	/** The catalogue has more to bring at once; what waits to go out has its turn in between. */
	#unfinished = false;

	constructor(options: EngineOptions) {
		this.#store = options.store;
		this.#transport = options.transport;
		this.#catalogue = new CataloguePull(options.store, options.transport);
		this.#here = options.here;
		this.#uptime = options.uptime ?? (() => performance.now());
		this.#fault = options.fault ?? (() => undefined);
		this.#random = options.random ?? Math.random;
		this.#backoff = new Backoff(this.#random);
	}

	/** Starts syncing until `stop`. What an earlier tab left half sent goes out again under its old id. */
	async start(): Promise<void> {
		const { local } = this.#store;
		// Together: at a start many wait for the store, and each turn of it that writes holds all of them up.
		this.#term = await local.transaction('rw', local.state, local.outbox, async () => {
			const term = await takeLead(local);
			await markWaiting(local);
			await tryQuarantinedOnce(local);
			return term;
		});
		const outbox = liveQuery(() =>
			this.#store.local.outbox.where('state').equals('waiting').primaryKeys()
		).subscribe({ next: (keys) => void (keys.length > 0 && this.#soon()) });
		const photosDone = liveQuery(() =>
			this.#store.local.photos.where('state').notEqual('on_device').count()
		).subscribe({ next: () => this.#soon() });
		let signedIn = false;
		let followed: Follows | null | undefined;
		const session = liveQuery(() => this.#store.readState()).subscribe({
			next: (state) => {
				// A sign-in, maybe in another tab: listen with the new session and ask for everything.
				if (state.session === 'signed_in' && !signedIn) this.#listen();
				signedIn = state.session === 'signed_in';
				// Followed in any tab: what is missing now is brought by the one that syncs.
				const follows = state.follows ?? null;
				if (followed !== undefined && !sameValue(followed, follows)) this.want(['listings']);
				followed = follows;
			}
		});
		const poll = setInterval(() => this.want(collectionNames), slowPollMs);
		const online = () => {
			this.#backoff.reset();
			this.want(collectionNames);
		};
		if (typeof window !== 'undefined') window.addEventListener('online', online);
		this.#stops = [
			() => outbox.unsubscribe(),
			() => photosDone.unsubscribe(),
			() => session.unsubscribe(),
			() => this.#stopListening(),
			() => clearTimeout(this.#askAll),
			() => clearInterval(poll),
			() => typeof window !== 'undefined' && window.removeEventListener('online', online),
			() => clearTimeout(this.#timer)
		];
		this.#listen();
		this.want(collectionNames);
	}

	#listen(): void {
		if (this.#stops.length === 0) return;
		this.#stopListening();
		this.#stopListening = this.#transport.events({
			// `*` is what a cut line or an overlong list becomes: nobody knows what changed.
			poke: (poke) => this.want(poke.audience === '*' ? collectionNames : poke.collections),
			connected: (connected) => {
				if (connected) {
					this.#backoff.reset();
					// What happened while the stream was down is asked for.
					const wait = this.#lines.connected(this.#uptime());
					clearTimeout(this.#askAll);
					if (wait === 0) this.want(collectionNames);
					else this.#askAll = setTimeout(() => this.want(collectionNames), wait);
				} else {
					this.#lines.cut(this.#uptime());
					// A lost stream may mean a lost server.
					this.want(['notifications']);
				}
			}
		});
		this.want(collectionNames);
	}

	/** Ends after the exchange under way. */
	async stop(): Promise<void> {
		for (const stop of this.#stops) stop();
		this.#stops = [];
		await this.#running?.catch(() => undefined);
		// It may lead again by now.
		if (this.#stops.length > 0) return;
		clearTimeout(this.#timer);
		this.#due = Infinity;
		this.#term = null;
	}

	/** Asks for collections to be pulled soon; unknown names are ignored. */
	want(collections: readonly string[]): void {
		for (const name of collectionNames) if (collections.includes(name)) this.#wanted.add(name);
		this.#soon();
	}

	/** Pushes and pulls everything now. */
	async syncNow(): Promise<RoundEnd> {
		for (const name of collectionNames) this.#wanted.add(name);
		await this.#running?.catch(() => undefined);
		const end = await this.round();
		// Only `#turn` looks at what came meanwhile.
		if (this.#again) this.#schedule(this.#backoff.pending);
		return end;
	}

	/** After a sign-in, or to find out who is signed in: asks, writes it down, says who it is. */
	async checkSession(): Promise<SessionAnswer> {
		const answer = await this.#transport.session();
		await applySession(this.#store, answer, Date.parse(this.#here.now()));
		if (answer.outcome !== 'session')
			await this.#store.changeState(this.#heard(await this.#store.readState(), answer.serverTime));
		return answer;
	}

	/** One exchange: out goes what may go, in comes what is wanted, settled commands are let go. */
	async round(): Promise<RoundEnd> {
		this.#running ??= this.#round().finally(() => (this.#running = null));
		return this.#running;
	}

	/** Another tab leads since this one was frozen: it has asked and written what this one still would. */
	#inTerm(): Promise<boolean> {
		return isInTerm(this.#store.local, this.#term);
	}

	/** What a round must know before it asks anything, in one transaction: a poke waits for it. */
	#look() {
		const { local } = this.#store;
		return local.transaction('r', local.state, local.outbox, local.pulls, async () => {
			const [inTerm, { session }, underWay, positions] = await Promise.all([
				this.#inTerm(),
				this.#store.readState(),
				local.outbox.where('state').anyOf('waiting', 'sending').count(),
				this.#positions()
			]);
			return { inTerm, session, busy: underWay > 0, positions };
		});
	}

	/** Of every collection at once. One that moves before its turn is noticed when its page is applied. */
	async #positions(): Promise<Positions> {
		const pulls = await this.#store.local.pulls.toArray();
		return new Map(pulls.map((row) => [row.collection, row.positions]));
	}

	async #round(): Promise<RoundEnd> {
		const { inTerm, session, busy, positions } = await this.#look();
		if (!inTerm) return 'stopped';
		if (session === 'expired') await forgetAfterLongExpiry(this.#store, Date.parse(this.#here.now()));
		if (this.#store.userId !== null && stopped.includes(session)) {
			await finishWipe(this.#store, session);
			return 'stopped';
		}
		try {
			if (busy) await this.#takeBackStranded();
			else this.#strangers.clear();
			// What a pull brings may set free commands that waited for their base, whose effects are to be pulled.
			for (let pass = 0; ; pass += 1) {
				const sent = busy || pass > 0 ? await this.#pushAll() : 0;
				if (sent === null) return 'stopped';
				if (sent === 0 && pass > 0 && !this.#unfinished) break;
				// Read just now, unless something was sent meanwhile.
				const at = busy || pass > 0 ? await this.#positions() : positions;
				if (!(await this.#pullWanted(at))) return 'stopped';
			}
			await this.#store.changeState({ reachable: true });
			this.#backoff.reset();
			return 'done';
		} catch (error) {
			if (!isUnreachable(error)) throw error;
			if (this.#store.local.isOpen()) await this.#store.changeState({ reachable: false });
			return 'unreachable';
		}
	}

	/**
	 * A tab that sent by hand beside this one and was closed has left commands under way that nobody else would send:
	 * whatever stays so for long goes out again under its id (sync 1).
	 */
	async #takeBackStranded(): Promise<void> {
		if (this.#term === null) return;
		const { local } = this.#store;
		const now = this.#uptime();
		const sending = await local.outbox.where('state').equals('sending').primaryKeys();
		for (const seq of this.#strangers.keys()) if (!sending.includes(seq)) this.#strangers.delete(seq);
		for (const seq of sending) if (!this.#strangers.has(seq)) this.#strangers.set(seq, now);
		const stranded = sending.filter((seq) => now - (this.#strangers.get(seq) ?? now) >= strandedAfterMs);
		if (stranded.length > 0) await markWaiting(local, stranded, this.#term);
	}

	/** How many commands went out; null when the answer stops the engine. */
	async #pushAll(): Promise<number | null> {
		for (let sent = 0; ;) {
			const now = this.#uptime();
			for (const [subject, until] of this.#paused) if (until <= now) this.#paused.delete(subject);
			const pushed = await pushBatch(
				this.#store,
				this.#transport,
				new Set(this.#paused.keys()),
				this.#here.now,
				{ random: this.#random, term: this.#term }
			);
			for (const [subject, ms] of pushed.paused) this.#paused.set(subject, now + ms);
			for (const name of pushed.touched) this.#wanted.add(name);
			if (pushed.answer && !(await this.#understood(pushed.answer))) return null;
			if (pushed.sent === 0) return sent;
			sent += pushed.sent;
		}
	}

	async #pullWanted(positions: Positions): Promise<boolean> {
		this.#unfinished = false;
		let later: number | null = null;
		for (const [turn, together] of this.#inTurn().entries()) {
			// Before the first the round has just looked.
			if (turn > 0 && !(await this.#inTerm())) return false;
			const left = new Set(together);
			// Taken off before: a poke that comes meanwhile may speak of what the answer does not hold yet.
			for (const name of together) this.#wanted.delete(name);
			try {
				for (const { collection, answer, againIn } of await this.#pullBeside(together, positions)) {
					if (answer && !(await this.#understood(answer))) return false;
					if (againIn === 0) this.#unfinished = true;
					else left.delete(collection);
					if (againIn !== null && againIn > 0) later = againIn;
				}
			} finally {
				for (const name of left) this.#wanted.add(name);
			}
		}
		if (later !== null) this.#laterFor(['listings'], later);
		await this.#settleOutbox();
		return true;
	}

	/** The few that a poke names are asked for beside each other; a whole reading takes one place at the server's gate. */
	#inTurn(): CollectionName[][] {
		const wanted = collectionNames.filter(
			(name) => this.#wanted.has(name) && (this.#store.userId !== null || publicCollections.includes(name))
		);
		// Nobody's few: what is needed first of a first sync.
		if (this.#store.userId === null) return [wanted];
		// A notice speaks of what comes with it: that is there first.
		const few = [
			...wanted.filter((name) => name !== 'listings' && name !== 'notifications'),
			...wanted.filter((name) => name === 'notifications')
		];
		if (few.length > besideAtMost || few.length < 2) return wanted.map((name) => [name]);
		return [few, ...(wanted.includes('listings') ? [['listings' as const]] : [])];
	}

	/** All have ended when this does: what an answer says of the session is acted on when nothing writes any more. */
	async #pullBeside(collections: readonly CollectionName[], positions: Positions) {
		const ended = await Promise.allSettled(
			collections.map(async (collection) =>
				collection === 'listings'
					? { collection, ...(await this.#catalogue.pull()) }
					: {
							collection,
							answer: await pullCollection(this.#store, this.#transport, collection, {
								at: positions.get(collection)
							}),
							againIn: null
						}
			)
		);
		return ended.map((one) => {
			if (one.status === 'rejected') throw one.reason;
			return one.value;
		});
	}

	/** False when the answer stops the engine; why is stored. */
	async #understood(answer: PullAnswer | PushAnswer): Promise<boolean> {
		const state = await this.#store.readState();
		if (this.#term !== null && state.term !== this.#term) return false;
		switch (answer.outcome) {
			case 'page':
			case 'answers':
				await this.#store.changeState(
					{
						...this.#heard(state, answer.serverTime),
						session: this.#store.userId === null ? 'nobody' : 'signed_in',
						expiredSince: null,
						mustUpgrade: false,
						watermark: answer.watermark ?? null
					},
					state
				);
				return true;
			case 'session':
				await applySessionEnd(this.#store, answer.session, Date.parse(this.#here.now()));
				return false;
			case 'wrong_user':
				await this.#store.changeState({ session: 'wrong_user', reachable: true });
				return false;
			case 'upgrade':
				await this.#store.changeState({ mustUpgrade: true, reachable: true });
				// What goes back into the outbox looks like new work: without a wait it would be sent at once, for ever.
				this.#backoff.next();
				return false;
			case 'retry':
				// It has too much to do: what is wanted stays wanted, and nothing wakes this device before.
				this.#backoff.hold(answer.afterMs);
				this.#schedule(answer.afterMs);
				return false;
		}
	}

	/** The server's clock is the one that counts; the difference is only shown (sync 12). */
	#heard({ clockSkewMs }: StateRow, serverTime: string): Pick<StateRow, 'clockSkewMs'> {
		const skew = Date.parse(this.#here.now()) - Date.parse(serverTime);
		const moved = clockSkewMs === null || Math.abs(clockSkewMs - skew) > 2_000;
		return { clockSkewMs: moved ? skew : clockSkewMs };
	}

	/** What the pull means for what is in the outbox, and for what is kept of it: read once, and mostly nothing. */
	async #settleOutbox(): Promise<void> {
		const { local } = this.#store;
		const [rows, kept] = await local.transaction('r', local.outbox, local.kept, () =>
			Promise.all([local.outbox.toArray(), local.kept.count()])
		);
		await this.#forgetReleased(rows);
		if (kept > 0) await forgetKept(this.#store);
		await rebaseDrafts(this.#store, this.#here, rows);
		this.#laterFor(await releaseAcknowledged(this.#store, this.#here, rows));
	}

	/**
	 * Released commands leave the outbox a little later: another tab may still hold documents read before the
	 * pull, and would show the order gone for a moment (sync 3).
	 */
	async #forgetReleased(rows: readonly OutboxRow[]): Promise<void> {
		const now = this.#uptime();
		for (const { seq } of rows.filter((row) => row.released)) {
			const since = this.#releasedAt.get(seq) ?? now;
			this.#releasedAt.set(seq, since);
			if (now - since < releasedKeptMs) continue;
			await setAside(this.#store, seq);
			this.#releasedAt.delete(seq);
		}
	}

	/** A long transaction holds the horizon back: ask again soon, a poke will usually be faster. */
	#laterFor(collections: readonly CollectionName[], ms: number = waitedForMs): void {
		if (collections.length === 0) return;
		for (const name of collections) this.#wanted.add(name);
		this.#schedule(ms);
	}

	#soon(): void {
		if (this.#stops.length === 0) return;
		if (this.#running) this.#again = true;
		else this.#schedule(this.#backoff.pending);
	}

	/** One timer, the earliest wish wins: constant typing must not put a retry off for ever. */
	#schedule(ms: number): void {
		const due = this.#uptime() + ms;
		if (this.#stops.length === 0 || due >= this.#due) return;
		clearTimeout(this.#timer);
		this.#due = due;
		this.#timer = setTimeout(() => void this.#turn(), ms);
	}

	async #turn(): Promise<void> {
		this.#again = false;
		this.#due = Infinity;
		const end = await this.round().catch((error: unknown) => {
			this.#fault(error);
			return 'failed' as const;
		});
		if (end === 'unreachable' || end === 'failed') this.#schedule(this.#backoff.next());
		else if (this.#again) this.#schedule(this.#backoff.pending);
		else if (this.#paused.size > 0) this.#schedule(Math.max(0, this.#earliestPause()));
	}

	#earliestPause(): number {
		return Math.min(...this.#paused.values()) - this.#uptime();
	}
}

/** Where the pull of each collection stood when the round looked. */
type Positions = ReadonlyMap<CollectionName, PullRow['positions']>;

const publicCollections: readonly CollectionName[] = ['reference', 'needs', 'listings'];

/** A fault of our own must not pass for a missing network. */
const isUnreachable = (error: unknown): boolean =>
	error instanceof Error && (error.name === 'TRPCClientError' || error.name === 'Unreachable');
