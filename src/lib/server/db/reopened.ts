import { isPendingQuery, mostRepeats, saidByServer } from './connection-loss.ts';
import type { Sql } from './pool.ts';

/**
 * A pool whose reopened connections answer for themselves. postgres.js 3.4 keeps the last words of a connection that was
 * ended in the middle of a statement, and says them once more to the first statement of the one that takes its place:
 * maybe hours after the database was back, and though nothing of it was sent. Such a statement is handed in again here;
 * those of a transaction by `transaction`.
 */
export function withoutLastWords(sql: Sql): Sql {
	return new Proxy(sql, {
		apply: (target, self, args) => handInAgain(Reflect.apply(target, self, args)),
		get(target, key) {
			const member: unknown = Reflect.get(target, key, target);
			if (key !== 'unsafe' && key !== 'file') return member;
			return (...args: unknown[]) =>
				typeof member === 'function' ? handInAgain(Reflect.apply(member, target, args)) : undefined;
		}
	});
}

function handInAgain(result: unknown): unknown {
	if (!isPendingQuery(result)) return result;
	const query = result;
	const { handler, reject } = query;
	let repeats = 0;
	query.reject = (error) => {
		if (query.state !== null || !saidByServer(error) || repeats >= mostRepeats) return reject(error);
		repeats += 1;
		// A moment later, when this very connection is ready for it.
		queueMicrotask(() => handler(query));
	};
	return query;
}
