/** What one measured thing looked like over the rounds; milliseconds unless its name says otherwise. */
export type Spread = {
	readonly median: number;
	readonly p95: number;
	readonly min: number;
	readonly max: number;
	readonly samples: number;
};

/** The value below which this share of the samples lies, interpolated; `share` between 0 and 1. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = [...samples].sort((a, b) => a - b);
	const place = (sorted.length - 1) * share;
	const below = sorted[Math.floor(place)];
	const above = sorted[Math.ceil(place)];
	if (below === undefined || above === undefined) throw new Error('nothing was measured');
	return below + (above - below) * (place - Math.floor(place));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

const rounded = (value: number): number => Number(value.toPrecision(4));

export function spread(samples: readonly number[]): Spread {
	return {
		median: rounded(median(samples)),
		p95: rounded(quantile(samples, 0.95)),
		min: rounded(quantile(samples, 0)),
		max: rounded(quantile(samples, 1)),
		samples: samples.length
	};
}

/**
 * `a` divided by `b`, round by round: what disturbs the machine disturbs both sides of a round alike, so the median of
 * these is steadier than the ratio of two medians.
 */
export function ratioOf(a: readonly number[], b: readonly number[]): Spread {
	if (a.length !== b.length) throw new Error('both sides need the same rounds');
	return spread(a.map((value, round) => value / (b[round] ?? NaN)));
}
