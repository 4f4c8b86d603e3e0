import type { Actor, PostRole, Role } from '$lib/domain/accounts/permissions.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type AccountState = 'active' | 'locked' | 'closed';
export type BusinessKind = 'household' | 'cooperative' | 'enterprise' | 'individual';
export type BusinessState = 'pending' | 'confirmed' | 'locked';

export async function insertAccount(
	tx: Tx,
	row: { id: string; roles: readonly Role[]; now: string }
): Promise<void> {
	await tx`insert into accounts (id, roles, created_at) values (${row.id}, ${[...row.roles]}::text[], ${row.now})`;
}

export async function insertProfile(
	tx: Tx,
	row: {
		accountId: string;
		name: string;
		userName: string | null;
		phone: string | null;
		email: string | null;
		now: string;
	}
): Promise<void> {
	await tx`
		insert into account_profiles (account_id, name_sealed, user_name_sealed, phone_sealed, email_sealed, updated_at)
		values (${row.accountId}, ${row.name}, ${row.userName}, ${row.phone}, ${row.email}, ${row.now})`;
}

export type AccountRow = {
	id: string;
	roles: Role[];
	state: AccountState;
	nameSealed: string | null;
	businessId: string | null;
};

/** The profile is only there for the account itself and for the system (row-level security). */
export async function findAccount(db: Queryable, id: string): Promise<AccountRow | null> {
	const [row] = await db<AccountRow[]>`
		select a.id, a.roles, a.state, p.name_sealed as "nameSealed", b.id as "businessId"
		from accounts a
		left join account_profiles p on p.account_id = a.id
		left join businesses b on b.account_id = a.id
		where a.id = ${id}`;
	return row ?? null;
}

export type ActorRow = {
	id: string;
	roles: Role[];
	nameSealed: string | null;
	/** The person's key as it is stored; null when it was destroyed. */
	nameKey: Uint8Array | null;
	posts: Actor['posts'];
	businessId: string | null;
};

/** All that makes an actor, in one statement that needs no transaction around it. */
export async function findActor(db: Queryable, accountId: string, now: string): Promise<ActorRow | null> {
	const [row] = await db<ActorRow[]>`
		select id, roles, name_sealed as "nameSealed", name_key as "nameKey", posts, business_id as "businessId"
		from find_actor(${accountId}, ${now})`;
	return row ?? null;
}

export async function addRole(tx: Tx, accountId: string, role: Role): Promise<void> {
	await tx`
		update accounts set roles = array_append(roles, ${role}::text)
		where id = ${accountId} and not roles @> array[${role}::text]`;
}

export async function insertPost(
	tx: Tx,
	row: { accountId: string; agencyId: string; role: PostRole; publicName: string; from: string }
): Promise<void> {
	await tx`
		insert into posts (account_id, agency_id, role, public_name, valid_from)
		values (${row.accountId}, ${row.agencyId}, ${row.role}, ${row.publicName}, ${row.from})`;
}

export async function endPosts(tx: Tx, accountId: string, agencyId: string, at: string): Promise<void> {
	await tx`
		update posts set valid_to = ${at}
		where account_id = ${accountId} and agency_id = ${agencyId} and valid_to is null`;
}

export async function insertBusiness(
	tx: Tx,
	row: {
		id: string;
		accountId: string;
		name: string;
		kind: BusinessKind;
		intro: string;
		wardCode: string;
		place: string;
		phone: string;
		state: BusinessState;
		now: string;
	}
): Promise<void> {
	await tx`
		insert into businesses (id, account_id, name, kind, intro, ward_code, place, phone, state, confirmed_at, created_at)
		values (${row.id}, ${row.accountId}, ${row.name}, ${row.kind}, ${row.intro}, ${row.wardCode}, ${row.place},
			${row.phone}, ${row.state}, ${row.state === 'confirmed' ? row.now : null}, ${row.now})`;
}

/** Account first, then business: the order in which every command locks. Null when there is no such business. */
export async function lockSellerShared(
	tx: Tx,
	businessId: string
): Promise<{ accountId: string; accountState: AccountState; state: BusinessState; name: string } | null> {
	const [account] = await tx<{ id: string; state: AccountState }[]>`
		select id, state from accounts
		where id = (select account_id from businesses where id = ${businessId}) for share`;
	if (!account) return null;
	const [business] = await tx<{ state: BusinessState; name: string }[]>`
		select state, name from businesses where id = ${businessId} for share`;
	return (
		(business && {
			accountId: account.id,
			accountState: account.state,
			state: business.state,
			name: business.name
		}) ??
		null
	);
}

export async function lockBusinessRow(
	tx: Tx,
	id: string
): Promise<{ accountId: string; state: BusinessState } | null> {
	const [row] = await tx<{ accountId: string; state: BusinessState }[]>`
		select account_id as "accountId", state from businesses where id = ${id} for update`;
	return row ?? null;
}

export async function updateBusinessState(tx: Tx, id: string, state: BusinessState): Promise<void> {
	await tx`update businesses set state = ${state} where id = ${id}`;
}

export type SellerRow = {
	id: string;
	name: string;
	kind: BusinessKind;
	intro: string;
	phone: string;
	wardName: string;
	formerly: string[];
	place: string;
	since: string;
};

/** A seller the public may see: confirmed, with an account in good standing. */
export async function findPublicSellerRow(db: Queryable, id: string): Promise<SellerRow | null> {
	const [row] = await db<SellerRow[]>`
		select b.id, b.name, b.kind, b.intro, b.phone, w.name as "wardName", w.formerly, b.place,
			coalesce(b.confirmed_at, b.created_at) as since
		from businesses b join accounts a on a.id = b.account_id join wards w on w.code = b.ward_code
		where b.id = ${id} and b.state = 'confirmed' and a.state = 'active'`;
	return row ?? null;
}

export async function lockTurn(tx: Tx, accountId: string, what: string): Promise<void> {
	await tx`select pg_advisory_xact_lock(hashtextextended(${`${what} of ${accountId}`}, 0))`;
}
