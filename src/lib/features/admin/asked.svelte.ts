/** An answer of the server and where it is on its way. Never throws; of several questions only the last one's answer counts. */
export class Asked<T> {
	value = $state.raw<T | null>(null);
	state = $state<'asking' | 'answered' | 'failed'>('asking');
	private latest = 0;

	async ask(question: () => Promise<T>): Promise<void> {
		const own = ++this.latest;
		this.state = 'asking';
		try {
			const value = await question();
			if (own !== this.latest) return;
			this.value = value;
			this.state = 'answered';
		} catch {
			// Out of reach and unable to answer look the same to a person: ask again later.
			if (own === this.latest) this.state = 'failed';
		}
	}
}
