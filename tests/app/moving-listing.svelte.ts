import type { Device, MyListingView } from '$lib/sync/app.svelte.ts';

/** The phone, with one listing that another device may send at any moment: its working copy here is then gone. */
export class MovingListing {
	sentElsewhere = $state(false);

	device(phone: Device): Device {
		const gone = () => this.sentElsewhere;
		const seen = (view: MyListingView | null): MyListingView | null =>
			view !== null && gone()
				? { ...view, draft: null, state: 'submitted', editable: false, place: { at: 'saved' } }
				: view;
		return {
			...phone,
			get status() {
				return phone.status;
			},
			myListing: (id) => ({
				get current() {
					return seen(phone.myListing(id).current);
				},
				get ready() {
					return phone.myListing(id).ready;
				}
			}),
			drafts: {
				...phone.drafts,
				// Too late for the store.
				update: () => undefined,
				live: (id) => ({
					get current() {
						return gone() ? null : phone.drafts.live(id).current;
					},
					get ready() {
						return phone.drafts.live(id).ready;
					}
				})
			}
		};
	}
}
