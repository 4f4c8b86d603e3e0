type Answer = { readonly ok: true } | { readonly ok: false; readonly refusal: { readonly code: string } };

/** The one question “is it still you?”. The screens that may be asked it show it (`ProofQuestion`); whoever needs an answer waits for it. */
class AskProof {
	open = $state(false);
	#answer: (good: boolean) => void = () => undefined;

	ask(): Promise<boolean> {
		this.#answer(false);
		this.open = true;
		return new Promise((resolve) => (this.#answer = resolve));
	}

	done(good: boolean): void {
		this.open = false;
		this.#answer(good);
	}
}

export const askProof = new AskProof();

/**
 * Does what the server may answer with `reauthentication_needed`: then the person is asked, and it is done again. What
 * was typed stays where it is; whoever says no gets the first answer.
 */
export async function proven<A extends Answer>(act: () => Promise<A>): Promise<A> {
	const first = await act();
	if (first.ok || first.refusal.code !== 'reauthentication_needed') return first;
	return (await askProof.ask()) ? act() : first;
}
