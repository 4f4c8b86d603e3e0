import { eventParty, nextOrderState, orderEvents } from '$lib/domain/orders/states.ts';
import { readCatalogue } from '$lib/sync/read-catalogue.ts';
import { readOrders } from '$lib/sync/reads.ts';
import { byId, nothing, say, type Doing } from './doing.ts';

export const order: Doing = async (story, on, random) => {
	if (!on.person.roles.includes('buyer')) return nothing;
	const others = [...(await readCatalogue(on.store)).values()].map((known) => known.data);
	const listing = random.pick(
		others.filter((one) => one.seller.name !== `Vườn của ${on.person.name}`).sort(byId)
	);
	if (!listing) return nothing;
	const goods = { id: listing.id, content: story.exchange.world.goods({ price: listing.price }) };
	const input = story.exchange.world.order(goods, 1 + (listing.minimum ?? 0) + random.below(3), {
		orderId: on.here.newId(),
		listingRev: listing.rev
	});
	return say(on, { name: 'order.place', input });
};

export const advance: Doing = async (story, on, random) => {
	const actor = await story.exchange.actor(on.person);
	const orders = (await readOrders(on.store, actor)).filter((view) => view.step === null).sort(byId);
	const view = random.pick(orders);
	if (!view) return nothing;
	const state = view.order?.state ?? 'awaiting_confirmation';
	const events = orderEvents.filter(
		(name) =>
			eventParty[name] === view.party && nextOrderState(state, name, { party: view.party, reason: 'bận' }).ok
	);
	const event = random.pick(events);
	if (!event || event === 'forward') return nothing;
	return say(on, {
		name: 'order.advance',
		input: {
			orderId: view.id,
			rev: view.order?.rev ?? 1,
			event,
			reason: 'bận việc nhà',
			carrier: '',
			trackingCode: '',
			shippingFee: null
		}
	});
};
