import type { Transport } from '$lib/sync/transport/transport.ts';
import { Unreachable } from '$lib/sync/transport/session.ts';
import type { PackManifest } from '$lib/sync/protocol/packs.ts';
import type {
	CommandAnswer,
	PullAnswer,
	PushAnswer,
	PushRequest,
	SessionAnswer
} from '$lib/sync/protocol/wire.ts';
import type { Cookie, FuzzExchange } from './exchange.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

const troubles = {
	none: 58,
	lostOnTheWay: 8,
	answerLost: 12,
	twice: 6,
	twiceAtOnce: 5,
	arrivesLater: 5,
	busy: 3,
	busyWithEach: 2,
	cut: 3
} as const;

/** Refusals of what came before its files. */
const lacksFiles: ReadonlySet<string> = new Set(['photo_missing', 'files_awaited']);

type Old = { readonly cookie: Cookie; readonly request: PushRequest };

const overTheWire = <T>(value: T): T => structuredClone(value);

/**
 * What lies between one device and the exchange. With `trouble` it loses, repeats, delays and reorders; without, it
 * is a good line. It also writes down what the device was told.
 */
export class Wire {
	online = true;
	cookie: Cookie;
	/** Where the line's troubles come from; null = it is a good one. */
	trouble: Random | null = null;
	readonly old: Old[] = [];
	/** Counts what passes: a request that leaves, arrives, is answered. Moments are named by it, never by a time. */
	#hops = 0;
	#waiting: { readonly hop: number; readonly go: () => void }[] = [];
	#refusedOnce = false;
	readonly #sentOnce = new Set<string>();

	constructor(
		readonly exchange: FuzzExchange,
		readonly ledger: Ledger,
		cookie: Cookie
	) {
		this.cookie = cookie;
	}

