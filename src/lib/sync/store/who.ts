import { Dexie, liveQuery } from 'dexie';
import type { Actor } from '$lib/domain/accounts/permissions.ts';

type WhoRow = {
	id: 'actor';
	actor: Actor | null;
	/** Which session it is, as the server names it; absent = a build that did not know wrote this. */
	session?: string | null;
	/** Who signed out here while the server could not be told. */
	signingOut: string | null;
};

/** Who is signed in on this device, so that it opens without a network. Names and roles only. */
export class WhoIsHere {
	readonly #db: Dexie;
	readonly #who;

	constructor(name = 'san-device') {
		this.#db = new Dexie(name, { chromeTransactionDurability: 'strict' });
		this.#db.version(1).stores({ who: 'id' });
		this.#who = this.#db.table<WhoRow, 'actor'>('who');
	}

	/** The actor as the server last described them; null = nobody. */
	async actor(): Promise<Actor | null> {
		return (await this.#who.get('actor'))?.actor ?? null;
	}

	async remember(actor: Actor | null, session: string | null = null): Promise<void> {
		await this.#who.put({ id: 'actor', actor, session, signingOut: null });
	}

	/**
	 * Nobody is signed in here any more. Who left, and of which session, is kept until the server knows: its cookie would
	 * otherwise sign that person in again.
	 */
	leave(actorId: string | null): Promise<void> {
		return this.#db.transaction('rw', this.#who, async () => {
			const session = (await this.#who.get('actor'))?.session ?? null;
			await this.#who.put({ id: 'actor', actor: null, session, signingOut: actorId });
		});
	}

	/**
	 * The same where a full disk takes not even that: what is taken away needs no room. Nothing is left to say later whose
	 * session ends.
	 */
	async forget(): Promise<void> {
		await this.#who.delete('actor');
	}

	/** Which session it is that is open here. */
	async session(): Promise<string | null> {
		return (await this.#who.get('actor'))?.session ?? null;
	}

	/** What the server says; false, and nothing changed, while that person is signing out here. */
	learn(actor: Actor, session: string | null): Promise<boolean> {
		return this.#db.transaction('rw', this.#who, async () => {
			if ((await this.signingOut()) === actor.id) return false;
			await this.remember(actor, session);
			return true;
		});
	}

	/** Whose sign-out the server does not know yet, and which session it ends (null = the one there is). */
	async leaving(): Promise<{ readonly actorId: string; readonly session: string | null } | null> {
		const row = await this.#who.get('actor');
		return row?.signingOut ? { actorId: row.signingOut, session: row.session ?? null } : null;
	}

	async signingOut(): Promise<string | null> {
		return (await this.leaving())?.actorId ?? null;
	}

	async forgetSignOut(): Promise<void> {
		await this.#who.update('actor', { signingOut: null });
	}

	/** Follows sign-in and sign-out, those of other tabs included. */
	watch(changed: (actor: Actor | null) => void): () => void {
		const subscription = liveQuery(() => this.actor()).subscribe({ next: changed });
		return () => subscription.unsubscribe();
	}

	close(): void {
		this.#db.close();
	}
}

/** Asked once, where no page follows it: by the service worker. */
export async function idOfWhoIsHere(): Promise<string | null> {
	const who = new WhoIsHere();
	const actor = await who.actor().finally(() => who.close());
	return actor?.id ?? null;
}
