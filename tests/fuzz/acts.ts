import { nextListingState } from '$lib/domain/listings/rules.ts';
import type { ListingContent, ListingField } from '$lib/domain/listings/schema.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import { eventParty, nextOrderState, orderEvents } from '$lib/domain/orders/states.ts';
import { keepPhoto as keepPicture } from '$lib/sync/blobs/photos.ts';
import {
	createDraft,
	discardDraft,
	queueDraftSave,
	resolveConflict,
	submitDraft,
	typeIntoDraft
} from '$lib/sync/outbox/drafts.ts';
import { discard, enqueue, retryRefused } from '$lib/sync/outbox/outbox.ts';
import { readCases, readDrafts, readNotifications, readOrders, readOnlyHere } from '$lib/sync/reads.ts';
import { readCatalogue } from '$lib/sync/read-catalogue.ts';
import { queueAllDrafts } from '$lib/sync/typing.ts';
import { caseSubjectRev } from '$lib/domain/moderation/schema.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import { people, photo, type Person } from '../world/exchange.ts';
import type { FuzzDevice } from './device.ts';
import { takePicture } from './photos.ts';
import { owners, type Act, type DeviceName } from './plan.ts';
import { Random } from './random.ts';
import type { Story } from './story.ts';
import { ticks } from './wire.ts';

type Doing = (story: Story, on: FuzzDevice, random: Random) => Promise<string>;

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
const day = 86_400_000;
const nothing = 'nothing to do';
const short = (id: string): string => id.slice(0, 4);

async function say(on: FuzzDevice, command: AnyCommand): Promise<string> {
	const row = await enqueue(on.store.local, command, { id: on.here.newId(), deviceTime: on.here.now() });
	return `${command.name} ${short(row.id)} on ${row.subject.slice(0, 12)}`;
}

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

const type: Doing = async (story, on, random) => {
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
	const typed = await typeIntoDraft(store, here, listingId, fields);
	if (!typed.ok) return `may not type: ${typed.refusal.code}`;
	story.ledger.type(store.name, listingId, typed.value.base, fields);
	const queued = random.chance(0.75);
	if (queued) await queueDraftSave(store, here, listingId);
	return `${short(listingId)} ${Object.keys(fields).length > 5 ? 'new' : JSON.stringify(fields)}${queued ? '' : ' (not queued)'}`;
};

const submit: Doing = async (_, on, random) => {
	const draft = random.pick(
		(await readDrafts(on.store)).sort((a, b) => (a.listingId < b.listingId ? -1 : 1))
	);
	if (!draft) return nothing;
	const done = await submitDraft(on.store, on.here, draft.listingId);
	return `${short(draft.listingId)} ${done.ok ? short(done.value.commandId) : done.refusal.code}`;
};

const withdraw: Doing = async (_, on, random) => {
	const can = (await on.mine()).filter((one) => nextListingState(one.state, 'withdraw').ok).sort(byId);
	const listing = random.pick(can);
	if (!listing) return nothing;
	return say(on, { name: 'listing.withdraw', input: { listingId: listing.id, base: listing.rev } });
};

const restock: Doing = async (story, on, random) => {
	const listing = random.pick((await on.mine()).filter((one) => isPublic(one.state)).sort(byId));
	if (!listing) return nothing;
	const input = { listingId: listing.id, base: listing.rev, stock: 1_000 + story.nextNumber() };
	return say(on, { name: 'listing.restock', input });
};

const throwAway: Doing = async (story, on, random) => {
	const draft = random.pick(
		(await readDrafts(on.store)).sort((a, b) => (a.listingId < b.listingId ? -1 : 1))
	);
	if (!draft) return nothing;
	story.ledger.throwAway(on.store.name, draft.listingId);
	await discardDraft(on.store, on.here, draft.listingId);
	return short(draft.listingId);
};

const decide: Doing = async (story, on, random) => {
	const open = (await readCases(on.store)).filter((view) => view.case.state === 'open' && !view.decision);
	const view = random.pick(open.sort((a, b) => (a.case.code < b.case.code ? -1 : 1)));
	if (!view) return nothing;
	const common = { caseId: view.case.id, listingRev: caseSubjectRev(view.case), note: '' };
	return say(on, {
		name: 'case.decide',
		input: random.chance(0.7)
			? { ...common, decision: 'approve' }
			: { ...common, decision: 'return', reasonCodes: [story.exchange.world.pack.returnReasons[0]?.id ?? ''] }
	});
};

const order: Doing = async (story, on, random) => {
	if (!on.person.roles.includes('buyer')) return nothing;
	const others = [...(await readCatalogue(on.store)).values()].map((known) => known.data);
	const listing = random.pick(
		others.filter((one) => one.seller.name !== `Vườn của ${on.person.name}`).sort(byId)
	);
	if (!listing) return nothing;
	const goods = { id: listing.id, content: story.exchange.world.goods({ price: listing.price }) };
	const input = story.exchange.world.order(goods, 1 + (listing.minimum ?? 0) + random.below(3), {
		orderId: on.here.newId(),
		listingRev: listing.rev
	});
	return say(on, { name: 'order.place', input });
};

