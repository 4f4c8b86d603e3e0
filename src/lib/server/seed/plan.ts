import { deadlineOn } from '$lib/domain/agencies/rules.ts';
import type { RulePack } from '$lib/domain/agencies/schema.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { answerTime, at, daysBefore, lateAnswerTime, later, receiptSlots, type Slot } from './clock.ts';
import type { DemoListing } from './listing-content.ts';
import { randomOf } from './random.ts';
import {
	lateTitles,
	mendedTitles,
	overdueTitles,
	returned,
	revisions,
	secondRound,
	tightTitles,
	waitingTitles
} from './roles-of-listings.ts';

export type Answer =
	| { readonly decision: 'approve'; readonly note: string }
	| { readonly decision: 'return'; readonly reasonCodes: string[]; readonly note: string };

/** One thing somebody did, at the server's receipt. */
export type ListingStep = { readonly at: string; readonly listing: DemoListing } & (
	| {
			readonly do: 'submit';
			readonly changes: Partial<ListingContent>;
			/** How long the phone held it before there was a network. */
			readonly offlineMinutes: number;
	  }
	| { readonly do: 'decide'; readonly answer: Answer }
	| { readonly do: 'breach' }
);

export type ListingPlan = {
	readonly steps: readonly ListingStep[];
	/** When each listing in the catalogue got there. */
	readonly approvedAt: ReadonlyMap<string, string>;
};

const approve: Answer = { decision: 'approve', note: '' };
const mended: Answer = {
	decision: 'return',
	reasonCodes: ['thieu-thong-tin'],
	note: 'Ghi rõ thêm quy cách đóng gói và thời gian giao giúp người mua dễ chọn.'
};

/** What happened to every listing up to `now`: pure, so that it can be checked for any day of the year. */
export function planListings(listings: readonly DemoListing[], pack: RulePack, now: string): ListingPlan {
	const steps: ListingStep[] = [];
	const approvedAt = new Map<string, string>();
	const terms = deadlineOn(pack, 'listing', vietnamDay(now)).workingDays;
	const byTitle = new Map(listings.map((listing) => [listing.content.title, listing]));
	const named = (title: string): DemoListing => {
		const listing = byTitle.get(title);
		if (!listing) throw new Error(`the demo has no listing "${title}"`);
		return listing;
	};

	const submit = (
		listing: DemoListing,
		when: string,
		changes: Partial<ListingContent> = {},
		offlineMinutes = 0
	) => steps.push({ do: 'submit', at: when, listing, changes, offlineMinutes });
	const decide = (listing: DemoListing, when: string, answer: Answer) =>
		steps.push({ do: 'decide', at: when, listing, answer });

	/** A receipt so long ago that its answer has certainly come by now, whatever holidays lie between. */
	const past = (listing: DemoListing, fromDays: number, toDays: number) => {
		const random = randomOf(listing.id);
		let days = random.int(fromDays, toDays);
		for (;;) {
			const received = at(daysBefore(now, days), random.int(6, 20), random.int(0, 59));
			const answered = answerTime(received, terms, pack.calendar, random);
			if (later(answered, 60) < now) return { received, answered, random };
			days += 3;
		}
	};

	const open = openSlots(receiptSlots(now, terms, pack.calendar));
	const special = new Set<string>();

	overdueTitles.forEach((title, i) => {
		const listing = named(title);
		const slot = open.overdue(i);
		special.add(title);
		submit(listing, slot.received);
		const noticed = later(slot.dueAt, 0.5);
		steps.push({ do: 'breach', at: noticed < now ? noticed : now, listing });
	});
	tightTitles.forEach((title, i) => {
		special.add(title);
		submit(named(title), open.tight(i).received, {}, i % 2 === 0 ? 0 : 95);
	});
	waitingTitles.forEach((title, i) => {
		special.add(title);
		submit(named(title), open.waiting(i).received, {}, i % 3 === 0 ? 210 : 0);
	});
	revisions.forEach(({ title, price, packing }, i) => {
		const listing = named(title);
		special.add(title);
		const { received, answered } = past(listing, 50, 90);
		submit(listing, received);
		decide(listing, answered, approve);
		approvedAt.set(listing.id, answered);
		submit(listing, open.waiting(i + 3).received, { price, packing });
	});
	secondRound.forEach(({ title, reasonCodes, note }, i) => {
		const listing = named(title);
		special.add(title);
		const { received, answered } = past(listing, 14, 20);
		submit(listing, received);
		decide(listing, answered, { decision: 'return', reasonCodes: [...reasonCodes], note });
		submit(listing, open.waiting(i + 6).received);
	});
	returned.forEach(({ title, reasonCodes, note }) => {
		const listing = named(title);
		special.add(title);
		const { received, answered } = past(listing, 6, 9);
		submit(listing, received);
		decide(listing, answered, { decision: 'return', reasonCodes: [...reasonCodes], note });
	});
	for (const title of lateTitles) {
		const listing = named(title);
		special.add(title);
		const { received } = past(listing, 30, 70);
		const answered = lateAnswerTime(received, terms, pack.calendar);
		submit(listing, received);
		decide(listing, answered, approve);
		approvedAt.set(listing.id, answered);
	}
	for (const title of mendedTitles) {
		const listing = named(title);
		special.add(title);
		const first = past(listing, 60, 90);
		const again = later(first.answered, 26 * 60);
		const answered = answerTime(again, terms, pack.calendar, first.random);
		submit(listing, first.received);
		decide(listing, first.answered, mended);
		submit(listing, again);
		decide(listing, answered, approve);
		approvedAt.set(listing.id, answered);
	}
	for (const listing of listings) {
		if (special.has(listing.content.title)) continue;
		// Goods that get orders in the demo have stood in the catalogue for a while.
		const known = ['batu', 'chuba'].includes(listing.business.key);
		const { received, answered, random } = past(listing, known ? 60 : 6, known ? 110 : 140);
		submit(listing, received, {}, random.pick([0, 0, 0, 40, 300]));
		decide(listing, answered, approve);
		approvedAt.set(listing.id, answered);
	}
	return { steps, approvedAt };
}

/** Deals receipts out: `overdue` those whose term ended last, `tight` those that fall due next, `waiting` the rest. */
function openSlots(slots: readonly Slot[]) {
	const over = slots.filter((s) => s.left <= 0).sort((a, b) => b.left - a.left);
	const running = slots.filter((s) => s.left > 0).sort((a, b) => a.left - b.left);
	const nearest = running[0]?.left ?? 0;
	const tight = running.filter((s) => s.left === nearest);
	const rest = running.filter((s) => s.left > nearest);
	const deal =
		(list: readonly Slot[]) =>
		(i: number): Slot => {
			// Steps of five spread the cases over the days instead of filling one.
			const slot = list[(i * 5) % list.length];
			if (!slot) throw new Error('three weeks hold no such receipt');
			return slot;
		};
	return {
		overdue: deal(over.slice(0, 14)),
		tight: deal(tight),
		waiting: deal(rest.length > 0 ? rest : tight)
	};
}
