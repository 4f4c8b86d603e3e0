import type { TargetRef } from '$lib/domain/enforcement/schema.ts';
import type { Queryable } from '$lib/server/db/pool.ts';

/** Businesses and goods whose name holds every word, and what a code that was read out leads to. */
export async function listTargets(
	db: Queryable,
	by: { words: readonly string[]; code: string; accountId: string | null },
	limit: number
): Promise<TargetRef[]> {
	const like = by.words.map((word) => `%${word}%`);
	return db<TargetRef[]>`
		select kind, id from (
			select 0 as place, 'account' as kind, a.id, '' as name from accounts a where a.id = ${by.accountId}
			union
			select 0, 'business', b.id, b.name from businesses b where b.account_id = ${by.accountId}
			union
			select 0, 'listing', l.id, coalesce(l.published_content, l.content) ->> 'title'
			from cases c join listings l on l.id = c.listing_id where c.code = ${by.code}
			union
			select 0, 'listing', o.listing_id, o.title from orders o where o.code = ${by.code}
			union
			select 0, 'business', o.business_id, '' from orders o where o.code = ${by.code}
			union
			select 0, 'account', o.buyer_id, '' from orders o where o.code = ${by.code}
			union all
			(select 1, 'business', b.id, b.name from businesses b
				where cardinality(${like}::text[]) > 0 and fold_vi(b.name) like all (${like}::text[]) order by b.name limit ${limit})
			union all
			(select 2, 'listing', l.id, coalesce(l.published_content, l.content) ->> 'title' from listings l
				where cardinality(${like}::text[]) > 0 and l.discarded_at is null and l.state <> 'draft'
					and fold_vi(coalesce(l.published_content, l.content) ->> 'title') like all (${like}::text[])
				order by l.updated_at desc limit ${limit})
		) found order by place, name, id limit ${limit}`;
}
