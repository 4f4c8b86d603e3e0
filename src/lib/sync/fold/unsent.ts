import { z } from 'zod';
import { filesOf } from '$lib/domain/listings/rules.ts';
import type { CommandName } from '../protocol/commands.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Draft, TypedBusiness } from '../store/types.ts';
import { sameContent } from './merge.ts';
import { pendingOf, type Work } from './pending.ts';
import type { OnlyHere, UnsentItem } from './views.ts';

/** What has not reached the server, oldest first, refused commands included: nothing is hidden (sync 2). */
export function foldUnsent(work: Work, titleOf: (subjectId: string) => string | undefined): UnsentItem[] {
	return work.rows
		.filter((row) => row.state !== 'acknowledged')
		.sort((a, b) => a.seq - b.seq)
		.map((row) => {
			const subjectId = row.subject.slice(row.subject.indexOf(':') + 1);
			return {
				...pendingOf(row, work),
				subject: row.subject,
				subjectId,
				title: ownTitle(row) ?? titleOf(subjectId) ?? '',
				input: row.input
			};
		});
}

/**
 * Working copies with something only this device has and no command brings: photos still to be sent, words that are
 * not valid yet or that another device changed as well. Wiping must not take them unseen (sync 6).
 */
export function foldUnsentDrafts(work: Work, drafts: readonly Draft[]): UnsentItem[] {
	const spokenFor = new Set(
		work.rows.filter((row) => row.state !== 'acknowledged').map((row) => row.subject)
	);
	return drafts.flatMap((draft): UnsentItem[] => {
		const subject = `listing:${draft.listingId}`;
		const kept = filesOf(draft.content).flatMap((hash) => work.photos.get(hash) ?? []);
		const sent = kept.filter((photo) => photo.state === 'stored').length;
		const known = sameContent(draft.content, draft.ancestor) && Object.keys(draft.conflicts).length === 0;
		if (spokenFor.has(subject) || (known && sent === kept.length)) return [];
		return [
			{
				id: `draft:${draft.listingId}`,
				name: 'draft.save',
				deviceTime: draft.updatedAt,
				state:
					sent < kept.length ? { at: 'waiting_for_photos', sent, total: kept.length } : { at: 'waiting' },
				subject,
				subjectId: draft.listingId,
				title: draft.content.title,
				input: draft.content
			}
		];
	});
}

/** A registration that is being written, and voice notes nobody has ended: no command speaks of them yet. */
export function foldUnfinished(
	typed: TypedBusiness | null,
	recorded: ReadonlySet<string>,
	titleOf: (listingId: string) => string | undefined
): OnlyHere[] {
	const business: OnlyHere = {
		id: 'business',
		name: 'business.submit',
		subjectId: '',
		title: typed?.content.name ?? '',
		input: typed
	};
	const spoken = [...recorded].map((listingId): OnlyHere => ({
		id: `voice:${listingId}`,
		name: 'draft.save',
		subjectId: listingId,
		title: titleOf(listingId) ?? '',
		input: null
	}));
	return [...(typed ? [business] : []), ...spoken];
}

const titled = z.object({ title: z.string() });
const keptTitle = titled.or(z.object({ typed: titled }).transform(({ typed }) => typed));

/** What sends the words of a form, by what its name begins with. */
const sentBy: Readonly<Record<string, CommandName>> = {
	need: 'need.submit',
	offer: 'offer.send',
	order: 'order.place',
	proposal: 'proposal.send',
	decide: 'case.decide',
	reassign: 'case.reassign'
};

/**
 * Forms that are being filled in (`store/kept-words.ts`): they go with a sign-out as well. Words about a case that nobody
 * can decide any more have no screen left, and are nothing unsent.
 */
export function foldKeptWords(
	kept: ReadonlyMap<string, unknown>,
	titleOf: (subjectId: string) => string | undefined,
	isOpenCase: (caseId: string) => boolean
): OnlyHere[] {
	return [...kept].flatMap(([form, words]): OnlyHere[] => {
		const name = sentBy[form.split(':', 1)[0] ?? ''];
		const subjectId = form.slice(form.lastIndexOf(':') + 1);
		if (words === null || name === undefined) return [];
		if (name.startsWith('case.') && !isOpenCase(subjectId)) return [];
		const title = keptTitle.safeParse(words).data?.title ?? titleOf(subjectId) ?? '';
		return [{ id: `typed:${form}`, name, subjectId, title, input: words }];
	});
}

/** What the command is about, when it says so itself. */
export function ownTitle(row: OutboxRow): string | undefined {
	if (row.name === 'listing.submit') return row.input.content.title;
	if (row.name === 'draft.save') return row.input.fields.title;
	if (row.name === 'need.submit') return row.input.content.title;
	if (row.name === 'business.submit') return row.input.content.name;
	return row.goods?.title;
}
