import { tellFault } from './fault.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { signedInMark } from '$lib/paths.ts';
import { newsMessage } from './background/news.ts';
import { stopWaking } from './background/wake.ts';
import type { Device, DeviceStatus } from './device.ts';
import type { OpenDevice, Opening } from './open-device.svelte.ts';
import { WhoIsHere } from './store/who.ts';

/** Which store is open in this page, and whose: everything else is in that store. */
class Page {
	phase = $state<DeviceStatus['phase']>('starting');
	actor = $state.raw<Actor | null>(null);
	open = $state.raw<OpenDevice | null>(null);
	/** Of the store that is open or being opened. */
	catalogue = $state.raw<Opening['catalogue'] | null>(null);
	who: WhoIsHere | null = null;
	/** One change of user at a time. */
	switching: Promise<void> = Promise.resolve();

	/** As screens are told: the market does not wait for the store where it has something to show before. */
	get stage(): DeviceStatus['phase'] {
		return this.phase === 'starting' && this.catalogue?.coming ? 'early' : this.phase;
	}

	/** Whose it was sees nothing of it any more. */
	takeStore(): OpenDevice | null {
		const { open } = this;
		this.open = null;
		this.catalogue = null;
		return open;
	}
}
export const page = new Page();

export async function theStore(): Promise<OpenDevice> {
	await startDevice();
	if (!page.open) throw new Error('the store of this device is not open');
	return page.open;
}

/** Nobody's store takes nothing of a person: what another tab's sign-out has left on a screen stays unwritten (sync 6). */
export async function ownStore(): Promise<OpenDevice> {
	const open = await theStore();
	if (open.store.userId === null) throw new Error('nobody is signed in on this device');
	return open;
}

/** Whoever comes next in this tab finds nothing of it, whatever a page of before has left there. */
const forgetTab = (): void => sessionStorage.clear();

let started: Promise<void> | null = null;

/** Opens the store of whoever is signed in and starts syncing. Idempotent; resolves when reads can answer. */
export function startDevice(): Promise<void> {
	started ??= start().catch(damaged);
	return started;
}

/** Longer than the slowest phone takes: a store that neither opens nor fails must not leave an empty screen. */
const openWithinMs = 30_000;

function damaged(error: unknown): void {
	tellFault('the store of this device does not open', error);
	page.phase = 'damaged';
}

async function start(): Promise<void> {
	const patience = setTimeout(() => {
		if (page.phase === 'starting') page.phase = 'damaged';
	}, openWithinMs);
	try {
		await openFirst();
	} finally {
		clearTimeout(patience);
	}
}

async function openFirst(): Promise<void> {
	const who = new WhoIsHere();
	page.who = who;
	// Whoever comes from the sign-in page has a new session; the one to be ended is gone with its cookie.
	if (location.hash === signedInMark) await who.forgetSignOut();
	// A sign-out that was cut short is finished; nobody's store need not wait for it.
	const leaving = await who.signingOut();
	if (leaving !== null) void forgetPerson(leaving).catch(() => undefined);
	await openStoreOfWho();
	page.phase = 'ready';
	// Another tab signed somebody in or out: this one follows.
	who.watch((actor) => {
		if (actor?.id !== page.actor?.id) openStoreOfWho().catch(damaged);
	});
	window.addEventListener('online', () => void learnWho());
	navigator.serviceWorker?.addEventListener('message', (event: MessageEvent<unknown>) => {
		if (event.data === newsMessage) page.open?.poke();
	});
	void learnWho();
}

/** Writes down that nobody is signed in here; false where the disk does not take even that. */
async function leave(actorId: string | null): Promise<boolean> {
	try {
		await page.who?.leave(actorId);
		return true;
	} catch (error) {
		tellFault('writing a sign-out down failed', error);
		return false;
	}
}

