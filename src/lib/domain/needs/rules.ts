import type { RulePack } from '../agencies/schema.ts';
import { may, type Actor } from '../accounts/permissions.ts';
import { addDays } from '../calendar/working-days.ts';
import { isOffered } from '../kernel/effective.ts';
import { nextState } from '../kernel/machine.ts';
import { no, ok, type RefusalCode, type Result } from '../kernel/refusal.ts';
import type { NeedContent } from './schema.ts';
import { isOnBoard, needMachine, type NeedEvent, type NeedState } from './states.ts';

/** Nobody looks for more at once, and a machine could post thousands. */
export const mostOpenNeeds = 20;
/** More offers than anybody reads. */
export const mostOffers = 50;
/** A need stands on the board for at most so many days; whoever still needs it posts it again. */
export const longestNeedDays = 180;

/** The need's state after `event`; refusal `illegal_transition`. */
export const nextNeedState = (state: NeedState, event: NeedEvent): Result<NeedState> =>
	nextState(needMachine, state, event);

/** TG-3.4c: a buyer posts purchase needs, and changes and closes the own ones. */
export const canPostNeed = (actor: Actor, need: { readonly buyerId: string }): boolean =>
	may(actor, 'need.post', { ownerId: need.buyerId });

/** TG-6.6: a seller offers the own goods, never to oneself. */
export const canOffer = (
	actor: Actor,
	{ buyerId, businessId }: { readonly buyerId: string | null; readonly businessId: string }
): boolean => may(actor, 'need.offer', { businessId }) && buyerId !== actor.id;

/** Whether one more need is taken of somebody who has so many that are not over. */
export const checkNeedRoom = (open: number): Result<void> =>
	open < mostOpenNeeds
		? ok(undefined)
		: no('too_many_waiting', { clause: 'TG-10.3a', facts: { most: mostOpenNeeds } });

/** The last day a need received on `day` may name. */
export const lastNeedDay = (day: string): string => addDays(day, longestNeedDays);

/** TG-6.6: kind and unit must be ones the rule pack offers on `day`, and the last day must lie ahead. */
export function checkNeed(content: NeedContent, pack: RulePack, day: string): Result<void> {
	const fields: Record<string, RefusalCode | 'past_day' | 'too_far'> = {};
	if (!pack.units.some((unit) => unit.id === content.unit && isOffered(unit, day)))
		fields.unit = 'unknown_unit';
	if (!pack.categories.some((one) => one.id === content.categoryId && isOffered(one, day)))
		fields.categoryId = 'invalid_input';
	if (content.until < day) fields.until = 'past_day';
	else if (content.until > lastNeedDay(day)) fields.until = 'too_far';
	return Object.keys(fields).length > 0 ? no('invalid_input', { clause: 'TG-6.6', fields }) : ok(undefined);
}

/** The last day of a need has passed; the day itself still counts. */
export const hasEnded = (need: { readonly until: string }, day: string): boolean => day > need.until;

type OfferedTo = {
	readonly state: NeedState;
	readonly rev: number;
	readonly until: string;
	readonly sectorId: string;
	readonly offers: number;
};

/**
 * TG-6.6: whether goods of a sector answer a need on `day`. Refusals `need_over`, `stale_version`, `other_sector`,
 * `offers_full`.
 */
export function checkOffer(
	need: OfferedTo,
	goods: { readonly sectorId: string; readonly needRev: number },
	day: string
): Result<void> {
	if (!isOnBoard(need.state) || hasEnded(need, day)) return no('need_over', { clause: 'TG-6.6' });
	if (need.rev !== goods.needRev) return no('stale_version');
	if (need.sectorId !== goods.sectorId) return no('other_sector', { clause: 'TG-6.6' });
	if (need.offers >= mostOffers) return no('offers_full', { facts: { most: mostOffers } });
	return ok(undefined);
}
