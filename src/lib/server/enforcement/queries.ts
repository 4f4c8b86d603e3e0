import type {
	Ground,
	MeasureListQuery,
	MeasureSource,
	MeasureTarget,
	TargetRef
} from '$lib/domain/enforcement/schema.ts';
import type { MeasureState, MeasureStep } from '$lib/domain/enforcement/states.ts';
import type { OrderState } from '$lib/domain/orders/states.ts';
import type { Role } from '$lib/domain/accounts/permissions.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/** What of a ground is written into a measure. */
export type FrozenGround = Pick<Ground, 'words' | 'todo' | 'clause' | 'law'>;

export type MeasureRecord = {
	id: string;
	code: string;
	step: MeasureStep;
	targetKind: MeasureTarget;
	targetId: string;
	accountId: string;
	businessId: string | null;
	listingId: string | null;
	targetNameSealed: string;
	agencyId: string;
	groundId: string;
	ground: FrozenGround;
	source: MeasureSource;
	reasonSealed: string;
	evidenceSealed: string;
	state: MeasureState;
	takenAt: string;
	takenBy: string;
	takenByName: string;
	effectAt: string;
	until: string | null;
	businessWas: string | null;
	endedAt: string | null;
	endedByName: string | null;
	endReasonSealed: string | null;
	bodyName: string | null;
	papersSealed: string | null;
};

const columns = (db: Queryable) => db`
	m.id, m.code, m.step, m.target_kind as "targetKind", m.target_id as "targetId", m.account_id as "accountId",
	m.business_id as "businessId", m.listing_id as "listingId", m.target_name_sealed as "targetNameSealed",
	m.agency_id as "agencyId", m.ground_id as "groundId", m.ground, m.source, m.reason_sealed as "reasonSealed",
	m.evidence_sealed as "evidenceSealed", m.state, m.taken_at as "takenAt", m.taken_by as "takenBy",
	m.taken_by_name as "takenByName", m.effect_at as "effectAt", m.until, m.business_was as "businessWas",
	m.ended_at as "endedAt", m.ended_by_name as "endedByName", m.end_reason_sealed as "endReasonSealed",
	m.body_name as "bodyName", m.papers_sealed as "papersSealed"`;

export async function nextMeasureCode(tx: Tx, prefix: string): Promise<string> {
	const [row] = await tx<{ code: string }[]>`
		select ${prefix}::text || '-K' || readable_number(nextval('measure_numbers')) as code`;
	if (!row) throw new Error('the sequence of measures returned nothing');
	return row.code;
}

export async function insertMeasure(
	tx: Tx,
	row: Omit<MeasureRecord, 'businessWas' | 'endedAt' | 'endedByName' | 'endReasonSealed'>
): Promise<void> {
	await tx`
		insert into measures (id, code, step, target_kind, target_id, account_id, business_id, listing_id,
			target_name_sealed, agency_id, ground_id, ground, source, reason_sealed, evidence_sealed, state, taken_at,
			taken_by, taken_by_name, effect_at, until, body_name, papers_sealed)
		values (${row.id}, ${row.code}, ${row.step}, ${row.targetKind}, ${row.targetId}, ${row.accountId},
			${row.businessId}, ${row.listingId}, ${row.targetNameSealed}, ${row.agencyId}, ${row.groundId},
			${JSON.stringify(row.ground)}::text::jsonb, ${row.source}, ${row.reasonSealed}, ${row.evidenceSealed},
			${row.state}, ${row.takenAt}, ${row.takenBy}, ${row.takenByName}, ${row.effectAt}, ${row.until},
			${row.bodyName}, ${row.papersSealed})`;
}

export async function findMeasure(db: Queryable, id: string): Promise<MeasureRecord | null> {
	const [row] = await db<MeasureRecord[]>`select ${columns(db)} from measures m where m.id = ${id}`;
	return row ?? null;
}

/** Every measure against a person, newest first. Its row locks are those of the account, which the caller holds. */
export const listMeasuresOf = (db: Queryable, accountId: string): Promise<MeasureRecord[]> =>
	db<MeasureRecord[]>`
		select ${columns(db)} from measures m where m.account_id = ${accountId} order by m.taken_at desc, m.id`;

export async function updateInForce(tx: Tx, id: string, businessWas: string | null): Promise<void> {
	await tx`
		update measures set state = 'in_force', business_was = coalesce(business_was, ${businessWas}) where id = ${id}`;
}

export async function updateEnded(
	tx: Tx,
	row: { id: string; state: MeasureState; at: string; byName: string; reasonSealed: string | null }
): Promise<void> {
	await tx`
		update measures set state = ${row.state}, ended_at = ${row.at}, ended_by_name = ${row.byName},
			end_reason_sealed = ${row.reasonSealed}
		where id = ${row.id}`;
}

export type SubjectRow = {
	accountId: string;
	businessId: string | null;
	listingId: string | null;
	/** Of the goods or the business; null for an account, whose name is sealed. */
	name: string | null;
	roles: Role[];
	hasPost: boolean;
	categoryId: string | null;
	sellerName: string | null;
};

