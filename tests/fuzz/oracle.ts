import { isDeepStrictEqual } from 'node:util';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import { transaction } from '$lib/server/db/pool.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import type { OutboxRow } from '$lib/sync/store/local.ts';
import { entriesOf, type Made, type Typed, type Words } from './ledger.ts';
import { judgeClock } from './judge-clock.ts';
import { judgeFeed } from './judge-feed.ts';
import { judgeNeeds } from './judge-needs.ts';
import { judgeReaders } from './judge-readers.ts';
import { readTruth, type ListingTruth, type Truth } from './truth.ts';
import type { Snapshot, Story } from './story.ts';

const short = (id: string): string => id.slice(0, 8);

/** Everything that is wrong after healing, in words. An empty list is what a story must end with. */
export async function judge(story: Story, snapshots: readonly Snapshot[]): Promise<string[]> {
	const { ledger, exchange } = story;
	const truth = await transaction(exchange.world.db, 'system:test', readTruth);
	// One that a file brought is in two outboxes.
	const rows = new Map<string, OutboxRow[]>();
	for (const row of snapshots.flatMap((shot) => shot.outbox))
		rows.set(row.id, [...(rows.get(row.id) ?? []), row]);
	const found = [...ledger.broken, ...exchange.faults.map((fault) => `a service failed: ${fault}`)];

	for (const command of truth.commands)
		if (!ledger.made.has(command.id))
			found.push(`sync 1: the exchange carried out ${command.name} ${short(command.id)}, which nobody made`);
	for (const made of ledger.made.values()) found.push(...judgeCommand(made, rows, truth, story));
	for (const shot of snapshots) {
		for (const row of shot.outbox)
			if (
				row.state === 'waiting' ||
				row.state === 'sending' ||
				row.state === 'quarantined' ||
				(row.state === 'acknowledged' && !row.released)
			)
				found.push(`sync 2: ${shot.name}: ${row.name} ${short(row.id)} still ${row.state} after healing`);
		found.push(...judgeDocuments(story, shot, truth));
	}
	found.push(...judgeReaders(story, snapshots, truth), ...judgeFeed(truth), ...judgeClock(story, truth));
	const done = commandsOf(story, truth);
	found.push(...judgeListings(story, snapshots, truth, done), ...judgeOrders(truth, done));
	found.push(...judgeNeeds(story, truth, done));
	return found;
}

/** sync 1, 2: no command is forgotten, none acknowledged is missing. */
function judgeCommand(
	made: Made,
	rows: ReadonlyMap<string, readonly OutboxRow[]>,
	truth: Truth,
	{ ledger, exchange }: Story
): string[] {
	const { command, id } = made;
	const what = `${command.name} ${short(id)} of ${made.store.slice(-60, -30)}`;
	const log = truth.commands.find((other) => other.id === id);
	const isRefused = (rows.get(id) ?? []).some((row) => row.state === 'refused');
	if (log && log.actorId !== made.personId)
		return [`sync 6: ${what} was carried out as ${short(log.actorId)}, not ${short(made.personId)}`];
	if (exchange.restored && log?.outcome !== 'applied' && made.acknowledged !== null) {
		// Given back by nobody: the person signed out, which takes everything along.
		if (!log && ledger.wiped.has(made.store)) return [];
		// Given back too late for what others had done since: the person is asked, or the text goes out once more.
		const asked = isRefused || command.name === 'draft.save' || made.givenUp;
		if (log?.outcome === 'refused' && asked) return [];
	}
	if (made.acknowledged !== null && log?.outcome !== 'applied')
		return [`sync 1: ${what} was acknowledged and is ${log?.outcome ?? 'lost'}`];
	if (log?.outcome === 'applied')
		return isRefused ? [`sync 1: ${what} was applied and is shown as refused`] : [];
	const discarded = 'listingId' in command.input && ledger.thrownAway.has(command.input.listingId);
	if (command.name === 'draft.save' || made.givenUp || discarded) return [];
	if (rows.has(id)) return [];
	const anew = [...ledger.made.values()].some(
		(other) =>
			other.order > made.order &&
			other.store === made.store &&
			other.subject === made.subject &&
			other.command.name === command.name
	);
	if (made.left?.sent === false && anew) return [];
	// A refusal goes when the person does the same anew.
	if (made.left?.state === 'refused' || made.left === null) {
		if (made.left === null) return [`sync 1: ${what} is nowhere`];
		return [];
	}
	return [`sync 1: ${what} left the outbox as ${made.left.state} and the exchange does not have it`];
}

