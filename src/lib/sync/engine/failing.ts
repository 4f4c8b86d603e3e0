import type { CollectionName } from '../protocol/collections.ts';
import type { PullAnswer } from '../protocol/wire.ts';
import type { Store } from '../store/store.ts';
import { isUnreachable } from '../transport/session.ts';
import type { Transport } from '../transport/transport.ts';
import { Backoff, type Around } from './backoff.ts';
import { pullCollection } from './pull.ts';

/** Collections that fail by themselves, each waiting for itself alone, ever longer (sync 2). */
export class Failing {
	readonly #store: Store;
	readonly #transport: Transport;
	readonly #around: Around;
	readonly #each = new Map<CollectionName, { readonly backoff: Backoff; until: number }>();

	constructor(store: Store, transport: Transport, around: Around) {
		this.#store = store;
		this.#transport = transport;
		this.#around = around;
	}

	/** What was answered of collections asked for together; the others wait. Rejects when nobody answers anything. */
	async answered<T extends { readonly collection: CollectionName; readonly answer: PullAnswer | null }>(
		asked: readonly CollectionName[],
		ended: readonly PromiseSettledResult<T>[]
	): Promise<T[]> {
		const answers = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
		for (const { collection, answer } of answers)
			if (answer?.outcome === 'page') this.#each.delete(collection);
		const failed = asked.filter((name) => !answers.some(({ collection }) => collection === name));
		const reasons = ended.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
		// A catalogue that waits is asked nothing, and tells nothing of the line.
		const heard = answers.some(({ answer }) => answer !== null);
		if (failed.length > 0 && !heard && !(await this.#isAnybodyThere(failed))) throw reasons[0];
		for (const name of failed) this.#wait(name);
		for (const why of reasons) if (!isUnreachable(why)) this.#around.fault(why);
		return answers;
	}

	/** Milliseconds until it is asked for again; 0 = now. */
	waitOf(name: CollectionName): number {
		return Math.max(0, (this.#each.get(name)?.until ?? 0) - this.#around.uptime());
	}

	/** The line is back, or a person asks: everything is asked for at once. */
	forget(): void {
		this.#each.clear();
	}

	#wait(name: CollectionName): void {
		const one = this.#each.get(name) ?? { backoff: new Backoff(this.#around.random), until: 0 };
		one.until = this.#around.uptime() + one.backoff.next();
		this.#each.set(name, one);
	}

	/** Another small question, where one alone has no answer: it tells what fails by itself from a lost line. */
	async #isAnybodyThere(failed: readonly CollectionName[]): Promise<boolean> {
		const other = failed.includes('reference') ? 'notifications' : 'reference';
		if (failed.length > 1 || (other === 'notifications' && this.#store.userId === null)) return false;
		return pullCollection(this.#store, this.#transport, other).then(
			() => true,
			() => false
		);
	}
}
