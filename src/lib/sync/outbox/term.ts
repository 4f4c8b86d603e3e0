import type { LocalDb } from '../store/local.ts';

/**
 * Whoever begins to lead takes the next term. One that was frozen and thaws finds a later term than its own, and
 * neither sends nor writes any more (sync 14): the browser tells it only some time after it goes on.
 */
export async function takeLead(local: LocalDb): Promise<number> {
	return local.transaction('rw', local.state, async () => {
		const term = ((await local.state.get('this'))?.term ?? 0) + 1;
		await local.state.update('this', { term });
		return term;
	});
}

/** null = a round of a tab that does not lead, which no other term can end. */
export const isInTerm = async (local: LocalDb, term: number | null): Promise<boolean> =>
	term === null || (await local.state.get('this'))?.term === term;
