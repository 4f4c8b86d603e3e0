import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isPublic } from '$lib/domain/listings/states.ts';
import type { NeedContent } from '$lib/domain/needs/schema.ts';
import { isOnBoard, isOver } from '$lib/domain/needs/states.ts';
import type { Done } from './oracle.ts';
import type { Story } from './story.ts';
import type { Truth } from './truth.ts';

const short = (id: string): string => id.slice(0, 8);

/** sync 1: needs and offers are their commands, each once. */
export function judgeNeeds(story: Story, truth: Truth, done: readonly Done[]): string[] {
	return [
		...judgeTexts(story, truth, done),
		...judgeOffers(truth, done),
		...judgeReceived(truth),
		...judgeLocks(story, truth)
	];
}

/** A need is what was sent last, in as many versions as were sent, and closed when that was said. */
function judgeTexts({ exchange }: Story, truth: Truth, done: readonly Done[]): string[] {
	const found: string[] = [];
	const { wanted } = exchange.place;
	const texts = new Map<string, NeedContent[]>([[wanted.id, [wanted.content]]]);
	const closed = new Set<string>();
	for (const { command } of done) {
		if (command.name === 'need.close') closed.add(command.input.needId);
		if (command.name !== 'need.submit') continue;
		const { needId, content } = command.input;
		texts.set(needId, [...(texts.get(needId) ?? []), content]);
	}
	for (const [id, sent] of texts) {
		const need = truth.needs.get(id);
		if (!need) found.push(`sync 1: need ${short(id)} is not there`);
		else if (need.rev !== sent.length + (isOver(need.state) ? 1 : 0))
			found.push(
				`sync 1: need ${short(id)} is ${need.state} with rev ${need.rev} after ${sent.length} texts`
			);
		else if (!isDeepStrictEqual(need.content, sent.at(-1)))
			found.push(`sync 1: need ${short(id)} is not what was sent last`);
		if (need && closed.has(id) && need.state !== 'closed')
			found.push(`sync 1: need ${short(id)} was closed and is ${need.state}`);
	}
	if (truth.needs.size !== texts.size)
		found.push(`sync 1: ${truth.needs.size} needs of ${texts.size} that were posted`);
	return found;
}

/** TG-6.6: an offer is what its seller sent, and stands for a need on the board, of goods on sale, to somebody else. */
function judgeOffers(truth: Truth, done: readonly Done[]): string[] {
	const found: string[] = [];
	const sent = new Map<string, unknown>();
	for (const { command } of done) {
		if (command.name === 'offer.withdraw' && truth.offers.get(command.input.offerId)?.state !== 'withdrawn')
			found.push(`sync 1: offer ${short(command.input.offerId)} was withdrawn and is not`);
		if (command.name !== 'offer.send') continue;
		const { offerId, needId, listingId, quantity } = command.input;
		sent.set(offerId, { needId, listingId, quantity });
	}
	for (const { id, needId, listingId, quantity, buyerId, sellerId, state } of truth.offers.values()) {
		const what = `offer ${short(id)}`;
		if (!isDeepStrictEqual(sent.get(id), { needId, listingId, quantity }))
			found.push(`sync 1: ${what} is not what was sent`);
		if (buyerId === sellerId) found.push(`TG-6.6: ${what} is made to its own seller`);
		if (state !== 'sent') continue;
		const need = truth.needs.get(needId);
		if (!need || !isOnBoard(need.state))
			found.push(`TG-6.6: ${what} stands for a need that is ${need?.state ?? 'nowhere'}`);
		const goods = truth.listings.get(listingId);
		if (!goods || !isPublic(goods.state))
			found.push(`TG-15.1: ${what} stands of goods that are ${goods?.state ?? 'nowhere'}`);
	}
	for (const id of sent.keys())
		if (!truth.offers.has(id)) found.push(`sync 1: offer ${short(id)} is not there`);
	return found;
}

/** A buyer is told of what stands for a need, all of it. */
function judgeReceived({ feed, offers }: Truth): string[] {
	const found: string[] = [];
	for (const { collection, id, doc } of feed) {
		if (collection !== 'needs' || doc === null || !id.startsWith('own:')) continue;
		const live = [...offers.values()].filter((one) => `own:${one.needId}` === id && one.state === 'sent');
		const told = offersIn(doc).map(short);
		const stand = live.map((one) => short(one.id)).sort();
		if (!isDeepStrictEqual(told, stand))
			found.push(`TG-6.6: the buyer of ${id} is told of [${told.join()}] where [${stand.join()}] stand`);
	}
	return found;
}

/** What the buyer may order: an offer the exchange has taken back is shown too, and called so. */
function offersIn(doc: unknown): string[] {
	const read = z
		.object({ offers: z.array(z.object({ id: z.string(), droppedFor: z.unknown() })) })
		.parse(doc);
	return read.offers.flatMap(({ id, droppedFor }) => (droppedFor === null ? [id] : [])).sort();
}

/** TG-9.2: nothing a locked person looked for comes back with the end of the lock. */
const judgeLocks = ({ exchange }: Story, truth: Truth): string[] =>
	[...exchange.overNeeds].flatMap((id) => {
		const state = truth.needs.get(id)?.state ?? 'closed';
		return isOver(state) ? [] : [`TG-9.2: need ${short(id)} of a locked person is ${state}`];
	});
