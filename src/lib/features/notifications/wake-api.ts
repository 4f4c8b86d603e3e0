import type { WakeApi } from '$lib/sync/background/wake.ts';
import { api } from '$lib/sync/transport/trpc.ts';

/** Waking, asked of the real server. */
export const wakeApi: WakeApi = {
	pushKey: () => api.notifications.pushKey.query(),
	subscribe: (subscription) => api.notifications.subscribe.mutate(subscription),
	unsubscribe: (endpoint) => api.notifications.unsubscribe.mutate({ endpoint })
};
