import {
	emptyListing,
	listingContentSchema,
	type ListingContent,
	type ListingField
} from '$lib/domain/listings/schema.ts';
import type { Draft, DraftConflicts } from '../store/types.ts';

/** Structural equality of two JSON values, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
	// A field an older build did not know is one nothing was said in.
	if (Object.is(a ?? null, b ?? null)) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const left = Object.entries(a);
	const right = new Map(Object.entries(b));
	return left.length === right.size && left.every(([k, v]) => right.has(k) && sameValue(v, right.get(k)));
}

export const listingFields: readonly ListingField[] = listingContentSchema.keyof().options;

/** Made once: a phone compares every field of a working copy in every round. */
const anyField = listingContentSchema.partial();

/** One field as the server would keep it (NFC, spaces), or undefined while it is not yet valid. */
function cleaned(content: ListingContent, field: ListingField): Partial<ListingContent> | undefined {
	const parsed = anyField.safeParse({ [field]: content[field] });
	return parsed.success ? parsed.data : undefined;
}

/** The text as the server would keep it; a field that is not valid yet stays as typed. */
export function cleanContent(content: ListingContent): ListingContent {
	return listingFields.reduce((clean, field) => ({ ...clean, ...cleaned(content, field) }), content);
}

/**
 * What `draft.save` has to bring: the valid fields that differ from the ancestor, cleaned. A field in conflict
 * waits for the person's choice, or theirs would be overwritten unseen.
 */
export function changedFields(
	draft: Pick<Draft, 'ancestor' | 'content' | 'conflicts'>
): Partial<ListingContent> {
	let fields: Partial<ListingContent> = {};
	for (const field of listingFields) {
		// What the server has is clean: most fields need no closer look than this one.
		if (field in draft.conflicts || sameValue(draft.content[field], draft.ancestor[field])) continue;
		const clean = cleaned(draft.content, field);
		if (clean && !sameValue(clean[field], draft.ancestor[field])) fields = { ...fields, ...clean };
	}
	return fields;
}

export const sameContent = (a: ListingContent, b: ListingContent): boolean =>
	sameValue(a, b) || sameValue(cleanContent(a), cleanContent(b));

/** The working copy with what is typed into it and not stored yet. */
export const withTyped = (draft: Draft, fields: Partial<ListingContent> = {}): Draft => ({
	...draft,
	content: { ...draft.content, ...fields }
});

/**
 * The working copy over a newer version of the server, field by field against the common ancestor (sync 4):
 * what only they changed is taken, what only I changed stays, what both changed stays mine and theirs is shown.
 * A restored exchange may have lost what it had: the older words it has now are nobody's change, so they are shown
 * and not taken (sync 13).
 */
export function mergeDraft(
	{ restored, ...draft }: Draft,
	theirs: { rev: number; content: ListingContent }
): Draft {
	let content = draft.content;
	const own = ownWords(draft, theirs.content);
	let conflicts = own;
	let next: DraftConflicts = {};
	for (const field of listingFields) {
		const base = draft.ancestor[field];
		const other = theirs.content[field];
		if (sameValue(draft.content[field], other)) continue;
		const mine = cleaned(draft.content, field)?.[field] ?? draft.content[field];
		if (sameValue(mine, other)) continue;
		const theyChanged = !sameValue(other, base);
		if (!theyChanged) {
			// An earlier conflict is not settled by a later change elsewhere.
			if (field in draft.conflicts) conflicts = { ...conflicts, ...pick(draft.conflicts, field) };
			if (field in own) next = { ...next, ...pick(draft.next ?? {}, field) };
		} else if (sameValue(mine, base) && restored === undefined)
			content = { ...content, ...pick(theirs.content, field) };
		else if (field in own) next = { ...next, ...pick(theirs.content, field) };
		else conflicts = { ...conflicts, ...pick(theirs.content, field) };
	}
	return { ...draft, base: theirs.rev, ancestor: theirs.content, content, conflicts, next: orNone(next) };
}

const orNone = (fields: DraftConflicts): DraftConflicts | undefined =>
	Object.keys(fields).length > 0 ? fields : undefined;

/** The working copy with one question answered; what else there is to ask of that field is asked now (sync 4). */
export function settleConflict(draft: Draft, field: ListingField, keep: 'mine' | 'theirs'): Draft {
	const without = (fields: DraftConflicts): DraftConflicts =>
		Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));
	const kept = keep === 'theirs' ? pick(draft.conflicts, field) : {};
	const content = { ...draft.content, ...kept };
	const next = draft.next ?? {};
	const asked = field in next && !sameValue(content[field], next[field]) ? pick(next, field) : {};
	return {
		...draft,
		content,
		conflicts: { ...without(draft.conflicts), ...asked },
		next: orNone(without(next))
	};
}

/**
 * Conflicts with other words of this person, of a file or an earlier command: the exchange never had them, so agreeing with
 * it settles none (sync 15).
 */
export function ownWords(
	{ conflicts, ancestor }: Pick<Draft, 'conflicts' | 'ancestor'>,
	theirs: ListingContent = ancestor
): DraftConflicts {
	return listingFields
		.filter((field) => field in conflicts)
		.filter((field) => ![ancestor, theirs].some((known) => sameValue(conflicts[field], known[field])))
		.reduce((brought, field) => ({ ...brought, ...pick(conflicts, field) }), {});
}

/** Words about a listing that a command holds, and the `rev` they were written on. */
export type Said = { readonly base: number; readonly words: Partial<ListingContent> };

/**
 * Puts words into a working copy that it has not grown out of. Where both say something, or the server has said something
 * since, the person is asked (sync 4). Null = a field already waits for another choice.
 */
export function takeWords(draft: Draft, { base, words }: Said): Draft | null {
	let { content, conflicts } = draft;
	for (const field of listingFields) {
		if (!(field in words)) continue;
		const own = cleaned(content, field)?.[field] ?? content[field];
		if (sameValue(own, words[field])) continue;
		if (field in conflicts) {
			if (!sameValue(conflicts[field], words[field])) return null;
		} else if (sameValue(own, draft.ancestor[field])) {
			content = { ...content, ...pick(words, field) };
			if (base !== draft.base) conflicts = { ...conflicts, ...pick(draft.ancestor, field) };
		} else conflicts = { ...conflicts, ...pick(words, field) };
	}
	return content === draft.content && conflicts === draft.conflicts
		? draft
		: { ...draft, content, conflicts };
}

/** A working copy just made, with what commands still say that it was not made from; of each field the last word. */
export function withWords(made: Draft, said: readonly Said[]): Draft {
	const later = new Set<string>();
	return said.reduceRight((draft, { base, words }) => {
		const rest = Object.fromEntries(Object.entries(words).filter(([field]) => !later.has(field)));
		for (const field of Object.keys(rest)) later.add(field);
		return takeWords(draft, { base, words: rest }) ?? draft;
	}, made);
}

/** One field of a content as an object of that field alone. */
export function pick(content: Partial<ListingContent>, field: ListingField): Partial<ListingContent> {
	return Object.fromEntries(Object.entries(content).filter(([name]) => name === field));
}

/** A working copy of what the server has, or of nothing. */
export function newDraft(
	listingId: string,
	at: string,
	server?: { rev: number; content: ListingContent }
): Draft {
	const content = server?.content ?? emptyListing;
	return {
		listingId,
		base: server?.rev ?? 0,
		ancestor: content,
		content,
		conflicts: {},
		createdAt: at,
		updatedAt: at
	};
}
