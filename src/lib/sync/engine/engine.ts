import { liveQuery } from 'dexie';
import { collectionNames, type CollectionName } from '../protocol/collections.ts';
import { sameValue } from '../fold/merge.ts';
import type { PullAnswer, PushAnswer, SessionAnswer } from '../protocol/wire.ts';
import type { Here } from '../outbox/drafts.ts';
import { markWaiting } from '../outbox/outbox.ts';
import { tryQuarantinedOnce } from '../outbox/quarantine.ts';
import { isInTerm, takeLead } from '../outbox/term.ts';
import type { Follows } from '../store/types.ts';
import type { Store } from '../store/store.ts';
import { isUnreachable } from '../transport/session.ts';
import type { Transport } from '../transport/transport.ts';
import { Alarm } from './alarm.ts';
import { Backoff } from './backoff.ts';
import { Failing } from './failing.ts';
import { lookBefore, readPulls, type Pulls } from './look.ts';
import { PatientCatalogue } from './patient-catalogue.ts';
import { pullCollection } from './pull.ts';
import { pushBatch } from './push.ts';
import {
	applySession,
	applySessionEnd,
	finishWipe,
	forgetAfterLongExpiry,
	heardClock,
	mayNotAsk
} from './session.ts';
import { OutboxSettling } from './settle-outbox.ts';
import { ShortLines } from './short-lines.ts';
import { Stranded } from './stranded.ts';
import { inTurn } from './turns.ts';

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
const waitedForMs = 1_500;

/** How a round ended: with the server's answers, without any, or not begun because of the session. */
export type RoundEnd = 'done' | 'unreachable' | 'stopped';

/**
 * The device's side of the protocol. One tab runs it; every fact it learns is stored, so that other tabs and
 * the next start see the same. `round` does one exchange and is all there is to test; `start` repeats it.
 */
export class SyncEngine {
	readonly #store: Store;
	readonly #transport: Transport;
	readonly #catalogue: PatientCatalogue;
	readonly #here: Here;
	readonly #uptime: () => number;
	readonly #fault: (error: unknown) => void;
	readonly #backoff: Backoff;
	readonly #random: () => number;
	readonly #paused = new Map<string, number>();
	readonly #stranded: Stranded;
	readonly #settling: OutboxSettling;
	readonly #alarm: Alarm;
	readonly #wanted = new Set<CollectionName>();
	readonly #lines = new ShortLines();
	readonly #failing: Failing;
	#stops: (() => void)[] = [];
	#stopListening: () => void = () => undefined;
	#running: Promise<RoundEnd> | null = null;
	#askAll: ReturnType<typeof setTimeout> | undefined;
	#again = false;
	/** The term this engine leads in; null while it does not lead. */
	#term: number | null = null;
	/** The catalogue has more to bring at once; what waits to go out has its turn in between. */
	#unfinished = false;

