import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { actingAgency } from '$lib/domain/agencies/rules.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { inForce } from '$lib/domain/kernel/effective.ts';
import { checkAgainstPack } from '$lib/domain/listings/rules.ts';
import { submittableSchema } from '$lib/domain/listings/schema.ts';
import { loadPack, loadWards } from '$lib/server/rulepacks/load.ts';
import { businesses } from './businesses.ts';
import { stalls } from './goods/stalls.ts';
import { listingsOf } from './listing-content.ts';
import { people } from './people.ts';

const pack = loadPack('tien-giang');
const listings = stalls.flatMap((stall) => {
	const business = businesses.find((b) => b.key === stall.seller);
	if (!business) throw new Error(`no business for the stall ${stall.seller}`);
	return listingsOf(stall, business);
});

test('the demo has at least 14 sellers and 250 listings, each said in its own words', () => {
	expect(stalls.length).toBeGreaterThanOrEqual(14);
	expect(listings.length).toBeGreaterThanOrEqual(250);
	expect(new Set(listings.map((l) => l.id)).size).toBe(listings.length);
	expect(new Set(listings.map((l) => l.content.title)).size).toBe(listings.length);
	expect(new Set(listings.map((l) => l.content.description)).size).toBe(listings.length);
});

test.each(listings.map((l) => [l.content.title, l] as const))(
	'%s could be sent for approval',
	(_, listing) => {
		const content = submittableSchema.parse({ ...listing.content, photos: ['0'.repeat(64)] });
		expect(checkAgainstPack(content, pack, '2026-11-22')).toEqual({ ok: true, value: undefined });
		expect(pack.categories.map((c) => c.id)).toContain(content.categoryId);
	}
);

test('every picture named is drawn, with its thumbnail', () => {
	const at = (file: string) => existsSync(fileURLToPath(new URL(`./pictures/${file}`, import.meta.url)));
	for (const name of new Set(listings.flatMap((l) => l.pictures))) {
		expect(at(`${name}.webp`), name).toBe(true);
		expect(at(`${name}.thumb.webp`), name).toBe(true);
	}
});

test('every business lies in a ward of the pack and every post in an agency that exists today', () => {
	const wards = new Set(loadWards(pack.id).map((w) => w.code));
	for (const business of businesses) expect(wards, business.name).toContain(business.wardCode);
	for (const { post, name } of Object.values(people))
		if (post) expect(pack.agencies.find((a) => a.id === post.agencyId)?.effectiveTo, name).toBeNull();
});

test('every department with a sector has an officer of the demo', () => {
	const staffed = new Set(Object.values(people).flatMap((p) => (p.post ? [p.post.agencyId] : [])));
	const today = vietnamDay(new Date().toISOString());
	for (const sector of pack.sectors.filter((one) => inForce(one, today)))
		expect(staffed, sector.name).toContain(actingAgency(pack, sector.agencyId, today)?.id);
});