/** sync 7, 8: a device holds what the feed has for its user, that alone, and nothing else on its disk. */
function judgeDocuments(story: Story, shot: Snapshot, truth: Truth): string[] {
	const found: string[] = [];
	const audiences = new Set<string>(story.exchange.audiences(shot.person));
	for (const [collection, docs] of Object.entries(shot.docs)) {
		const due = new Map(
			truth.feed
				.filter((row) => row.collection === collection && row.doc !== null && audiences.has(row.audience))
				.map((row) => [`${row.audience}|${row.id}`, row])
		);
		for (const doc of docs) {
			const row = due.get(doc.key);
			const where = `${shot.name}: ${collection} ${doc.audience}|${short(doc.id)}`;
			if (!row) found.push(`sync 8: ${where} is here and not due`);
			else if (row.version !== doc.version || !isDeepStrictEqual(open(row.doc), open(doc.data)))
				found.push(`sync 7: ${where} is not what the feed has (${doc.version} against ${row.version})`);
			due.delete(doc.key);
		}
		for (const row of due.values())
			found.push(`sync 7: ${shot.name}: ${collection} ${row.audience}|${short(row.id)} is missing`);
		const deleted = shot.deleted[collection] ?? 0;
		if (deleted !== 0)
			found.push(`sync 8: ${shot.name}: ${deleted} deleted ${collection} are still on the disk`);
	}
	return found;
}

/** A document without its sealed fields, which the pull opens. */
function open(doc: unknown): unknown {
	if (typeof doc !== 'object' || doc === null || !('contact' in doc)) return doc;
	return { ...doc, contact: null, note: null };
}

/** A command that was carried out. */
export type Done = { readonly id: string; readonly store: string | null; readonly command: AnyCommand };

const commandsOf = (story: Story, truth: Truth): Done[] =>
	truth.commands
		.filter((log) => log.outcome === 'applied')
		.flatMap((log) => {
			const applied = story.exchange.applied.get(log.id);
			if (!applied) return [];
			const command = { name: applied.name, input: applied.input } as AnyCommand;
			return [{ id: log.id, store: story.ledger.made.get(log.id)?.store ?? null, command }];
		});

type History = {
	readonly contents: ListingContent[];
	readonly setBy: Map<string, { store: string; rev: number }>;
};

/** sync 1, 4: each listing is its commands in their order, nobody's words vanish unseen, and all that was typed is somewhere. */
function judgeListings(
	story: Story,
	snapshots: readonly Snapshot[],
	truth: Truth,
	done: readonly Done[]
): string[] {
	const found: string[] = [];
	const typed = groupTyped(story.ledger.typed);
	/** All that the exchange ever had of each listing. */
	const had = new Map<string, readonly ListingContent[]>();
	for (const listingId of new Set([...truth.listings.keys(), ...typed.keys()])) {
		const texts = typed.get(listingId) ?? [];
		const given = story.first.get(listingId);
		const history: History = {
			contents: given ? [emptyListing, given, given] : [emptyListing],
			setBy: new Map()
		};
		for (const one of done) {
			if (!('listingId' in one.command.input) || one.command.input.listingId !== listingId) continue;
			const replaced = replay(history, one, texts);
			// What was given back comes in another order, on bases that are no more.
			if (!story.exchange.restored) found.push(...replaced);
		}
		const listing = truth.listings.get(listingId);
		found.push(...compare(listingId, history, listing));
		had.set(listingId, history.contents);
	}
	return [...found, ...judgeWords(story, snapshots, had)];
}

/** sync 4, 15: all that was typed last is with the exchange, in a working copy or in a command that waits for its person. */
function judgeWords(
	{ ledger, exchange }: Story,
	snapshots: readonly Snapshot[],
	had: ReadonlyMap<string, readonly ListingContent[]>
): string[] {
	const found: string[] = [];
	const look = (
		{ store, listingId, field, value }: Words,
		more: readonly Partial<ListingContent>[]
	): void => {
		const shot = snapshots.find((other) => other.store === store);
		const here = shot?.drafts.find((draft) => draft.listingId === listingId);
		const places = [
			...(here ? [here.content] : []),
			...(had.get(listingId) ?? []),
			...(shot?.outbox ?? []).map((row) => wordsOf(row, listingId)),
			...more
		];
		if (!places.some((words) => isDeepStrictEqual(words[field], value)))
			found.push(
				`sync 4: ${shot?.name ?? store}: ${field} ${JSON.stringify(value)} of ${short(listingId)} is lost`
			);
	};
	for (const [store, listings] of [...ledger.last, ...(exchange.restored ? [] : ledger.lastBeforeWipes)])
		for (const [listingId, fields] of listings)
			for (const [field, value] of fields) look({ store, listingId, field, value }, []);
	for (const one of ledger.brought) {
		// What the exchange alone had is lost with it, and so is what a wiped store was told of it.
		if (exchange.restored && (!one.inFile || ledger.wiped.has(one.store))) continue;
		const drafts = snapshots.find((other) => other.store === one.store)?.drafts ?? [];
		// Where there was no place for both, a copy of its own was made.
		const anywhere = [
			...drafts.flatMap(({ content, conflicts }) => [content, conflicts]),
			...[...had.values()].flat()
		];
		look(one, anywhere);
	}
	return found;
}

