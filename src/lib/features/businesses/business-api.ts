import type { MyBusiness } from '$lib/domain/businesses/schema.ts';
import { api } from '$lib/sync/transport/trpc.ts';

/** What the screen asks of the exchange itself. */
export type BusinessOnline = {
	/** The own business, null = none; undefined = nobody answered. */
	mine(): Promise<MyBusiness | null | undefined>;
};

export const businessApi: BusinessOnline = {
	mine: () => api.businesses.mine.query().catch(() => undefined)
};
