import { isDeepStrictEqual } from 'node:util';
import type { ListingContent, ListingField } from '$lib/domain/listings/schema.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import type { OutboxRow } from '$lib/sync/store/local.ts';

/** A command as it was put into an outbox, and what became of it there. */
export type Made = {
	readonly id: string;
	readonly store: string;
	readonly personId: string;
	readonly command: AnyCommand;
	readonly subject: string;
	readonly order: number;
	/** The device was told that the exchange has it, with this version. */
	acknowledged: number | null;
	/** How the row stood when it left the outbox; null while it is there. */
	left: Pick<OutboxRow, 'state' | 'sent' | 'released'> | null;
	/** The person took it away or sent it anew under another id. */
	givenUp: boolean;
};

/** What was said of one field, in which store. */
export type Words = {
	readonly store: string;
	readonly listingId: string;
	readonly field: ListingField;
	readonly value: ListingContent[ListingField];
};

/** One thing a person typed or decided, with the version of the listing that was on the screen. */
export type Typed = Words & {
	readonly base: number;
	/** On another device, whose file was brought here: these words were seen here too. */
	readonly carried?: true;
	/** By a command of its own, which a file brings as that: no word of the text. */
	readonly apart?: true;
};

/** Words of a phone that is no more, which must live on in a store. */
export type Brought = Words & {
	/** They were in the file itself, and not only with the exchange. */
	readonly inFile: boolean;
};

/** What people did and what they were promised: everything the exchange and the devices are held to. */
export class Ledger {
	readonly made = new Map<string, Made>();
	readonly typed: Typed[] = [];
	/** Store → listing → field → what was typed last. */
	readonly last = new Map<string, Map<string, Map<ListingField, ListingContent[ListingField]>>>();
	/** Listings somebody threw away: they need not be shown any more. */
	readonly thrownAway = new Set<string>();
	/** Stores that were taken off a disk, with the last command made before: nothing can be given back from there. */
	readonly wiped = new Map<string, number>();
	/** What had been typed in them, which the exchange alone has from then on: a restore may lose it. */
	readonly lastBeforeWipes: [string, Map<string, Map<ListingField, ListingContent[ListingField]>>][] = [];
	/** What was typed on phones that are no more, by the store to which a file of it was brought. */
	readonly brought: Brought[] = [];
	/** What should never happen and was seen while it did. */
	readonly broken: string[] = [];
	#order = 0;

	put(store: string, personId: string, row: OutboxRow): void {
		// Kept for the case that the exchange loses it, and offered again.
		const known = this.made.get(row.id);
		if (known) {
			known.left = null;
			return;
		}
		this.#order += 1;
		this.made.set(row.id, {
			id: row.id,
			store,
			personId,
			command: structuredClone(commandOf(row)),
			subject: row.subject,
			order: this.#order,
			acknowledged: null,
			left: null,
			givenUp: false
		});
		if (row.name === 'draft.discard') this.thrownAway.add(row.input.listingId);
	}

	left(row: OutboxRow): void {
		const made = this.made.get(row.id);
		if (!made) return;
		made.left = { state: row.state, sent: row.sent, released: row.released };
		const mayGo = row.name === 'draft.save' || row.state === 'acknowledged' || row.state === 'refused';
		if (row.sent && !mayGo) this.broken.push(`${row.name} ${row.id} left the outbox while under way`);
	}

	type(store: string, listingId: string, base: number, fields: Partial<ListingContent>): void {
		const listings = this.last.get(store) ?? new Map();
		this.last.set(store, listings);
		const last = listings.get(listingId) ?? new Map<ListingField, ListingContent[ListingField]>();
		listings.set(listingId, last);
		for (const [field, value] of entriesOf(fields)) {
			last.set(field, value);
			this.typed.push({ store, listingId, field, value, base });
		}
	}

	/** Said apart from the text, and once more with it when that is submitted meanwhile; what comes of it is the command's affair. */
	say(store: string, listingId: string, base: number, fields: Partial<ListingContent>): void {
		for (const [field, value] of entriesOf(fields))
			this.typed.push({ store, listingId, field, value, base, apart: true });
	}

	/** What was typed here may go; what was typed on other devices may not. */
	throwAway(store: string, listingId: string): void {
		this.thrownAway.add(listingId);
		this.last.get(store)?.delete(listingId);
		this.#letGo((one) => one.store === store && one.listingId === listingId);
	}

	/** The store leaves the disk with its outbox: what is shown there from now on is what has been pulled. */
	wipe(store: string): void {
		this.wiped.set(store, this.#order);
		const last = this.last.get(store);
		if (last) this.lastBeforeWipes.push([store, last]);
		this.last.delete(store);
	}

	/** What was typed in one store comes into another, with what its person had seen then. */
	carry(from: string, to: string): void {
		this.typed.push(
			...this.typed.flatMap((one) =>
				one.store === from && !one.apart ? { ...one, store: to, carried: true as const } : []
			)
		);
	}

	/**
	 * A phone is no more and its work is in another store now. Of a file that is not `whole`, what must live on is what it
	 * said; so it is after a restore, since that phone gives nothing back.
	 */
	handOn(
		from: string,
		to: string,
		file: { readonly whole: boolean; readonly said: readonly object[] }
	): void {
		const inFile = (field: string, value: unknown): boolean =>
			file.said.some((words) => isDeepStrictEqual(new Map(Object.entries(words)).get(field), value));
		const before = this.brought.filter((known) => known.store === from);
		this.#letGo((one) => one.store === from);
		for (const one of before)
			if (file.whole || inFile(one.field, one.value))
				this.brought.push({ ...one, store: to, inFile: inFile(one.field, one.value) });
		for (const [listingId, fields] of this.last.get(from) ?? [])
			for (const [field, value] of fields)
				if (file.whole || inFile(field, value))
					this.brought.push({ store: to, listingId, field, value, inFile: inFile(field, value) });
		this.last.delete(from);
		this.wiped.set(from, this.#order);
	}

	/** The person has seen these words, and typed or chosen others. */
	overwrite(store: string, field: ListingField, values: readonly unknown[]): void {
		this.#letGo(
			(one) =>
				one.store === store &&
				one.field === field &&
				values.some((value) => isDeepStrictEqual(value, one.value))
		);
	}

	#letGo(these: (one: Brought) => boolean): void {
		this.brought.splice(0, Infinity, ...this.brought.filter((one) => !these(one)));
	}

	/** The person has chosen the other device's words. */
	letGo(store: string, listingId: string, field: ListingField): void {
		this.last.get(store)?.get(listingId)?.delete(field);
	}

	/** The person took a refused command away, or sends it again under another id, with what builds on it. */
	giveUpWithDependents(id: string): void {
		const made = this.made.get(id);
		if (!made) return;
		for (const other of this.made.values())
			if (other.store === made.store && other.subject === made.subject && other.order >= made.order)
				other.givenUp = true;
	}
}

export const entriesOf = (fields: Partial<ListingContent>) =>
	Object.entries(fields) as [ListingField, ListingContent[ListingField]][];

const commandOf = (row: OutboxRow): AnyCommand => {
	const { name, input } = row;
	return { name, input } as AnyCommand;
};
