/** What still ties a member to the exchange. */
export type Ties = {
	/** Orders under way, bought or sold. */
	readonly orders: number;
	/** Goods on sale. */
	readonly onSale: number;
	/** Cases a department has not answered yet. */
	readonly cases: number;
	/** Measures announced, or in force until their person puts things right or their term is over. */
	readonly measures: number;
	/** A role or post beyond buying and selling. */
	readonly office: boolean;
};

export type Tie = 'orders' | 'onSale' | 'cases' | 'measures' | 'office';

/** TG-16.5: an account closes when nobody waits for its owner; officers first give their office back (TG-20.1). */
export function tiesOf({ orders, onSale, cases, measures, office }: Ties): Tie[] {
	const ties: [Tie, boolean][] = [
		['orders', orders > 0],
		['onSale', onSale > 0],
		['cases', cases > 0],
		['measures', measures > 0],
		['office', office]
	];
	return ties.filter(([, holds]) => holds).map(([tie]) => tie);
}
