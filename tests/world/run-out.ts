import { expect } from 'vitest';
import { addDays, startOfDay } from '$lib/domain/calendar/working-days.ts';
import { findPublicListing } from '$lib/server/listings/service.ts';
import type { Exchange, Goods } from './exchange.ts';

/** The last day of what runs out in these tests; it ends at 17:00 in UTC. */
export const last = '2027-03-15';
export const firstInstantAfter = startOfDay(addDays(last, 1));
export const lastInstantOf = new Date(Date.parse(firstInstantAfter) - 1).toISOString();
export const noonOf = (day: string): string => `${day}T05:00:00.000Z`;

/** Whether anybody may see these goods. Page, feed (and with it the packs) and pictures are never of two minds. */
export async function isPublic({ db, feed }: Pick<Exchange, 'db' | 'feed'>, goods: Goods): Promise<boolean> {
	const page = (await findPublicListing(db, goods.id)) !== null;
	const inFeed = (await feed('public', 'listings', goods.id)) !== null;
	const [pictures] = await db<{ shown: number; live: number }[]>`
		select count(*) filter (where f.live)::int as live,
			count(*) filter (where position(f.id in l.published_photos::text) > 0)::int as shown
		from listings l join public_files f on f.listing_id = l.id where l.id = ${goods.id}`;
	expect([inFeed, pictures?.live]).toEqual([page, page ? pictures?.shown : 0]);
	return page;
}
