/** Does a portion of what is due, each in a transaction of its own, until nothing is left. Returns how much it was. */
export async function inPortions(portion: () => Promise<number>): Promise<number> {
	let done = 0;
	for (;;) {
		const some = await portion();
		if (some === 0) return done;
		done += some;
	}
}