const advance: Doing = async (story, on, random) => {
	const actor = await story.exchange.actor(on.person);
	const orders = (await readOrders(on.store, actor)).filter((view) => view.step === null).sort(byId);
	const view = random.pick(orders);
	if (!view) return nothing;
	const state = view.order?.state ?? 'awaiting_confirmation';
	const events = orderEvents.filter(
		(name) =>
			eventParty[name] === view.party && nextOrderState(state, name, { party: view.party, reason: 'bận' }).ok
	);
	const event = random.pick(events);
	if (!event || event === 'forward') return nothing;
	return say(on, {
		name: 'order.advance',
		input: {
			orderId: view.id,
			rev: view.order?.rev ?? 1,
			event,
			reason: 'bận việc nhà',
			carrier: '',
			trackingCode: '',
			shippingFee: null
		}
	});
};

const read: Doing = async (_, on) => {
	const ids = (await readNotifications(on.store)).filter((one) => !one.read).map((one) => one.id);
	if (ids.length === 0) return nothing;
	return say(on, { name: 'notification.read', input: { ids: ids.slice(0, 3) } });
};

const resolve: Doing = async (story, on, random) => {
	const asked = (await readDrafts(on.store))
		.filter((draft) => Object.keys(draft.conflicts).length > 0)
		.sort((a, b) => (a.listingId < b.listingId ? -1 : 1));
	const draft = random.pick(asked);
	const field = draft && random.pick(Object.keys(draft.conflicts) as ListingField[]);
	if (!draft || !field) return nothing;
	const keep = random.chance(0.5) ? 'mine' : 'theirs';
	const { store, here } = on;
	await resolveConflict(store, here, draft.listingId, field, keep);
	if (keep === 'theirs') story.ledger.letGo(store.name, draft.listingId, field);
	else story.ledger.type(store.name, draft.listingId, draft.base, { [field]: draft.content[field] });
	await queueDraftSave(store, here, draft.listingId);
	return `${short(draft.listingId)} ${field}: ${keep}`;
};

const refused = async (on: FuzzDevice, random: Random) =>
	random.pick(
		(await on.store.local.outbox.orderBy('seq').toArray()).filter((row) => row.state === 'refused')
	);

const retry: Doing = async (story, on, random) => {
	const row = await refused(on, random);
	if (!row) return nothing;
	story.ledger.giveUpWithDependents(row.id);
	await retryRefused(on.store.local, row.id, { newId: on.here.newId, deviceTime: on.here.now() });
	return `${row.name} ${short(row.id)} (${row.refusal?.code ?? '?'})`;
};

const drop: Doing = async (story, on, random) => {
	const row = await refused(on, random);
	if (!row) return nothing;
	story.ledger.giveUpWithDependents(row.id);
	if (row.name === 'listing.submit' || row.name === 'draft.save') return nothing;
	await discard(on.store.local, row.id);
	return `${row.name} ${short(row.id)} (${row.refusal?.code ?? '?'})`;
};

const sync: Doing = async (_, on, random) => {
	if (on.busy) {
		await on.settle();
		return 'the round before it ended';
	}
	on.wire.trouble = random.chance(0.25) ? null : new Random(random.below(2 ** 31));
	on.wire.online = random.chance(0.93);
	on.wait(random.below(20_000));
	on.sync();
	if (random.chance(0.35)) return 'goes on in the background';
	await on.settle();
	return on.wire.online ? 'done' : 'cut';
};

const kill: Doing = async (_, on, random) => {
	on.wire.online = true;
	if (random.chance(0.7)) {
		on.wire.trouble = new Random(random.below(2 ** 31));
		const moment = on.wire.afterHops(1 + random.below(16));
		on.sync();
		await Promise.race([moment, on.settle()]);
		await ticks(random.below(30));
	}
	await on.kill();
	return 'killed';
};

const clock: Doing = async (story, on, random) => {
	const ms = random.chance(0.3) ? 0 : (random.next() * 20 - 10) * 365 * day;
	on.jump(ms);
	story.setProcessClock(ms);
	return `${(ms / 365 / day).toFixed(1)} years`;
};

const housemate: Readonly<Partial<Record<DeviceName, Person>>> = {
	'tu-tablet': people.chilan,
	'minh-desk': people.chihanh
};

const shareDevice: Doing = async (_, on, random) => {
	const other = housemate[on.name];
	if (!other) return nothing;
	const owner = owners[on.name];
	const next = on.person.id === owner.id ? other : owner;
	on.wire.cookie = { kind: 'person', person: next };
	// The open tab may learn of it only from the exchange's refusal.
	if (random.chance(0.4)) return `${next.userName} signed in, the open tab does not know`;
	await on.sleep();
	on.person = next;
	await on.wake();
	await on.checkSession();
	return `${next.userName} signed in`;
};