/** Whom a target belongs to; null when there is no such thing. */
export async function findSubject(db: Queryable, target: TargetRef): Promise<SubjectRow | null> {
	const [row] = await db<SubjectRow[]>`
		select a.id as "accountId", b.id as "businessId", l.id as "listingId",
			case ${target.kind}::text when 'listing' then coalesce(l.published_content, l.content) ->> 'title'
				when 'business' then b.name end as name,
			a.roles, b.name as "sellerName", coalesce(l.published_content, l.content) ->> 'categoryId' as "categoryId",
			exists (select from posts p where p.account_id = a.id and (p.valid_to is null or p.valid_to > now())) as "hasPost"
		from accounts a
		left join businesses b on b.account_id = a.id
		left join listings l on ${target.kind}::text = 'listing' and l.id = ${target.id} and l.business_id = b.id
		where case ${target.kind}::text when 'account' then a.id when 'business' then b.id else l.id end = ${target.id}`;
	return row ?? null;
}

/** The departments that ever had something of these goods or this business before them (TG-3.2). */
export async function listAgenciesOf(
	db: Queryable,
	businessId: string,
	listingId: string | null
): Promise<string[]> {
	const rows = await db<{ id: string }[]>`
		select distinct c.agency_id as id from cases c join listings l on l.id = c.listing_id
		where l.business_id = ${businessId} and (${listingId}::uuid is null or l.id = ${listingId}::uuid)
		order by 1`;
	return rows.map((row) => row.id);
}

/** The person first, then the business, then the goods: the order in which every command locks. */
export async function lockAccountRow(tx: Tx, id: string): Promise<{ state: string } | null> {
	const [row] = await tx<{ state: string }[]>`
		select state from accounts where id = ${id} for no key update`;
	return row ?? null;
}

export async function updateAccountState(tx: Tx, id: string, state: 'active' | 'locked'): Promise<void> {
	await tx`update accounts set state = ${state} where id = ${id} and state <> 'closed'`;
}

export async function findBusinessState(db: Queryable, id: string): Promise<string | null> {
	const [row] = await db<{ state: string }[]>`select state from businesses where id = ${id}`;
	return row?.state ?? null;
}

export async function updateBusinessBack(tx: Tx, id: string, state: string): Promise<void> {
	await tx`update businesses set state = ${state} where id = ${id} and state = 'locked'`;
}

/** Listings of a seller that were taken down and that no measure in force covers any more, in the order of ids. */
export async function listFreed(tx: Tx, accountId: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		select l.id from listing_holds h join listings l on l.id = h.listing_id
		where l.account_id = ${accountId} and not exists (
			select from measures m where m.state = 'in_force' and (
				(m.step = 'hide_product' and m.listing_id = l.id)
				or (m.step = 'suspend' and m.target_kind = 'business' and m.business_id = l.business_id)
				or (m.step in ('suspend', 'end') and m.target_kind = 'account' and m.account_id = l.account_id)))
		order by l.id`;
	return rows.map((row) => row.id);
}

/** What would be taken down: goods not locked already. */
export async function countListings(
	db: Queryable,
	of: { businessId: string | null; listingId: string | null }
): Promise<number> {
	const [row] = await db<{ n: number }[]>`
		select count(*)::int as n from listings
		where business_id = ${of.businessId} and (${of.listingId}::uuid is null or id = ${of.listingId}::uuid)
			and discarded_at is null and state in ('approved', 'revising', 'resubmitted', 'revision_returned')`;
	return row?.n ?? 0;
}

export type RunningOrder = {
	id: string;
	code: string;
	title: string;
	state: OrderState;
	rev: number;
	buyerId: string;
};

/** Orders that have not ended, of a seller or of one product. As the system: nobody's contact is read. */
export const listRunningOrders = (
	db: Queryable,
	of: { accountId: string; listingId: string | null }
): Promise<RunningOrder[]> =>
	db<RunningOrder[]>`
		select id, code, title, state, rev, buyer_id as "buyerId" from orders
		where seller_account_id = ${of.accountId} and (${of.listingId}::uuid is null or listing_id = ${of.listingId}::uuid)
			and state not in ('delivered', 'cancelled')
		order by id`;

export type DueMeasure = { id: string; accountId: string };

/** Notices whose time has come, and suspensions whose term is over. */
export const listDue = (db: Queryable, now: string, limit: number): Promise<DueMeasure[]> =>
	db<DueMeasure[]>`
		select id, account_id as "accountId" from measures
		where (state = 'noticed' and effect_at <= ${now}) or (state = 'in_force' and until <= ${now})
		order by least(effect_at, until), id limit ${limit}`;

export async function findNextDue(db: Queryable, now: string): Promise<string | null> {
	const [row] = await db<{ at: string | null }[]>`
		select min(at) as at from (
			select effect_at as at from measures where state = 'noticed'
			union all select until from measures where state = 'in_force' and until is not null) due
		where at > ${now}`;
	return row?.at ?? null;
}

export async function findProfileName(db: Queryable, accountId: string): Promise<string | null> {
	const [row] = await db<{ name: string }[]>`
		select name_sealed as name from account_profiles where account_id = ${accountId}`;
	return row?.name ?? null;
}

/** A page of an agency's measures, newest first. */
export const listPage = (db: Queryable, query: MeasureListQuery, limit: number): Promise<MeasureRecord[]> => {
	const which = {
		active: db`m.state = 'in_force' and m.step in ('hide_product', 'suspend', 'end')`,
		notices: db`m.state = 'noticed'`,
		remedies: db`m.state in ('noticed', 'in_force') and exists (
			select from remedies r join cases c on c.id = r.case_id where r.measure_id = m.id and c.state = 'open')`,
		history: db`true`
	}[query.show];
	const after = query.after;
	return db<MeasureRecord[]>`
		select ${columns(db)} from measures m
		where m.agency_id = ${query.agencyId} and ${which}
			${after === null ? db`` : db`and (m.taken_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)`}
		order by m.taken_at desc, m.id desc limit ${limit}`;
};
