import { publicReference, type PublicReference } from '$lib/features/catalogue/reference.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { cleanText } from '$lib/domain/kernel/text.ts';
import type { CatalogueQuery } from '$lib/paths.ts';
import { publicPack, publicWards } from '$lib/server/listings/service.ts';
import { runtime } from '$lib/server/runtime.ts';

/**
 * Public pages never read the session, so every cache on the way may keep them for a moment. Set it last, when
 * nothing can fail any more: a kept error page would outlive its cause.
 */
export const publicCache = { 'cache-control': 'public, max-age=0, s-maxage=30, stale-while-revalidate=60' };

/** Pages with a form or a token in them are kept by nobody. */
export const noCache = { 'cache-control': 'no-store' };

/** The rule pack in force, as public pages show it. */
export async function loadReference(): Promise<PublicReference> {
	const { db, now } = runtime();
	const [pack, wards] = await Promise.all([publicPack(db), publicWards(db)]);
	return publicReference(pack, wards, vietnamDay(now()));
}

/** What a visitor asks of a list of goods or needs, as it stands in an address. */
export function catalogueQuery({ searchParams }: URL): Required<CatalogueQuery> {
	const given = (name: string) => cleanText(searchParams.get(name) ?? '');
	return {
		q: given('q').slice(0, 80),
		category: given('category'),
		ward: given('ward'),
		page: pageNumber(searchParams.get('page'))
	};
}

/** A page number as it stands in an address; anything else is the first page. */
export function pageNumber(text: string | null): number {
	const page = Number(text ?? '1');
	return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}
