import {
	ConnectionLost,
	isConnectionLoss,
	isPendingQuery,
	mostRepeats,
	saidByServer
} from './connection-loss.ts';
import type { Sql, Tx } from './pool.ts';

/**
 * Runs `fn` in a transaction as `actorId`, which row-level security asks for (`current_actor()`).
 *
 * Use this and never `sql.begin`: postgres.js 3.4 answers a connection that dies inside `begin` by sending ROLLBACK into
 * the closed socket, which throws outside every promise and ends the process. Here a dead connection is noticed first,
 * no query of the transaction reaches it any more, and the caller gets `ConnectionLost`.
 */
export async function transaction<T>(sql: Sql, actorId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const life = new ConnectionLife();
		let started = false;
		const begun = sql.begin(async (raw) => {
			started = true;
			const value = await life.unlessLost(async () => {
				// Sent first and not waited for: where it failed, everything behind it on this connection fails too.
				const named = raw`select set_config('san.actor', ${actorId}, true)`.execute();
				const [value] = await allEnded([fn(guard(raw, life)), named]);
				return value;
			});
			return { value };
		});
		// `begin` rejects as soon as the connection closes, also while `fn` is busy elsewhere.
		begun.catch((error: unknown) => life.note(error));
		try {
			return (await begun).value;
		} catch (error) {
			// A reopened connection first repeats the last words of the one before it: nothing was sent yet.
			if (!started && saidByServer(error) && attempt <= mostRepeats) continue;
			throw isConnectionLoss(error) ? new ConnectionLost(error) : error;
		}
	}
}

/**
 * Statements of one transaction that are sent beside each other: all have ended when this does, also when one fails,
 * since none may reach the connection after the transaction's end.
 */
export async function allEnded<T extends readonly unknown[] | []>(
	statements: T
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
	await Promise.allSettled(statements);
	return Promise.all(statements);
}

class ConnectionLife {
	lost: ConnectionLost | null = null;
	readonly ended: Promise<never>;
	#end: (error: ConnectionLost) => void = () => undefined;

	constructor() {
		this.ended = new Promise((_, reject) => (this.#end = reject));
		this.ended.catch(() => undefined);
	}

	note(error: unknown): void {
		if (this.lost || !isConnectionLoss(error)) return;
		this.lost = new ConnectionLost(error);
		this.#end(this.lost);
	}

	/** What postgres.js waits for: once the connection is lost it is left waiting, so that it sends nothing more. */
	async unlessLost<T>(fn: () => Promise<T>): Promise<T> {
		try {
			const value = await fn();
			return this.lost ? await new Promise<never>(() => undefined) : value;
		} catch (error) {
			this.note(error);
			return this.lost ? await new Promise<never>(() => undefined) : Promise.reject(error);
		}
	}
}

/** The same transaction, in which each query looks at the connection before it is sent. */
function guard(raw: Tx, life: ConnectionLife): Tx {
	return new Proxy(raw, {
		apply: (target, self, args) => watch(Reflect.apply(target, self, args), life),
		get(target, key) {
			const member: unknown = Reflect.get(target, key, target);
			if (key === 'savepoint') return savepoint(target, life);
			if (key !== 'unsafe' && key !== 'file') return member;
			return (...args: unknown[]) =>
				typeof member === 'function' ? watch(Reflect.apply(member, target, args), life) : undefined;
		}
	});
}

function savepoint(raw: Tx, life: ConnectionLife) {
	const run = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => {
		const done = raw
			.savepoint(async (inner) => ({ value: await life.unlessLost(() => fn(guard(inner, life))) }))
			.then(({ value }) => value);
		return Promise.race([done, life.ended]);
	};
	return <T>(first: string | ((tx: Tx) => Promise<T>), second?: (tx: Tx) => Promise<T>): Promise<T> => {
		const fn = typeof first === 'string' ? second : first;
		if (!fn) throw new TypeError('savepoint needs a function');
		return run(fn);
	};
}

/** `handler` is what postgres.js calls at the moment a query is sent. Fragments are never sent and stay as they are. */
function watch(result: unknown, life: ConnectionLife): unknown {
	if (!isPendingQuery(result)) return result;
	const send = result.handler;
	result.handler = (query) => {
		if (life.lost) return result.reject(life.lost);
		// Not `result.then`, which would ask for the query to be sent again.
		void Promise.prototype.then.call(result, undefined, (error: unknown) => life.note(error));
		return send(query);
	};
	return result;
}