	constructor(options: EngineOptions) {
		this.#store = options.store;
		this.#transport = options.transport;
		this.#here = options.here;
		this.#uptime = options.uptime ?? (() => performance.now());
		this.#fault = options.fault ?? (() => undefined);
		this.#random = options.random ?? Math.random;
		this.#backoff = new Backoff(this.#random);
		const around = { uptime: this.#uptime, random: this.#random, fault: this.#fault };
		this.#catalogue = new PatientCatalogue(options.store, options.transport, around);
		this.#failing = new Failing(options.store, options.transport, around);
		this.#stranded = new Stranded(options.store.local);
		this.#settling = new OutboxSettling(options.store, options.here);
		this.#alarm = new Alarm(this.#uptime, () => void this.#turn());
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
				if (followed !== undefined && !sameValue(followed, follows)) {
					this.#catalogue.keptPartChanged();
					this.want(['listings']);
				}
				followed = follows;
			}
		});
		const poll = setInterval(() => this.want(collectionNames), slowPollMs);
		const online = () => {
			this.#lineIsBack();
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
			() => this.#alarm.clear()
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
					this.#lineIsBack();
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

	#lineIsBack(): void {
		this.#backoff.reset();
		this.#catalogue.lineIsBack();
		this.#failing.forget();
	}

	/** Ends after the exchange under way. */
	async stop(): Promise<void> {
		for (const stop of this.#stops) stop();
		this.#stops = [];
		await this.#running?.catch(() => undefined);
		// It may lead again by now.
		if (this.#stops.length > 0) return;
		this.#alarm.clear();
		this.#term = null;
	}

	/** Asks for collections to be pulled soon; unknown names are ignored. */
	want(collections: readonly string[]): void {
		for (const name of collectionNames) if (collections.includes(name)) this.#wanted.add(name);
		this.#soon();
	}

	/** Pushes and pulls everything now. */
	async syncNow(): Promise<RoundEnd> {
		this.#catalogue.lineIsBack();
		this.#failing.forget();
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
			await this.#store.changeState(
				heardClock(await this.#store.readState(), answer.serverTime, Date.parse(this.#here.now()))
			);
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

	async #round(): Promise<RoundEnd> {
		const { inTerm, session, busy, pulls } = await lookBefore(this.#store, this.#term);
		if (!inTerm) return 'stopped';
		if (session === 'expired') await forgetAfterLongExpiry(this.#store, Date.parse(this.#here.now()));
		if (this.#store.userId !== null && mayNotAsk.includes(session)) {
			await finishWipe(this.#store, session);
			return 'stopped';
		}
		try {
			if (!busy) this.#stranded.clear();
			else if (this.#term !== null) await this.#stranded.takeBack(this.#uptime(), this.#term);
			// What a pull brings may set free commands that waited for their base, whose effects are to be pulled.
			for (let pass = 0; ; pass += 1) {
				const sent = busy || pass > 0 ? await this.#pushAll() : 0;
				if (sent === null) return 'stopped';
				if (sent === 0 && pass > 0 && !this.#unfinished) break;
				// Read just now, unless something was sent meanwhile.
				const at = busy || pass > 0 ? await readPulls(this.#store.local) : pulls;
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

	async #pullWanted(pulls: Pulls): Promise<boolean> {
		this.#unfinished = false;
		let later: number | null = null;
		const late: CollectionName[] = [];
		const who = this.#store.userId === null ? 'nobody' : 'somebody';
		const held = new Set([...this.#wanted].filter((name) => this.#failing.waitOf(name) > 0));
		const asked = new Set([...this.#wanted].filter((name) => !held.has(name)));
		for (const [turn, together] of inTurn(asked, who).entries()) {
			// Before the first the round has just looked.
			if (turn > 0 && !(await this.#inTerm())) return false;
			const left = new Set(together);
			// Taken off before: a poke that comes meanwhile may speak of what the answer does not hold yet.
			for (const name of together) this.#wanted.delete(name);
			try {
				for (const { collection, answer, againIn } of await this.#pullBeside(together, pulls)) {
					if (answer && !(await this.#understood(answer))) return false;
					if (againIn === 0) this.#unfinished = true;
					else left.delete(collection);
					if (againIn !== null && againIn > 0) later = againIn;
					if (answer?.outcome === 'page' && answer.late) late.push(collection);
				}
			} finally {
				for (const name of left) this.#wanted.add(name);
			}
		}
		if (later !== null) this.#laterFor(['listings'], later);
		const awaited = [...late, ...(await this.#settling.settle(this.#uptime()))];
		this.#laterFor(awaited.filter((name) => this.#failing.waitOf(name) === 0));
		for (const name of this.#wanted) {
			const ms = this.#failing.waitOf(name);
			if (ms > 0) this.#laterFor([name], ms);
			// Its time came while others were asked for: an alarm that rings meanwhile only joins this round.
			else if (held.has(name)) this.#again = true;
		}
		return true;
	}

	/** All have ended when this does: what an answer says of the session is acted on when nothing writes any more. */
	async #pullBeside(collections: readonly CollectionName[], pulls: Pulls) {
		const ended = await Promise.allSettled(
			collections.map(async (collection) =>
				collection === 'listings'
					? { collection, ...(await this.#catalogue.pull()) }
					: {
							collection,
							answer: await pullCollection(this.#store, this.#transport, collection, {
								at: pulls.get(collection)
							}),
							againIn: null
						}
			)
		);
		return this.#failing.answered(collections, ended);
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
						...heardClock(state, answer.serverTime, Date.parse(this.#here.now())),
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

	#schedule(ms: number): void {
		if (this.#stops.length > 0) this.#alarm.set(ms);
	}

	async #turn(): Promise<void> {
		this.#again = false;
		const end = await this.round().catch((error: unknown) => {
			this.#fault(error);
			return 'failed' as const;
		});
		if (end === 'unreachable' || end === 'failed') this.#schedule(this.#backoff.next());
		else if (this.#again) this.#schedule(this.#backoff.pending);
		else if (this.#paused.size > 0)
			this.#schedule(Math.max(0, Math.min(...this.#paused.values()) - this.#uptime()));
	}
}