	/** For one life of the device: a request of an earlier one gets no answer. `asks` is told of each that leaves. */
	transport(alive: () => boolean, asks: () => void = () => undefined): Transport {
		const told =
			<A extends readonly unknown[], T>(ask: (...args: A) => T) =>
			(...args: A): T => {
				asks();
				return ask(...args);
			};
		return {
			pull: told((request) => this.#pull(alive, request)),
			push: told((request) => this.#push(alive, request)),
			manifest: told(() => this.#way<PackManifest | null>(alive, () => this.exchange.manifest(), null)),
			pack: told((hash) => this.#pack(alive, hash)),
			session: told(() => {
				const { cookie } = this;
				return this.#way<SessionAnswer>(alive, () => this.exchange.session(cookie), null);
			}),
			// Being told is not asking.
			events: (on) => this.#listen(alive, on)
		};
	}

	/** Sometimes some of it is missing, which its name tells. */
	async #pack(alive: () => boolean, hash: string): Promise<ArrayBuffer | null> {
		const text = await this.#way<ArrayBuffer | null>(alive, () => this.exchange.pack(hash), null);
		return text !== null && this.trouble?.chance(0.1) ? text.slice(0, -9) : text;
	}

	/** The stream of pokes, for as long as the line holds. */
	#listen(alive: () => boolean, on: Parameters<Transport['events']>[0]): () => void {
		const { exchange, cookie } = this;
		if (!this.online || cookie.kind !== 'person') return () => undefined;
		const stop = exchange.place.hub.subscribe(exchange.audiences(cookie.person), cookie.person.id, {
			send: (poke) => {
				if (alive() && this.online) on.poke(poke);
			},
			end: () => on.connected(false)
		});
		on.connected(true);
		return stop;
	}

	async #pull(alive: () => boolean, request: Parameters<Transport['pull']>[0]): Promise<PullAnswer> {
		const { exchange, trouble } = this;
		if (exchange.sabotage === 'torn pages') throw new SyntaxError('this is no page');
		const asked = overTheWire({
			...request,
			limit: trouble?.chance(0.3) ? 1 + trouble.below(3) : request.limit
		});
		// A request carries the cookie of the moment it was made, however long it is under way.
		const { cookie } = this;
		const person = cookie.kind === 'person' ? cookie.person : null;
		const allowed = new Set<string>(person ? exchange.audiences(person) : ['public']);
		const answer = await this.#way<PullAnswer>(alive, () => exchange.pull(cookie, asked), {
			outcome: 'retry',
			afterMs: 500
		});
		if (person) for (const audience of exchange.audiences(person)) allowed.add(audience);
		if (answer.outcome === 'page') {
			for (const audience of Object.keys(answer.positions))
				if (!allowed.has(audience))
					this.ledger.broken.push(`${person?.userName ?? 'nobody'} was served ${audience}`);
			if (exchange.sabotage === 'early sweep') return { ...answer, late: undefined };
		}
		return answer;
	}

	async #push(alive: () => boolean, request: PushRequest): Promise<PushAnswer> {
		const { exchange, ledger } = this;
		const sent = overTheWire(request);
		const first = sent.commands.map((command) => command.id);
		if (exchange.sabotage === 'new ids')
			for (const command of sent.commands)
				if (this.#sentOnce.has(command.id)) command.id = crypto.randomUUID();
		for (const id of first) this.#sentOnce.add(id);
		if (exchange.sabotage === 'wrong name' && this.cookie.kind === 'person')
			sent.actorId = this.cookie.person.id;
		if (exchange.sabotage === 'empty promise' && sent.commands.length > 1) sent.commands.length = 1;
		if (exchange.sabotage === 'blocked queue' && this.#refusedOnce)
			return {
				outcome: 'answers',
				answers: first.map((id) => ({ id, outcome: 'retry', afterMs: 1 })),
				serverTime: exchange.now(),
				epoch: exchange.epoch
			};
		const { cookie } = this;
		this.old.push({ cookie, request: sent });
		const busy = this.trouble?.chance(0.04)
			? (): PushAnswer => ({
					outcome: 'answers',
					answers: first.map((id) => ({ id, outcome: 'retry', afterMs: 3_000 })),
					serverTime: exchange.now(),
					epoch: exchange.epoch
				})
			: (): PushAnswer => ({ outcome: 'retry', afterMs: 500 });
		let answer = await this.#way<PushAnswer>(alive, () => exchange.push(cookie, sent), busy());
		if (answer.outcome !== 'answers') return answer;
		if (exchange.sabotage === 'new ids')
			answer = { ...answer, answers: answer.answers.map((own, at) => ({ ...own, id: first[at] ?? own.id })) };
		const [known] = answer.answers;
		if (exchange.sabotage === 'wrong name' && this.cookie.kind === 'person')
			sent.actorId = this.cookie.person.id;
		if (exchange.sabotage === 'empty promise' && known?.outcome === 'applied')
			answer = { ...answer, answers: first.map((id) => ({ ...known, id })) };
		if (exchange.sabotage === 'strange answers' && known)
			answer = { ...answer, answers: [...answer.answers, { ...known, id: crypto.randomUUID() }] };
		if (exchange.sabotage === 'false refusal') answer = { ...answer, answers: answer.answers.map(refused) };
		for (const own of answer.answers) {
			const made = ledger.made.get(own.id);
			if (!made) ledger.broken.push(`an answer for ${own.id}, which nobody sent`);
			else if (own.outcome === 'applied' || own.outcome === 'duplicate') made.acknowledged = own.version;
			if (own.outcome !== 'refused') continue;
			this.#refusedOnce = true;
			// A photo of which only the name was kept cannot be given back after a restore.
			if (lacksFiles.has(own.refusal.code) && !exchange.restored)
				ledger.broken.push(`sync 5: ${own.id} went before its photos, a photo is missing`);
		}
		return answer;
	}

	/** Resolves when so much more has passed here. */
	afterHops(count: number): Promise<void> {
		return new Promise((go) => this.#waiting.push({ hop: this.#hops + count, go }));
	}

	#hop(): void {
		this.#hops += 1;
		for (const one of this.#waiting) if (one.hop <= this.#hops) one.go();
		this.#waiting = this.#waiting.filter((one) => one.hop > this.#hops);
	}

	/** One request on its way there and back. */
	async #way<T>(alive: () => boolean, send: () => Promise<T>, busy: T | null): Promise<T> {
		if (!this.online || !alive()) throw new Unreachable('the wire is cut');
		const { trouble } = this;
		const kind = trouble ? trouble.weighted(troubles) : 'none';
		this.#hop();
		if (trouble?.chance(0.3)) await ticks(trouble.below(40));
		switch (kind) {
			case 'lostOnTheWay':
				throw new Unreachable('lost on the way');
			case 'cut':
				this.online = false;
				throw new Unreachable('the wire is cut');
			case 'busy':
			case 'busyWithEach':
				if (busy !== null) return busy;
				break;
			case 'arrivesLater':
				this.exchange.hold(1 + (trouble?.below(3) ?? 0), send);
				throw new Unreachable('late');
			case 'twice':
				await send();
				break;
			case 'twiceAtOnce':
				return overTheWire((await Promise.all([send(), send()]))[0]);
			case 'answerLost':
				await send();
				throw new Unreachable('the answer was lost');
			case 'none':
				break;
		}
		const answer = overTheWire(await send());
		this.#hop();
		if (!alive()) throw new Unreachable('nobody is there any more');
		return answer;
	}

	/** An old request comes by once more. */
	async repeatOld(pick: number): Promise<void> {
		const old = this.old[pick % Math.max(1, this.old.length)];
		if (old && this.exchange.sabotage !== 'new ids')
			await this.exchange.push(old.cookie, overTheWire(old.request));
	}
}

const refused = ({ id }: CommandAnswer): CommandAnswer => ({
	...{ id, outcome: 'refused', refusal: { code: 'not_allowed' } },
	receivedAt: new Date(0).toISOString()
});

/** Lets the disk of this process do so many pieces of work: as close to a moment as a seed can name one. */
export async function ticks(count: number): Promise<void> {
	for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
}
