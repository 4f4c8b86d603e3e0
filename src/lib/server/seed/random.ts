/** The same numbers for the same key, on every machine: the demo is data, not chance. */
export type Random = {
	/** A whole number from `from` to `to`, both included. */
	int(from: number, to: number): number;
	pick<T>(list: readonly [T, ...T[]]): T;
};

/** mulberry32 over a hash of the key. */
export function randomOf(key: string): Random {
	let state = 2166136261;
	for (let i = 0; i < key.length; i++) state = Math.imul(state ^ key.charCodeAt(i), 16777619);
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
	return { int, pick: (list) => list[int(0, list.length - 1)] ?? list[0] };
}
