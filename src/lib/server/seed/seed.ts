import { useMasterKey } from '$lib/server/accounts/sealing.ts';
import { serverConfig } from '$lib/server/config.ts';
import { openDb, transaction, type Sql } from '$lib/server/db/pool.ts';
import { openDiskStore } from '$lib/server/files/store.ts';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { businesses } from './businesses.ts';
import { later } from './clock.ts';
import { stalls } from './goods/stalls.ts';
import { listingsOf, type DemoListing } from './listing-content.ts';
import { seedPeople, seedUploads } from './members.ts';
import { planOrders } from './order-plan.ts';
import { seedNeeds } from './needs.ts';
import { people, stableId, type Person } from './people.ts';
import { keepDemoPictures } from './pictures.ts';
import { planListings } from './plan.ts';
import { play, withPhotos, type Pictures } from './play.ts';
import { seedProposals } from './proposals.ts';
import { hasPeople, listUnreadBefore } from './queries.ts';
import { seedReference } from './reference.ts';
import { openStage, type Stage } from './stage.ts';

export { seedReference } from './reference.ts';

const packId = 'tien-giang';
const minutesADay = 24 * 60;
/** Long before the oldest listing. */
const openedDaysAgo = 240;

export type DemoSignIn = { readonly name: string; readonly role: string; readonly userName: string };

/**
 * Fills an empty database with the demo: the province, people of every role, 25 sellers, their goods with pictures,
 * a queue with cases on time, soon due and overdue, orders in every state, what buyers look for and proposals to the Board, all of it relative to
 * `now` and all of it through the services real people use. Does nothing when there are people already.
 */
export async function seedDemo(options: {
	ownerUrl: string;
	dataDir: string;
	log: (line: string) => void;
	now?: string;
	/** Without it, that of the process's own configuration. */
	masterKey?: Buffer;
}): Promise<{ signIns: DemoSignIn[] }> {
	const { ownerUrl, dataDir, log } = options;
	const now = new Date(options.now ?? Date.now()).toISOString();
	useMasterKey(options.masterKey ?? serverConfig().masterKey);
	const owner = openDb({ url: ownerUrl, role: 'san_owner', max: 1, name: 'san-seed owner' });
	const db = openDb({ url: ownerUrl, role: 'san_app', max: 8, name: 'san-seed' });
	try {
		if (await hasPeople(owner)) return { signIns: signIns() };
		const opened = later(now, -openedDaysAgo * minutesADay);
		await seedReference(owner, packId, opened);
		log('Dữ liệu mẫu: bộ quy tắc, phường xã…');
		await seedPeople(db, opened);
		log(`Dữ liệu mẫu: ${Object.keys(people).length} người, ${businesses.length} gian hàng…`);
		const listings = allListings();
		const pictures = await storePictures(db, dataDir, opened, listings);
		log(`Dữ liệu mẫu: ${listings.length} mặt hàng, hồ sơ duyệt, đơn hàng…`);
		const stage = openStage(db, now);
		await playAll(stage, pictures, listings, now);
		await startDrafts(stage, pictures, listings, now);
		await seedNeeds(stage, listings, now);
		await seedProposals(stage, now);
		await readOldNotifications(stage, now);
		return { signIns: signIns() };
	} finally {
		await Promise.all([owner.end(), db.end()]);
	}
}

function allListings(): DemoListing[] {
	return stalls.flatMap((stall) => {
		const business = businesses.find((b) => b.key === stall.seller);
		if (!business) throw new Error(`no business for the stall ${stall.seller}`);
		return listingsOf(stall, business);
	});
}

async function storePictures(
	db: Sql,
	dataDir: string,
	now: string,
	listings: readonly DemoListing[]
): Promise<Pictures> {
	const names = new Set(listings.flatMap((l) => l.pictures));
	const pictures = await keepDemoPictures(openDiskStore(dataDir), names);
	for (const business of businesses) {
		const own = listings.filter((l) => l.business.id === business.id);
		await seedUploads(db, now, business, new Set(own.flatMap((l) => l.pictures)), pictures);
	}
	return pictures;
}

