import type { Refusal } from '$lib/domain/kernel/refusal.ts';

/** Over the wire an answer without a value has none. */
type Answer<T> =
	{ readonly ok: true; readonly value?: T } | { readonly ok: false; readonly refusal: Refusal };

/** One thing at a time asked of the exchange, and what went wrong with the last. What was typed stays when it did. */
export class Doing {
	busy = $state(false);
	failed = $state.raw<Refusal | 'network' | null>(null);

	async do<T>(
		act: () => Promise<Answer<T>>,
		done: (value: T | undefined) => void | Promise<void>
	): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.failed = null;
		try {
			const answer = await act();
			if (answer.ok) await done(answer.value);
			else this.failed = answer.refusal;
		} catch {
			this.failed = 'network';
		} finally {
			this.busy = false;
		}
	}
}