/** What a command that waits for its person says of a listing. */
function wordsOf({ name, input }: OutboxRow, listingId: string): Partial<ListingContent> {
	if (name === 'listing.submit' && input.listingId === listingId) return input.content;
	return name === 'draft.save' && input.listingId === listingId ? input.fields : {};
}

function groupTyped(typed: readonly Typed[]): Map<string, Typed[]> {
	const groups = new Map<string, Typed[]>();
	for (const one of typed) groups.set(one.listingId, [...(groups.get(one.listingId) ?? []), one]);
	return groups;
}

/** Adds one applied command to the history; tells when it overwrote words its author had never seen. */
function replay(history: History, done: Done, typed: readonly Typed[]): string[] {
	const { command, store } = done;
	const before = history.contents.at(-1) ?? emptyListing;
	const first = history.contents.length === 1;
	const found: string[] = [];
	let after = before;
	if (command.name === 'draft.save') after = { ...before, ...command.input.fields };
	else if (command.name === 'listing.submit') {
		after = command.input.content;
		if (first) history.contents.push(after);
	} else if (command.name === 'listing.restock') after = { ...before, stock: command.input.stock };
	else if (command.name === 'order.place' || command.name === 'offer.send') return [];
	const rev = history.contents.length;
	for (const [field, value] of entriesOf(after)) {
		const old = before[field];
		if (isDeepStrictEqual(old, value)) continue;
		const owner = history.setBy.get(field);
		if (owner && owner.store !== store && store !== null && command.name !== 'listing.restock') {
			const knew = typed.some((one) => {
				if (one.store !== store || one.field !== field) return false;
				if (one.carried && isDeepStrictEqual(one.value, old)) return true;
				if (!isDeepStrictEqual(one.value, value)) return false;
				return one.base >= owner.rev || isDeepStrictEqual(history.contents[one.base]?.[field], old);
			});
			if (!knew)
				found.push(
					`sync 4: ${command.name} ${short(done.id)} replaced ${field} ${JSON.stringify(old)} by ${JSON.stringify(value)} unseen`
				);
		}
		if (store !== null) history.setBy.set(field, { store, rev });
	}
	history.contents.push(after);
	return found;
}

function compare(id: string, history: History, listing: ListingTruth | undefined): string[] {
	const rev = history.contents.length - 1;
	if (!listing) return rev === 0 ? [] : [`sync 1: listing ${short(id)} is not there after ${rev} changes`];
	const locked = listing.state === 'locked' ? 1 : 0;
	const found: string[] = [];
	if (listing.rev !== rev + locked)
		found.push(`sync 1: listing ${short(id)} has rev ${listing.rev} after ${rev} applied changes`);
	if (!isDeepStrictEqual(listing.content, history.contents.at(-1)))
		found.push(`sync 1: listing ${short(id)} is not what its commands say`);
	return found;
}

/** sync 1: an order has one line in its timeline for each step, and a case one decision: the one that was taken. */
function judgeOrders(truth: Truth, done: readonly Done[]): string[] {
	const found: string[] = [];
	const steps = new Map<string, number>();
	for (const { command } of done) {
		if (command.name === 'order.place')
			steps.set(command.input.orderId, steps.get(command.input.orderId) ?? 0);
		if (command.name === 'order.advance')
			steps.set(command.input.orderId, (steps.get(command.input.orderId) ?? 0) + 1);
		if (command.name === 'case.decide') {
			const state = truth.cases.get(command.input.caseId)?.state;
			const due = command.input.decision === 'approve' ? 'approved' : 'returned';
			if (state !== due) found.push(`sync 1: case ${short(command.input.caseId)} is ${state}, not ${due}`);
		}
		if (command.name === 'notification.read')
			for (const id of command.input.ids)
				if (truth.notices.get(id)?.readAt === null)
					found.push(`sync 1: notification ${short(id)} is unread again`);
	}
	for (const [id, count] of steps) {
		const rev = truth.orders.get(id)?.rev;
		if (rev !== count + 1) found.push(`sync 1: order ${short(id)} has rev ${rev} after ${count} steps`);
		const lines = truth.steps.filter((step) => step.orderId === id).length;
		// Two are of the placing: it was placed, and handed to its seller.
		if (rev !== undefined && lines !== count + 2)
			found.push(`sync 1: the timeline of order ${short(id)} has ${lines} lines after ${count} steps`);
	}
	if (truth.orders.size !== steps.size)
		found.push(`sync 1: ${truth.orders.size} orders of ${steps.size} that were placed`);
	for (const { id, state } of truth.cases.values()) {
		const times = truth.decisions.filter((caseId) => caseId === id).length;
		const due = state === 'approved' || state === 'returned' ? 1 : 0;
		if (times !== due) found.push(`sync 1: case ${short(id)} is ${state} and was decided ${times} times`);
	}
	return found;
}