/** In the order of time, as it would have happened. */
async function playAll(
	stage: Stage,
	pictures: Pictures,
	listings: readonly DemoListing[],
	now: string
): Promise<void> {
	const { steps, approvedAt } = planListings(listings, loadPack(packId), now);
	const story = [...steps, ...planOrders(listings, approvedAt, now)];
	story.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
	for (let from = 0; from < story.length; from += stretch)
		await Promise.all(
			lanesOf(story.slice(from, from + stretch)).map(async (lane) => {
				for (const step of lane) await play(stage, pictures, step);
			})
		);
}

/** Steps that are played side by side: short enough that codes people read out still grow with time. */
const stretch = 32;

/** What concerns one seller's goods stays in its order. */
function lanesOf<S extends { readonly listing: DemoListing }>(steps: readonly S[]): S[][] {
	const lanes = new Map<string, S[]>();
	for (const step of steps) {
		const lane = lanes.get(step.listing.business.id) ?? [];
		lanes.set(step.listing.business.id, [...lane, step]);
	}
	return [...lanes.values()];
}

/** Two things bà Tư has begun and not sent. */
async function startDrafts(
	stage: Stage,
	pictures: Pictures,
	listings: readonly DemoListing[],
	now: string
): Promise<void> {
	const like = listings.find((l) => l.business.key === 'batu');
	if (!like) throw new Error('bà Tư sells nothing');
	const { wardCode, place, payment, shipping, photos } = withPhotos(like, pictures);
	const common = { categoryId: 'trai-cay', wardCode, place, payment, shipping };
	const drafts = [
		{
			title: 'Sầu riêng Musang King trái bói',
			unit: 'kg',
			price: 180_000,
			photos: photos.slice(0, 1),
			...common
		},
		{ title: 'Măng cụt vườn nhà', unit: 'kg', ...common }
	];
	for (const [i, fields] of drafts.entries())
		await stage.act(people.batu, {
			when: later(now, -55 + i * 20),
			name: 'draft.save',
			input: { listingId: stableId(`draft:${fields.title}`), base: 0, fields }
		});
}

/** Nobody has two hundred unread lines: what is older than a day and a half has been seen. */
async function readOldNotifications(stage: Stage, now: string): Promise<void> {
	const before = later(now, -1.5 * minutesADay);
	await Promise.all(
		Object.values<Person>(people).map(async (person) => {
			const ids = await transaction(stage.db, person.id, (tx) => listUnreadBefore(tx, person.id, before));
			for (let i = 0; i < ids.length; i += 50)
				await stage.act(person, {
					when: later(before, 60),
					name: 'notification.read',
					input: { ids: ids.slice(i, i + 50) }
				});
		})
	);
}

/** The sign-ins a first visitor is shown: one or two of every role. */
function signIns(): DemoSignIn[] {
	const pack = loadPack(packId);
	const shown: readonly Person[] = [
		people.batu,
		people.chuba,
		people.chilan,
		people.anhminh,
		people.chihanh,
		people.bacsau,
		people.coyen,
		people.quantri,
		people.vanhanh
	];
	return shown.map((person) => ({ name: person.name, userName: person.userName, role: roleOf(person) }));

	function roleOf({ id, roles, post }: Person): string {
		const agency = pack.agencies.find((a) => a.id === post?.agencyId)?.name;
		if (post) return `${post.role === 'lead' ? 'phụ trách' : 'cán bộ'} · ${agency}`;
		const business = businesses.find((b) => b.owner.id === id);
		if (business) return `người bán · ${business.name}`;
		if (roles.includes('administrator')) return 'quản trị';
		return roles.includes('operator') ? 'vận hành' : 'người mua';
	}
}
