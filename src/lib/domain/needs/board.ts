import type { OwnOffer, PublicNeed } from './schema.ts';
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
	/** What the seller has offered; `offer` is null until it comes back from the exchange. */
	readonly offers: readonly {
		readonly needId: string;
		readonly offer: Pick<OwnOffer, 'droppedFor'> | null;
	}[];
	/** The own needs: nobody offers to oneself. */
	readonly ownIds: readonly string[];
};

/** TG-6.6: the needs on the board a seller could answer and has not. What the exchange took back is no answer. */
export function needsToAnswer(
	board: readonly PublicNeed[],
	{ sectorIds, offers, ownIds }: Seller,
	day: string
): PublicNeed[] {
	const answered = new Set(
		offers.flatMap(({ needId, offer }) => (offer === null || offer.droppedFor === null ? [needId] : []))
	);
	return openNeeds(board, day).filter(
		({ id, sectorId }) => sectorIds.includes(sectorId) && !answered.has(id) && !ownIds.includes(id)
	);
}
