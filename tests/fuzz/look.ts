import {
	readDocs,
	readDrafts,
	readMyListings,
	readNeeds,
	readOrders,
	readWork,
	type Sources
} from '$lib/sync/reads.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import type { Store } from '$lib/sync/store/store.ts';
import type { FuzzDevice } from './device.ts';
import type { Story } from './story.ts';

/** Where what a command asks for is shown, and under which id. */
type Place = { readonly in: 'orders' | 'mine' | 'needs'; readonly what: string; readonly id: string };

function placeOf(command: AnyCommand): Place | null {
	switch (command.name) {
		case 'order.place':
			return { in: 'orders', what: 'order', id: command.input.orderId };
		case 'listing.submit':
			return { in: 'mine', what: 'listing', id: command.input.listingId };
		case 'need.submit':
			return { in: 'needs', what: 'need', id: command.input.needId };
		case 'offer.send':
			return { in: 'needs', what: 'offer', id: command.input.offerId };
		default:
			return null;
	}
}

/** sync 3: what a person asked for stays on the screen, whatever the moment one looks. */
export async function look({ ledger, exchange }: Story, device: FuzzDevice): Promise<void> {
	const { store, person } = device;
	const before = ledger.wiped.get(store.name) ?? 0;
	const asked = [...ledger.made.values()]
		.filter(
			(made) =>
				made.store === store.name && made.order > before && !made.givenUp && made.left?.state !== 'refused'
		)
		.flatMap(({ command }) => placeOf(command) ?? [])
		.filter(({ what, id }) => what !== 'listing' || !ledger.thrownAway.has(id));
	/** Nothing is promised of what this person has not been told yet, or no more. */
	const here = async (name: Place['in']) =>
		`user:${person.id}` in ((await store.local.pulls.get(name))?.positions ?? {});
	const shown = {
		orders: async () => (await readOrders(store, await exchange.actor(person))).map((view) => view.id),
		mine: async () => (await readMyListings(store)).map((view) => view.id),
		needs: async () => {
			const forgets = exchange.sabotage === 'needs forgotten';
			const { own, offers } = await readNeeds(store, forgets ? forgetful(store) : undefined);
			return [...own, ...offers].map((view) => view.id);
		}
	};
	for (const name of ['orders', 'mine', 'needs'] as const) {
		const due = asked.filter((one) => one.in === name);
		if (due.length === 0 || !(await here(name))) continue;
		const ids = new Set(await shown[name]());
		for (const { what, id } of due)
			if (!ids.has(id) && (await here(name)))
				ledger.broken.push(`sync 3: ${device.name}: ${what} ${id} disappeared`);
	}
}

/** As if the fold knew of no need but those of the exchange. */
const forgetful = (store: Store): Sources => ({
	work: async () => {
		const work = await readWork(store);
		return { ...work, rows: work.rows.filter((row) => row.name !== 'need.submit') };
	},
	docs: (collection) => readDocs(store, collection),
	drafts: () => readDrafts(store)
});
