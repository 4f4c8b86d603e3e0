import { OpenDevice } from '../../src/lib/sync/open-device.svelte.ts';
import { askSession } from '../../src/lib/sync/transport/session.ts';
import { show, shown } from './live.ts';

/** The seller's orders as the product reads them: stored, folded, then shown. */
window.live = {
	async start() {
		const session = await askSession();
		if (session.outcome !== 'actor') throw new Error(`the session is ${session.outcome}`);
		const device = await OpenDevice.open(session.actor).opened;
		await device.heardSession(session);
		$effect.root(() => {
			$effect(() => {
				for (const { id, order } of device.reads.orders.current)
					show(id, `${order?.listing.title} ${order?.state}`);
			});
		});
		await device.syncNow();
	},
	shown
};
