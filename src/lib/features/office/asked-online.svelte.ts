/**
 * Something only the server knows: asked when a screen opens, kept and shown with its time when the network
 * goes. Never throws; a screen reads `state` and `value`.
 */
export class AskedOnline<T> {
	/** The last answer, also while a newer one is on its way or could not be had. */
	value = $state.raw<T | null>(null);
	/** Device clock of the last answer. */
	answeredAt = $state<string | null>(null);
	state = $state<'idle' | 'asking' | 'answered' | 'failed'>('idle');
	private readonly question: () => Promise<T>;
	private readonly clock: () => number;
	private latest = 0;

	constructor(question: () => Promise<T>, clock: () => number = Date.now) {
		this.question = question;
		this.clock = clock;
	}

	/** Asks again; of several questions in flight only the last one's answer counts. */
	async ask(): Promise<void> {
		const own = ++this.latest;
		this.state = 'asking';
		try {
			const value = await this.question();
			if (own !== this.latest) return;
			this.value = value;
			this.answeredAt = new Date(this.clock()).toISOString();
			this.state = 'answered';
		} catch {
			// The server out of reach and the server unable to answer look the same to a person: ask again later.
			if (own === this.latest) this.state = 'failed';
		}
	}
}