const signOut: Doing = async (_, on) => {
	await on.settle();
	await queueAllDrafts(on.store, on.here);
	const unsent = await readOnlyHere(on.store);
	if (unsent.length > 0) return `stays: ${unsent.length} unsent`;
	await on.wipe();
	on.wire.cookie = { kind: 'nobody' };
	return 'wiped';
};

const sessionEnds: Doing = async (_, on, random) => {
	const why = random.pick(['expired', 'expired', 'ended', 'revoked'] as const) ?? 'expired';
	on.wire.cookie = { kind: 'ended', why };
	return why;
};

const signIn: Doing = async (_, on) => {
	on.wire.cookie = { kind: 'person', person: on.person };
	on.wire.online = true;
	on.wire.trouble = null;
	await on.checkSession();
	return on.person.userName;
};

const postChanges: Doing = async (story) => {
	await story.exchange.changePost(people.anhminh);
	return story.exchange.officers.has(people.anhminh.id) ? 'anh Minh has his post' : 'anh Minh lost his post';
};

const otherOfficer: Doing = async (story, _, random) => {
	const { world } = story.exchange;
	const [row] = await world.db<{ listingId: string }[]>`
		select listing_id as "listingId" from cases where state = 'open' order by code limit 1`;
	if (!row) return nothing;
	const done = await world.decides(people.chihanh, row.listingId, random.chance(0.5) ? 'approve' : 'return', {
		now: story.exchange.now()
	});
	return `chị Hạnh decides ${short(row.listingId)}: ${done.ok ? 'ok' : done.refusal.code}`;
};

const lockSeller: Doing = async (story, _, random) => {
	if (story.exchange.sellerLocked || random.chance(0.5)) return nothing;
	await story.exchange.lockSeller(people.batu);
	return 'bà Tư';
};

const lockAccount: Doing = async (story, on) => {
	const locked = !story.exchange.locked.has(on.person.id);
	await story.exchange.lockAccount(on.person, locked);
	return `${on.person.userName} ${locked ? 'locked' : 'unlocked'}`;
};

const newEpoch: Doing = async (story) => {
	await story.exchange.newEpoch();
	return 'everything is read again';
};

const slowWriter: Doing = async (story, on, random) => {
	await story.exchange.beginSlowWrite(on.person, random.uuid(), random.uuid());
	return 'begins, or commits';
};

/** The uploader sends what waits, over a line that is cut. */
const photoArrives: Doing = async ({ exchange }, on, random) => {
	if ((await on.store.local.photos.where('state').equals('on_device').count()) === 0) return nothing;
	exchange.place.photos.trouble = new Random(random.below(2 ** 31));
	const end = await exchange.place.photos.send(on.store, on.person);
	exchange.place.photos.trouble = null;
	return end;
};

/** The exchange goes down and comes back while the device is in the middle of something. */
const restart: Doing = async (story, on, random) => {
	const moment = on.wire.afterHops(1 + random.below(12));
	on.wire.online = true;
	on.wire.trouble = null;
	on.sync();
	await Promise.race([moment, on.settle()]);
	await story.exchange.restart();
	await on.settle();
	return 'every connection broke';
};

const secondTab: Doing = async (_, on, random) => {
	await on.settle();
	on.wire.online = true;
	on.wire.trouble = random.chance(0.5) ? null : new Random(random.below(2 ** 31));
	await on.syncTwice();
	return 'two rounds at once';
};

/** A leading tab with its timers and the stream of pokes, while an officer decides something elsewhere. */
const live: Doing = async (story, on, random) => {
	await on.settle();
	on.wire.online = true;
	on.wire.trouble = random.chance(0.6) ? null : new Random(random.below(2 ** 31));
	await on.live(() => otherOfficer(story, on, random), 2 + random.below(8));
	return 'led for a while';
};

const backup: Doing = async (story) => {
	await story.exchange.backup();
	return 'a backup is made';
};

const restore: Doing = async (story) =>
	(await story.exchange.restore()) ? 'the exchange is as it was at the backup' : nothing;

const packGoods: Doing = async (story) => {
	await story.exchange.packGoods();
	return 'the catalogue is packed';
};

const compact: Doing = async (story) => {
	await story.exchange.compact();
	return 'tombstones are taken away';
};

const oldRequest: Doing = async (_, on, random) => {
	await on.wire.repeatOld(random.below(1000));
	return 'comes by once more';
};

export const acts: Readonly<Record<Act, Doing>> = {
	type,
	submit,
	withdraw,
	restock,
	discard: throwAway,
	decide,
	order,
	advance,
	read,
	resolve,
	retry,
	drop,
	sync,
	kill,
	clock,
	shareDevice,
	signOut,
	sessionEnds,
	signIn,
	postChanges,
	otherOfficer,
	lockSeller,
	lockAccount,
	newEpoch,
	slowWriter,
	photoArrives,
	oldRequest,
	restart,
	secondTab,
	live,
	backup,
	restore,
	packGoods,
	compact
};
