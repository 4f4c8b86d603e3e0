/** One timer, the earliest wish wins: constant typing must not put a retry off for ever. */
export class Alarm {
	readonly #uptime: () => number;
	readonly #ring: () => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;

	/** `uptime`: milliseconds that only ever grow. */
	constructor(uptime: () => number, ring: () => void) {
		this.#uptime = uptime;
		this.#ring = ring;
	}

	/** Rings after so many milliseconds, unless it rings before. */
	set(ms: number): void {
		const due = this.#uptime() + ms;
		if (due >= this.#due) return;
		clearTimeout(this.#timer);
		this.#due = due;
		this.#timer = setTimeout(() => {
			this.#due = Infinity;
			this.#ring();
		}, ms);
	}

	clear(): void {
		clearTimeout(this.#timer);
		this.#due = Infinity;
	}
}
