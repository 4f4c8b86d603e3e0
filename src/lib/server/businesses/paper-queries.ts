import type { BusinessContent } from '$lib/domain/businesses/schema.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** Somewhere a business may sell, with the version its department confirmed. */
export type ConfirmedRow = {
	businessId: string;
	sectorId: string;
	suspendedFor: string | null;
	content: BusinessContent;
};

/** Of registered businesses; who was opened without a registration has shown no paper. As the system. */
export const listConfirmed = (db: Queryable, businessIds: readonly string[]): Promise<ConfirmedRow[]> =>
	db<ConfirmedRow[]>`
		select o.business_id as "businessId", o.sector_id as "sectorId", o.suspended_for as "suspendedFor", v.content
		from business_sectors o
		join business_versions v on v.business_id = o.business_id and v.rev = o.confirmed_rev
		where o.business_id = any(${[...businessIds]}::uuid[]) order by o.business_id, o.sector_id`;

/** The version that still waits for a department; null = none does. */
export async function findWaiting(
	db: Queryable,
	businessId: string
): Promise<Pick<BusinessContent, 'papers'> | null> {
	const [row] = await db<{ content: BusinessContent }[]>`
		select v.content from cases c
		join business_versions v on v.business_id = c.subject_id and v.rev = c.subject_rev
		where c.kind = 'business' and c.subject_id = ${businessId} and c.state = 'open'
		order by v.rev desc limit 1`;
	return row?.content ?? null;
}

/**
 * Businesses with a paper in what is confirmed, or a certificate of what is published, whose last day is `lastDay` or
 * before, or with a closed sector or hidden goods, in the order of ids after `after`.
 */
export async function listToWatch(
	db: Queryable,
	ask: { lastDay: string; after: string; limit: number }
): Promise<string[]> {
	const rows = await db<{ id: string }[]>`
		select b.id from businesses b join accounts a on a.id = b.account_id and a.state <> 'closed'
		where b.id > ${ask.after}::uuid and (b.id in (
			select l.business_id from listings l where l.published_content is not null
				and (l.hidden_for is not null or first_certificate_end(l.published_content) <= ${ask.lastDay})) or exists (
			select from business_sectors o
			join business_versions v on v.business_id = o.business_id and v.rev = o.confirmed_rev
			where o.business_id = b.id and (o.suspended_at is not null or exists (
				select from jsonb_array_elements(v.content -> 'papers') p where p ->> 'expiresOn' <= ${ask.lastDay}))))
		order by b.id limit ${ask.limit}`;
	return rows.map((row) => row.id);
}

/** False when this was told before: the row is the memory of a job that may run twice or begin anew. */
export async function insertNotice(
	tx: Tx,
	notice: { businessId: string; paper: string; expiresOn: string; days: number; now: string }
): Promise<boolean> {
	const rows = await tx`
		insert into paper_notices (business_id, paper, expires_on, days, told_at)
		values (${notice.businessId}, ${notice.paper}, ${notice.expiresOn}, ${notice.days}, ${notice.now})
		on conflict do nothing returning paper`;
	return rows.length === 1;
}

/** The same for a certificate of goods. */
export async function insertCertificateNotice(
	tx: Tx,
	notice: {
		businessId: string;
		certificate: string;
		number: string;
		expiresOn: string;
		days: number;
		now: string;
	}
): Promise<boolean> {
	const rows = await tx`
		insert into certificate_notices (business_id, certificate, number, expires_on, days, told_at)
		values (${notice.businessId}, ${notice.certificate}, ${notice.number}, ${notice.expiresOn}, ${notice.days},
			${notice.now})
		on conflict do nothing returning certificate`;
	return rows.length === 1;
}

/**
 * Goods whose sector is closed and whose seller's own view does not say so: what the exchange published before it said
 * which paper hides them. Of one business.
 */
export async function listUnexplained(tx: Tx, businessId: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		select l.id from listings l
		join business_sectors o on o.business_id = l.business_id and o.sector_id = l.sector_id
		join sync_feed f on f.collection = 'mine' and f.doc_id = l.id::text
		where l.business_id = ${businessId} and l.published_rev is not null and o.suspended_for is not null
			and f.doc is not null and f.doc ->> 'hiddenFor' is null
		order by l.id for update of l`;
	return rows.map((row) => row.id);
}

export type EndingRow = ConfirmedRow & {
	businessName: string;
	wardName: string;
	/** The open case of the business in one of the agencies asked for. */
	caseId: string | null;
};

/** What was confirmed in some sectors, where a paper ends by `lastDay`. As the system; at most `limit` lines. */
export const listEnding = (
	db: Queryable,
	ask: { sectors: readonly string[]; agencies: readonly string[]; lastDay: string; limit: number }
): Promise<EndingRow[]> =>
	db<EndingRow[]>`
		select o.business_id as "businessId", o.sector_id as "sectorId", o.suspended_for as "suspendedFor", v.content,
			b.name as "businessName", coalesce(w.name, '') as "wardName",
			(select c.id from cases c where c.kind = 'business' and c.subject_id = b.id and c.state = 'open'
				and acting_agency(c.agency_id, now()) = any(${[...ask.agencies]}::text[]) limit 1) as "caseId"
		from business_sectors o
		join businesses b on b.id = o.business_id
		join accounts a on a.id = b.account_id and a.state <> 'closed'
		join business_versions v on v.business_id = o.business_id and v.rev = o.confirmed_rev
		left join wards w on w.code = b.ward_code
		where o.sector_id = any(${[...ask.sectors]}::text[]) and exists (
			select from jsonb_array_elements(v.content -> 'papers') p where p ->> 'expiresOn' <= ${ask.lastDay})
		order by (select min(p ->> 'expiresOn') from jsonb_array_elements(v.content -> 'papers') p), o.business_id,
			o.sector_id
		limit ${ask.limit}`;
