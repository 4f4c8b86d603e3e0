import { discard, retryRefused } from '$lib/sync/outbox/outbox.ts';
import { readNotifications, readOnlyHere } from '$lib/sync/reads.ts';
import { queueAllDrafts } from '$lib/sync/typing.ts';
import { people, type Person } from '../../world/exchange.ts';
import type { FuzzDevice } from '../device.ts';
import { owners, type DeviceName } from '../plan.ts';
import { Random } from '../random.ts';
import { ticks } from '../wire.ts';
import { nothing, say, short, type Doing } from './doing.ts';
import { otherOfficer } from './officers.ts';

const day = 86_400_000;

export const read: Doing = async (_, on) => {
	const ids = (await readNotifications(on.store)).filter((one) => !one.read).map((one) => one.id);
	if (ids.length === 0) return nothing;
	return say(on, { name: 'notification.read', input: { ids: ids.slice(0, 3) } });
};

const refused = async (on: FuzzDevice, random: Random) =>
	random.pick(
		(await on.store.local.outbox.orderBy('seq').toArray()).filter((row) => row.state === 'refused')
	);

export const retry: Doing = async (story, on, random) => {
	const row = await refused(on, random);
	if (!row) return nothing;
	story.ledger.giveUpWithDependents(row.id);
	await retryRefused(on.store.local, row.id, { newId: on.here.newId, deviceTime: on.here.now() });
	return `${row.name} ${short(row.id)} (${row.refusal?.code ?? '?'})`;
};

export const drop: Doing = async (story, on, random) => {
	const row = await refused(on, random);
	if (!row) return nothing;
	story.ledger.giveUpWithDependents(row.id);
	if (row.name === 'listing.submit' || row.name === 'draft.save') return nothing;
	await discard(on.store.local, row.id);
	return `${row.name} ${short(row.id)} (${row.refusal?.code ?? '?'})`;
};

export const sync: Doing = async (_, on, random) => {
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

export const kill: Doing = async (_, on, random) => {
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

export const clock: Doing = async (story, on, random) => {
	const ms = random.chance(0.3) ? 0 : (random.next() * 20 - 10) * 365 * day;
	on.jump(ms);
	story.setProcessClock(ms);
	return `${(ms / 365 / day).toFixed(1)} years`;
};

const housemate: Readonly<Partial<Record<DeviceName, Person>>> = {
	'tu-tablet': people.chilan,
	'minh-desk': people.chihanh
};

export const shareDevice: Doing = async (_, on, random) => {
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

export const signOut: Doing = async ({ exchange }, on) => {
	await on.settle();
	await queueAllDrafts(on.store, on.here);
	const unsent = await readOnlyHere(on.store);
	if (unsent.length > 0 && exchange.sabotage !== 'hasty sign-out') return `stays: ${unsent.length} unsent`;
	await on.wipe();
	on.wire.cookie = { kind: 'nobody' };
	return 'wiped';
};

export const sessionEnds: Doing = async (_, on, random) => {
	const why = random.pick(['expired', 'expired', 'ended', 'revoked'] as const) ?? 'expired';
	on.wire.cookie = { kind: 'ended', why };
	return why;
};

export const signIn: Doing = async (_, on) => {
	on.wire.cookie = { kind: 'person', person: on.person };
	on.wire.online = true;
	on.wire.trouble = null;
	await on.checkSession();
	return on.person.userName;
};

export const secondTab: Doing = async (_, on, random) => {
	await on.settle();
	on.wire.online = true;
	on.wire.trouble = random.chance(0.5) ? null : new Random(random.below(2 ** 31));
	await on.syncTwice();
	if (random.chance(0.5)) return 'two rounds at once';
	await on.thaw();
	return 'two rounds at once, and a leader that thaws';
};

/** A leading tab with its timers and the stream of pokes, while an officer decides something elsewhere. */
export const live: Doing = async (story, on, random) => {
	await on.settle();
	on.wire.online = true;
	on.wire.trouble = random.chance(0.6) ? null : new Random(random.below(2 ** 31));
	await on.live(() => otherOfficer(story, on, random), 2 + random.below(8));
	return 'led for a while';
};

export const oldRequest: Doing = async (_, on, random) => {
	await on.wire.repeatOld(random.below(1000));
	return 'comes by once more';
};

/** The exchange goes down and comes back while the device is in the middle of something. */
export const restart: Doing = async (story, on, random) => {
	const moment = on.wire.afterHops(1 + random.below(12));
	on.wire.online = true;
	on.wire.trouble = null;
	on.sync();
	await Promise.race([moment, on.settle()]);
	await story.exchange.restart();
	await on.settle();
	return 'every connection broke';
};
