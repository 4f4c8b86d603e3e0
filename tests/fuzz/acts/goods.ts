import { nextListingState } from '$lib/domain/listings/rules.ts';
import type { ListingContent, ListingField } from '$lib/domain/listings/schema.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import { keepPhoto as keepPicture } from '$lib/sync/blobs/photos.ts';
import {
	createDraft,
	discardDraft,
	openDraft,
	queueDraftSave,
	resolveConflict,
	submitDraft,
	typeIntoDraft
} from '$lib/sync/outbox/drafts.ts';
import { readDrafts } from '$lib/sync/reads.ts';
import { photo } from '../../world/exchange.ts';
import type { FuzzDevice } from '../device.ts';
import { entriesOf } from '../ledger.ts';
import { takePicture } from '../photos.ts';
import { Random } from '../random.ts';
import type { Story } from '../story.ts';
import { byId, nothing, say, short, type Doing } from './doing.ts';

/** A picture with bytes, which goes the long way, or one that is there already and of which only the name matters. */
async function newPhoto(story: Story, on: FuzzDevice, random: Random, name: string): Promise<string> {
	if (random.chance(0.3)) {
		const bytes = await takePicture(random);
		return keepPicture(on.store, { bytes, type: 'image/jpeg', thumb: null }, on.here.now());
	}
	const hash = photo(name);
	await story.exchange.world.stores(on.person, hash);
	await on.store.local.photos.put({
		hash,
		type: 'image/jpeg',
		bytes: 1000,
		bytesSent: 1000,
		state: 'stored',
		uploadUrl: null,
		refusal: null,
		addedAt: on.here.now()
	});
	return hash;
}

const oneField = (random: Random, nth: number): Partial<ListingContent> =>
	random.pick<Partial<ListingContent>>([
		{ title: `Sầu riêng lần ${nth}` },
		{ price: 50_000 + nth },
		{ packing: `Thùng số ${nth}` },
		{ description: `Trái chín tự nhiên trên cây, cơm vàng hạt lép, lời thứ ${nth}.` },
		{ minimum: nth }
	]) ?? {};

export const type: Doing = async (story, on, random) => {
	if (!on.person.roles.includes('seller')) return nothing;
	const { store, here } = on;
	const drafts = await readDrafts(store);
	const mine = (await on.mine()).filter((listing) => nextListingState(listing.state, 'edit').ok);
	const known = [
		...new Set([...drafts.map((draft) => draft.listingId), ...mine.map((one) => one.id)])
	].sort();
	const nth = story.nextNumber();
	let listingId = random.pick(known);
	let fields = oneField(random, nth);
	if (!listingId || (known.length < 3 && random.chance(0.2))) {
		listingId = (await createDraft(store, here)).listingId;
		const hash = await newPhoto(story, on, random, `${on.name} ${nth}`);
		fields = { ...story.exchange.world.goods({ photos: [hash] }), ...fields };
	}
	const opened = await openDraft(store, here, listingId);
	const typed = await typeIntoDraft(store, here, listingId, fields);
	if (!typed.ok) return `may not type: ${typed.refusal.code}`;
	story.ledger.type(store.name, listingId, typed.value.base, fields);
	if (opened.ok)
		for (const [field] of entriesOf(fields))
			story.ledger.overwrite(store.name, field, [opened.value.content[field]]);
	const queued = random.chance(0.75);
	if (queued) await queueDraftSave(store, here, listingId);
	return `${short(listingId)} ${Object.keys(fields).length > 5 ? 'new' : JSON.stringify(fields)}${queued ? '' : ' (not queued)'}`;
};

export const submit: Doing = async (_, on, random) => {
	const draft = random.pick(
		(await readDrafts(on.store)).sort((a, b) => (a.listingId < b.listingId ? -1 : 1))
	);
	if (!draft) return nothing;
	const done = await submitDraft(on.store, on.here, draft.listingId);
	return `${short(draft.listingId)} ${done.ok ? short(done.value.commandId) : done.refusal.code}`;
};

export const withdraw: Doing = async (_, on, random) => {
	const can = (await on.mine()).filter((one) => nextListingState(one.state, 'withdraw').ok).sort(byId);
	const listing = random.pick(can);
	if (!listing) return nothing;
	return say(on, { name: 'listing.withdraw', input: { listingId: listing.id, base: listing.rev } });
};

export const restock: Doing = async (story, on, random) => {
	const listing = random.pick((await on.mine()).filter((one) => isPublic(one.state)).sort(byId));
	if (!listing) return nothing;
	const stock = 1_000 + story.nextNumber();
	const input = { listingId: listing.id, base: listing.rev, stock };
	story.ledger.say(on.store.name, listing.id, listing.rev, { stock });
	return say(on, { name: 'listing.restock', input });
};

export const throwAway: Doing = async (story, on, random) => {
	const draft = random.pick(
		(await readDrafts(on.store)).sort((a, b) => (a.listingId < b.listingId ? -1 : 1))
	);
	if (!draft) return nothing;
	story.ledger.throwAway(on.store.name, draft.listingId);
	for (const [field, value] of entriesOf(draft.content))
		story.ledger.overwrite(on.store.name, field, [value, draft.conflicts[field]]);
	await discardDraft(on.store, on.here, draft.listingId);
	return short(draft.listingId);
};

export const resolve: Doing = async (story, on, random) => {
	const asked = (await readDrafts(on.store))
		.filter((draft) => Object.keys(draft.conflicts).length > 0)
		.sort((a, b) => (a.listingId < b.listingId ? -1 : 1));
	const draft = random.pick(asked);
	const field = draft && random.pick(Object.keys(draft.conflicts) as ListingField[]);
	if (!draft || !field) return nothing;
	const keep = random.chance(0.5) ? 'mine' : 'theirs';
	const { store, here } = on;
	await resolveConflict(store, here, draft.listingId, field, keep, draft.conflicts);
	story.ledger.overwrite(store.name, field, [(keep === 'mine' ? draft.conflicts : draft.content)[field]]);
	if (keep === 'theirs') story.ledger.letGo(store.name, draft.listingId, field);
	else story.ledger.type(store.name, draft.listingId, draft.base, { [field]: draft.content[field] });
	await queueDraftSave(store, here, draft.listingId);
	return `${short(draft.listingId)} ${field}: ${keep}`;
};

/** The uploader sends what waits, over a line that is cut. */
export const photoArrives: Doing = async ({ exchange }, on, random) => {
	if ((await on.store.local.photos.where('state').equals('on_device').count()) === 0) return nothing;
	exchange.place.photos.trouble = new Random(random.below(2 ** 31));
	const end = await exchange.place.photos.send(on.store, on.person);
	exchange.place.photos.trouble = null;
	return end;
};
