import type { PublicNeed } from './schema.ts';
import { hasEnded } from './rules.ts';

type Placed = { readonly categoryId: string; readonly sectorId: string };

/** TG-6.6: the goods that answer a need, those of its own kind first. */
export const goodsFor = <G extends Placed>(
	need: Pick<PublicNeed, 'categoryId' | 'sectorId'>,
	goods: readonly G[]
): G[] => {
	const fitting = goods.filter(({ sectorId }) => sectorId === need.sectorId);
	const isOfKind = ({ categoryId }: G) => categoryId === need.categoryId;
	return [...fitting.filter(isOfKind), ...fitting.filter((one) => !isOfKind(one))];
};

/** What still stands on the board on `day`: a device without a network keeps needs whose last day has passed. */
export const openNeeds = (board: readonly PublicNeed[], day: string): PublicNeed[] =>
	board.filter((need) => !hasEnded(need, day));

type Seller = {
	/** Of the own goods on sale. */
	readonly sectorIds: readonly string[];
	/** Needs the seller has answered already. */
	readonly answeredIds: readonly string[];
	/** The own needs: nobody offers to oneself. */
	readonly ownIds: readonly string[];
};

/** TG-6.6: the needs on the board a seller could answer and has not. */
export const needsToAnswer = (
	board: readonly PublicNeed[],
	{ sectorIds, answeredIds, ownIds }: Seller,
	day: string
): PublicNeed[] =>
	openNeeds(board, day).filter(
		({ id, sectorId }) => sectorIds.includes(sectorId) && !answeredIds.includes(id) && !ownIds.includes(id)
	);
