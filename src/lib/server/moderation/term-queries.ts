import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** The term of an open case that is not over, as it was counted. */
export type TermRow = {
	readonly id: string;
	/** The listing or the need; null for a case about something else. */
	readonly listingId: string | null;
	readonly needId: string | null;
	readonly receivedAt: string;
	readonly lastDay: string;
	readonly countedDays: readonly string[];
	readonly skippedDays: readonly { readonly day: string; readonly reason: string }[];
};

export async function listRunningTerms(db: Queryable, now: string): Promise<TermRow[]> {
	return db<TermRow[]>`
		select id, listing_id as "listingId", case kind when 'need' then subject_id end as "needId", received_at as "receivedAt", last_day as "lastDay",
			counted_days::text[] as "countedDays", skipped_days as "skippedDays"
		from cases where state = 'open' and due_at > ${now} order by id`;
}

export async function updateTerm(
	tx: Tx,
	id: string,
	term: {
		readonly overdueFrom: string;
		readonly lastDay: string;
		readonly counted: readonly string[];
		readonly skipped: readonly { readonly day: string; readonly reason: string }[];
	}
): Promise<void> {
	await tx`
		update cases set rev = rev + 1, due_at = ${term.overdueFrom}, last_day = ${term.lastDay},
			counted_days = ${[...term.counted]}::text[]::date[],
			skipped_days = ${JSON.stringify(term.skipped)}::text::jsonb
		where id = ${id}`;
}