/** A sign-out nothing here can remember: this device forgets who it was, and the exchange is told now or not at all. */
async function endNow(actorId: string | null, session: string | null): Promise<boolean> {
	const forgotten = await page.who?.forget().then(
		() => true,
		() => false
	);
	if (actorId === null) return forgotten === true;
	const { endSession } = await import('./transport/session.ts');
	const told = await endSession(session).then(
		() => true,
		() => false
	);
	return told && forgotten === true;
}

async function forgetPerson(userId: string): Promise<void> {
	const { forgetPerson } = await import('./recovery/all-here.ts');
	await forgetPerson(userId);
}

/**
 * Opens the store of whoever is signed in on this device when its turn comes; the one that is open is closed before,
 * with everything typed written down.
 */
function openStoreOfWho(): Promise<void> {
	// A store that did not open or close once must not keep everybody after it out.
	page.switching = page.switching
		.catch(() => undefined)
		.then(async () => {
			const actor = (await page.who?.actor()) ?? null;
			if (page.open && page.open.store.userId === (actor?.id ?? null)) {
				page.actor = actor;
				return;
			}
			const { OpenDevice } = await import('./open-device.svelte.ts');
			const before = page.takeStore();
			// Its screens go first: what is typed while the store closes would be written nowhere.
			page.actor = null;
			if (before?.store.userId) forgetTab();
			await before
				?.close()
				.catch((error: unknown) => tellFault('closing a store of this device failed', error));
			page.actor = actor;
			const { catalogue, opened } = OpenDevice.open(actor, () => (page.phase = 'blocked'));
			page.catalogue = catalogue;
			page.open = await opened.catch((error: unknown) => {
				page.catalogue = null;
				throw error;
			});
			if (page.phase === 'blocked') page.phase = 'ready';
		});
	return page.switching;
}

/** Asks the server who is signed in, remembers it, and follows: the session decides whose store is open. */
async function learnWho(): Promise<void> {
	await tellServer();
	const { askSession } = await import('./transport/session.ts');
	const answer = await askSession().catch(() => null);
	if (!answer || !page.who) return;
	if (answer.outcome === 'actor' && (await page.who.learn(answer.actor, answer.session ?? null)))
		await openStoreOfWho().catch(damaged);
	await page.open?.heardSession(answer);
}

/**
 * A sign-out made without a network is told as soon as there is one, and of its own session: the person may have signed in
 * anew meanwhile, and the cookie is that one's now.
 */
async function tellServer(): Promise<void> {
	const { who } = page;
	const leaving = await who?.leaving();
	if (!who || !leaving) return;
	const { askSession, endSession } = await import('./transport/session.ts');
	try {
		const answer = await askSession();
		if (answer.outcome === 'actor' && answer.actor.id === leaving.actorId) await endSession(leaving.session);
		await who.forgetSignOut();
	} catch {
		// Still no network: the next start tries again.
	}
}

/** See `Device`: ends the session here at once, and on the server when that can be reached (sync 6). */
export const signOut: Device['signOut'] = async ({ force = false } = {}) => {
	const open = await theStore();
	const unsent = await open.unsent();
	if (unsent.length > 0 && !force) return { unsent };
	const actorId = page.actor?.id ?? null;
	// Before it is written down: this tab follows what it writes as well, and would close what is yet to be wiped.
	page.takeStore();
	page.actor = null;
	forgetTab();
	const session = (await page.who?.session().catch(() => null)) ?? null;
	const noted = await leave(actorId);
	await stopWaking().catch(() => undefined);
	await open.wipe().catch((error: unknown) => tellFault('wiping the store of this device failed', error));
	if (actorId !== null)
		await forgetPerson(actorId).catch((error: unknown) => tellFault('forgetting a person failed', error));
	// The wipe has made room.
	const ended = noted || (await leave(actorId)) || (await endNow(actorId, session));
	await openStoreOfWho();
	void tellServer();
	return ended ? { unsent: [] } : { unsent: [], unended: true };
};

/** Somebody has signed in without leaving the page: their store takes over. */
export async function signedIn(): Promise<void> {
	await startDevice();
	await page.who?.forgetSignOut();
	await learnWho();
}
