import type { Refusal } from '$lib/domain/kernel/refusal.ts';

/** Over the wire an answer without a value has none. */
export type Answer<T> =
	{ readonly ok: true; readonly value?: T } | { readonly ok: false; readonly refusal: Refusal };

/** One thing at a time asked of the exchange, and what went wrong with the last. */
export class Attempt {
	busy = $state(false);
	refusal = $state.raw<Refusal | null>(null);
	unreachable = $state(false);

	/** `done` hears only of what was done. What was typed stays where it is when it was not. */
	async do<T>(act: () => Promise<Answer<T>>, done: (value: T | undefined) => unknown): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.refusal = null;
		this.unreachable = false;
		try {
			const answer = await act();
			if (answer.ok) await done(answer.value);
			else this.refusal = answer.refusal;
		} catch {
			this.unreachable = true;
		} finally {
			this.busy = false;
		}
	}

	field(name: string): string | undefined {
		return this.refusal?.fields?.[name];
	}
}
