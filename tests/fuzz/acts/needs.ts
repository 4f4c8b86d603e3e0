import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { goodsOnSale } from '$lib/domain/listings/on-sale.ts';
import { goodsFor, openNeeds } from '$lib/domain/needs/board.ts';
import { isStuck, mayClose, mayEdit } from '$lib/features/needs/need-words.ts';
import { mayWithdraw, stands } from '$lib/features/needs/offer-words.ts';
import type { PendingCommand } from '$lib/sync/fold/views.ts';
import { discard } from '$lib/sync/outbox/outbox.ts';
import { readMyListings, readNeeds } from '$lib/sync/reads.ts';
import type { FuzzDevice } from '../device.ts';
import type { Story } from '../story.ts';
import { byId, nothing, say, short, type Doing } from './doing.ts';

/** More than a person looks for at once: the others are written anew or closed. */
const mostOwn = 3;

const todayOf = (story: Story): string => vietnamDay(story.exchange.now());

/** As the screens do before they say something else in its place: it is given up if it goes, and stays if it has left. */
async function takeAway(story: Story, on: FuzzDevice, id: string): Promise<boolean> {
	const gone = await discard(on.store.local, id);
	if (gone) story.ledger.giveUpWithDependents(id);
	return gone;
}

const waits = (command: PendingCommand | null | undefined): boolean => command?.state.at === 'waiting';

/** TG-3.4c: a need is posted, or written anew where it was returned or refused. */
export const need: Doing = async (story, on, random) => {
	if (!on.person.roles.includes('buyer')) return nothing;
	const own = (await readNeeds(on.store)).own.toSorted(byId);
	const today = todayOf(story);
	const nth = story.nextNumber();
	const content = story.exchange.world.need({ title: `Cần mua sầu riêng lần ${nth}`, quantity: nth });
	const again = random.pick(own.filter((view) => mayEdit(view, today)));
	if (again) {
		const refused = again.sending?.command;
		if (refused) await takeAway(story, on, refused.id);
		const input = { needId: again.id, base: again.need?.rev ?? 0, content };
		return `anew: ${await say(on, { name: 'need.submit', input })}`;
	}
	if (own.filter((view) => view.need === null || mayClose(view, today)).length >= mostOwn) return nothing;
	const input = { needId: on.here.newId(), base: 0, content };
	return say(on, { name: 'need.submit', input });
};

/** The buyer looks for it no more: closed, or taken away where nobody has it yet. */
export const closeNeed: Doing = async (story, on, random) => {
	const today = todayOf(story);
	const own = (await readNeeds(on.store)).own.filter(
		(view) => mayClose(view, today) || waits(view.sending?.command)
	);
	const view = random.pick(own.toSorted(byId));
	if (!view) return nothing;
	if (view.need === null || !mayClose(view, today))
		return view.sending && (await takeAway(story, on, view.sending.command.id)) ? 'taken away' : 'too late';
	if (view.closing) await takeAway(story, on, view.closing.id);
	return say(on, { name: 'need.close', input: { needId: view.id, base: view.need.rev } });
};

/** TG-6.6: a seller answers a need on the board with goods on sale that are not offered for it yet. */
export const offer: Doing = async (story, on, random) => {
	const { world } = story.exchange;
	const { board, own, offers } = await readNeeds(on.store);
	const others = openNeeds(board, todayOf(story)).filter(({ id }) => !own.some((view) => view.id === id));
	const asked = random.pick(others.toSorted(byId));
	if (!asked) return nothing;
	const offered = offers.filter((view) => view.needId === asked.id && stands(view));
	const goods = random.pick(
		goodsFor(asked, goodsOnSale(await readMyListings(on.store), world.pack))
			.filter(({ id }) => !offered.some((view) => view.listingId === id))
			.toSorted(byId)
	);
	if (!goods) return nothing;
	const input = {
		...{ offerId: on.here.newId(), needId: asked.id, needRev: asked.rev },
		...{ listingId: goods.id, quantity: story.nextNumber() }
	};
	return `${await say(on, { name: 'offer.send', input })} for ${short(asked.id)}`;
};

/** The seller takes an offer back, or away where the exchange has not got it. */
export const withdrawOffer: Doing = async (story, on, random) => {
	const offers = (await readNeeds(on.store)).offers.filter((view) => {
		const command = view.withdrawing ?? view.sending?.command ?? null;
		return mayWithdraw(view) || waits(command) || isStuck(command);
	});
	const view = random.pick(offers.toSorted(byId));
	if (!view) return nothing;
	if (view.withdrawing) await takeAway(story, on, view.withdrawing.id);
	if (mayWithdraw(view)) return say(on, { name: 'offer.withdraw', input: { offerId: view.id } });
	return view.sending && (await takeAway(story, on, view.sending.command.id)) ? 'taken away' : 'too late';
};
