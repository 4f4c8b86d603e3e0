import type { Tx } from '$lib/server/db/pool.ts';
import type { WriteContext } from './write.ts';

/**
 * A statement that the commands of a shared transaction ask for beside each other, sent once for all of them; in a
 * transaction of one command it is sent for that one. `run` answers each in the order they were asked.
 */
export function sentTogether<A, R extends NonNullable<unknown> | null>(
	run: (tx: Tx, asked: readonly A[]) => Promise<readonly R[]>
): (ctx: WriteContext, one: A) => Promise<R> {
	const waiting = new WeakMap<Tx, { readonly asked: A[]; readonly answers: Promise<readonly R[]> }>();

	function joined(tx: Tx) {
		const before = waiting.get(tx);
		if (before) return before;
		const asked: A[] = [];
		// All who begin in this turn are in it.
		const answers = Promise.resolve().then(() => {
			waiting.delete(tx);
			return run(tx, asked);
		});
		const begun = { asked, answers };
		waiting.set(tx, begun);
		return begun;
	}

	return async (ctx, one) => {
		const { asked, answers } = ctx.due ? joined(ctx.tx) : { asked: [one], answers: run(ctx.tx, [one]) };
		const place = ctx.due ? asked.push(one) - 1 : 0;
		const answer = (await answers)[place];
		if (answer === undefined) throw new Error(`question ${place} of ${asked.length} was not answered`);
		return answer;
	};
}
