import { compareCodes } from '$lib/domain/kernel/order.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { foldVietnamese } from '$lib/domain/kernel/text.ts';
import { caseTitle, dueState, type CaseDoc, type DueState } from '$lib/domain/moderation/schema.ts';
import type { CaseView } from '$lib/sync/app.svelte.ts';
import { awaitsDecision, isDecidedHere } from './decision.ts';

/** `waiting`: decided on this device, the server has not taken it yet. */
export const queueFilters = ['mine', 'agency', 'today', 'overdue', 'waiting'] as const;
export type QueueFilter = (typeof queueFilters)[number];

type Around = { readonly actorId: string; readonly now: number };

/** Needs somebody's eyes now: open, and this device has not decided it. */
const toDo = (item: CaseView) => awaitsDecision(item) && !isDecidedHere(item);

const belongs: Readonly<Record<QueueFilter, (item: CaseView, around: Around) => boolean>> = {
	mine: (item, { actorId }) => toDo(item) && item.case.assignee?.id === actorId,
	agency: toDo,
	today: (item, { now }) =>
		toDo(item) && item.case.lastDay === vietnamDay(now) && dueState(item.case, now) !== 'overdue',
	overdue: (item, { now }) => toDo(item) && dueState(item.case, now) === 'overdue',
	waiting: (item) => awaitsDecision(item) && isDecidedHere(item)
};

/** How many cases each filter holds, whatever is searched for. */
export function queueCounts(items: readonly CaseView[], around: Around): Record<QueueFilter, number> {
	const count = (filter: QueueFilter) => items.filter((item) => belongs[filter](item, around)).length;
	return {
		mine: count('mine'),
		agency: count('agency'),
		today: count('today'),
		overdue: count('overdue'),
		waiting: count('waiting')
	};
}

/** What a search looks through: name of the goods, seller, place, code; accent-blind. */
export const searchText = (doc: CaseDoc): string =>
	foldVietnamese(`${caseTitle(doc)} ${doc.seller.name} ${doc.seller.wardName} ${doc.code}`);

/** The cases of a filter in the order they fall due; every word of the search must occur. */
export function queueRows(
	items: readonly CaseView[],
	filter: QueueFilter,
	search: string,
	around: Around
): CaseView[] {
	const words = foldVietnamese(search).split(/\s+/).filter(Boolean);
	return items
		.filter((item) => belongs[filter](item, around))
		.filter((item) => {
			if (words.length === 0) return true;
			const text = searchText(item.case);
			return words.every((word) => text.includes(word));
		})
		.toSorted((a, b) => compareCodes(a.case.dueAt, b.case.dueAt) || compareCodes(a.case.code, b.case.code));
}

/** The case before or after `id`; at an end it stays. With no case open, the first. */
export function neighbour(ids: readonly string[], id: string | null, step: 1 | -1): string | null {
	const at = id === null ? -1 : ids.indexOf(id);
	if (at === -1) return ids[0] ?? null;
	return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}

/** The case to open once `id` is decided: the one after it, else the one before, else none. */
export function afterDecision(ids: readonly string[], id: string): string | null {
	const at = ids.indexOf(id);
	const rest = ids.filter((other) => other !== id);
	if (at === -1) return rest[0] ?? null;
	return rest[at] ?? rest[at - 1] ?? null;
}

/** Tone and picture of each state of a term; the words stand beside them. */
export const dueLooks: Readonly<
	Record<
		DueState,
		{ readonly tone: 'quiet' | 'mango' | 'brick'; readonly icon: 'calendar' | 'clock' | 'alert' }
	>
> = {
	on_time: { tone: 'quiet', icon: 'calendar' },
	soon: { tone: 'mango', icon: 'clock' },
	overdue: { tone: 'brick', icon: 'alert' }
};
