/** A small seeded generator (mulberry32): the same seed gives the same story on every machine. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** In [0, 1). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number below `limit`. */
	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(list: readonly T[]): T | undefined {
		return list[this.below(list.length)];
	}

	/** One of the names, as often as its weight says. */
	weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
		const entries = Object.entries<number | undefined>(weights).map(
			([name, weight]) => [name, weight ?? 0] as const
		);
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		const isKey = (name: string): name is K => name in weights;
		for (const [name, weight] of entries) {
			left -= weight;
			if (left < 0 && isKey(name)) return name;
		}
		throw new Error('no weights');
	}

	/** An id as a device makes one, but repeatable. */
	uuid(): string {
		const hex = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('');
		const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}
}
