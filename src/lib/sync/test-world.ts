// First of all imports: Dexie looks for IndexedDB when it is loaded.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { dispatch } from '$lib/server/commands.ts';
import { pull } from '$lib/server/sync/pull.ts';
import { push } from '$lib/server/sync/push.ts';
import type { Caller } from '$lib/server/sync/session.ts';
import type { Exchange, Person } from '../../../tests/world/exchange.ts';
import { SyncEngine } from './engine/engine.ts';
import type { Here } from './outbox/drafts.ts';
import { pullRequest, pushRequest, type SessionAnswer } from './protocol/wire.ts';
import { openStore, type Store } from './store/store.ts';
import { Unreachable } from './transport/session.ts';
import { Unacceptable, type Transport } from './transport/transport.ts';

/** The wire between one device and the exchange: it may be cut, and lose an answer after the commit. */
export type Wire = {
	up: boolean;
	/** This many of the next answers to a push are lost after the server has committed. */
	loseReplies: number;
	/** Who the exchange takes the device for. */
	caller: (() => Promise<Caller>) | null;
	pushes: number;
	/** Where the packs of the catalogue come from; null = an exchange without any. */
	packs: Pick<Transport, 'manifest' | 'pack'> | null;
};

export type TestDevice = {
	readonly store: Store;
	readonly engine: SyncEngine;
	readonly wire: Wire;
	readonly transport: Transport;
	readonly here: Here;
	readonly actor: Actor;
	/** Faults of our own that its rounds told of. */
	readonly faults: readonly unknown[];
	/** Wrong by this many milliseconds, or as set; `waitedMs` passes without being waited for. */
	clock: { skewMs: number; waitedMs: number };
	sync(): ReturnType<SyncEngine['syncNow']>;
	/** The same device after its process was killed, or was put away: nothing in memory is left. */
	restart(): Promise<TestDevice>;
	close(): Promise<void>;
};

const overTheWire = <T>(value: T): T => structuredClone(value);

/**
 * A device of this person, on IndexedDB, against the real exchange. Several devices need several names, and only one can be open:
 * open-source RxDB opens no collection beside more than 13 of the process, and a device has eight.
 */
export async function openTestDevice(
	exchange: Exchange,
	person: Person,
	options: { name?: string; wire?: Wire } = {}
): Promise<TestDevice> {
	const name = options.name ?? `d${randomUUID().slice(0, 8)}`;
	const store = await openStore({ userId: person.id, multiInstance: false, prefix: name });
	const wire: Wire = options.wire ?? { up: true, loseReplies: 0, caller: null, pushes: 0, packs: null };
	const clock = { skewMs: 0, waitedMs: 0 };
	const here: Here = {
		now: () => new Date(Date.now() + clock.skewMs).toISOString(),
		newId: () => randomUUID()
	};
	const serverNow = () => new Date().toISOString();
	const caller = async (): Promise<Caller> =>
		wire.caller
			? wire.caller()
			: {
					kind: 'actor',
					actor: await exchange.actorNow(person, new Date().toISOString()),
					sessionId: 'session'
				};
	const connected = () => {
		if (!wire.up) throw new Unreachable('the wire is cut');
	};
	const transport: Transport = {
		pull: async (request) => {
			connected();
			const answer = await pull(
				exchange.db,
				await caller(),
				pullRequest.parse(overTheWire(request)),
				serverNow()
			);
			connected();
			return overTheWire(answer);
		},
		push: async (request) => {
			connected();
			wire.pushes += 1;
			const read = pushRequest.safeParse(overTheWire(request));
			if (!read.success) throw new Unacceptable(read.error.message);
			const answer = await push({ db: exchange.db, dispatch, now: serverNow }, await caller(), read.data);
			if (wire.loseReplies > 0) {
				wire.loseReplies -= 1;
				throw new Unreachable('the answer was lost');
			}
			return overTheWire(answer);
		},
		manifest: async () => {
			connected();
			return (await wire.packs?.manifest()) ?? null;
		},
		pack: async (hash, anew) => {
			connected();
			return (await wire.packs?.pack(hash, anew)) ?? null;
		},
		session: async (): Promise<SessionAnswer> => {
			connected();
			const who = await caller();
			if (who.kind === 'ended') return { outcome: 'session', session: who.why };
			if (who.kind === 'nobody') return { outcome: 'nobody', serverTime: serverNow() };
			return { outcome: 'actor', actor: who.actor, serverTime: serverNow(), epoch: '' };
		},
		events: () => () => undefined
	};
	const uptime = () => performance.now() + clock.waitedMs;
	const faults: unknown[] = [];
	const engine = new SyncEngine({ store, transport, here, uptime, fault: (error) => faults.push(error) });
	const device: TestDevice = {
		store,
		engine,
		wire,
		transport,
		here,
		actor: await exchange.actorNow(person, new Date().toISOString()),
		clock,
		faults,
		sync: () => engine.syncNow(),
		restart: async () => {
			await store.close();
			return openTestDevice(exchange, person, { name, wire });
		},
		close: () => store.close()
	};
	return device;
}
