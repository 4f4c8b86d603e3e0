import type { PostRole, Role } from '$lib/domain/accounts/permissions.ts';
import type { Administrators, ProposedChange } from '$lib/domain/grants/rules.ts';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type PersonRow = {
	id: string;
	roles: Role[];
	state: 'active' | 'locked' | 'closed';
	/** The name on a post held now; null = none. */
	publicName: string | null;
	nameSealed: string | null;
	posts: { agencyId: string; role: PostRole; from: string }[];
	/** Open cases the person holds. */
	openCases: number;
};

/** The profile is there only for the system (row-level security). */
const person = (db: Queryable, now: string) => db`
	select a.id, a.roles, a.state, p.name_sealed as "nameSealed",
		(select o.public_name from posts o where o.account_id = a.id and ${heldAt(db, now)}
			order by o.valid_from desc limit 1) as "publicName",
		coalesce((
			select jsonb_agg(jsonb_build_object('agencyId', o.agency_id, 'role', o.role, 'from', o.valid_from)
				order by o.agency_id, o.role)
			from posts o where o.account_id = a.id and ${heldAt(db, now)}
		), '[]') as posts,
		(select count(*)::int from cases c where c.assignee_id = a.id and c.state = 'open') as "openCases"
	from accounts a left join account_profiles p on p.account_id = a.id`;

const heldAt = (db: Queryable, now: string) =>
	db`o.valid_from <= ${now} and (o.valid_to is null or o.valid_to > ${now})`;

export async function findPerson(tx: Tx, accountId: string, now: string): Promise<PersonRow | null> {
	const [row] = await tx<PersonRow[]>`${person(tx, now)} where a.id = ${accountId}`;
	return row ?? null;
}

/** Whoever works for the exchange: a post held now, or a role that members do not have; `agencyId` null = anywhere. */
export async function listStaff(tx: Tx, agencyId: string | null, now: string): Promise<PersonRow[]> {
	const hasPost = (of: string | null) => tx`exists (
		select from posts o where o.account_id = a.id and ${heldAt(tx, now)}
			${of === null ? tx`` : tx`and o.agency_id = ${of}`})`;
	return tx<PersonRow[]>`${person(tx, now)}
		where ${agencyId === null ? tx`not a.roles <@ array['buyer', 'seller'] or ${hasPost(null)}` : hasPost(agencyId)}
		order by a.created_at, a.id limit 500`;
}

/**
 * Holds every administrator, so that of two who change administrators at once the second sees what the first did. In one
 * order, as everywhere.
 */
export const lockAdministrators = (tx: Tx): Promise<Administrators> =>
	tx<{ id: string; active: boolean }[]>`
		select id, state = 'active' as active from accounts where roles @> array['administrator'] order by id
		for no key update`;

export async function lockRoles(
	tx: Tx,
	accountId: string
): Promise<{ roles: Role[]; active: boolean } | null> {
	const [row] = await tx<{ roles: Role[]; active: boolean }[]>`
		select roles, state = 'active' as active from accounts where id = ${accountId} for update`;
	return row ?? null;
}

export type ChangeKind =
	'granted' | 'revoked' | 'post_given' | 'post_ended' | 'proposed' | 'confirmed' | 'declined';
export type ChangeRow = {
	kind: ChangeKind;
	role: Role;
	agencyId: string | null;
	reason: string;
	at: string;
	byName: string;
};

export async function insertChange(
	tx: Tx,
	row: ChangeRow & { accountId: string; by: string }
): Promise<void> {
	await tx`
		insert into rights_changes (account_id, kind, role, agency_id, reason, made_at, made_by, made_by_name)
		values (${row.accountId}, ${row.kind}, ${row.role}, ${row.agencyId}, ${row.reason}, ${row.at}, ${row.by},
			${row.byName})`;
}

/** Newest first. */
export const listChanges = (tx: Tx, accountId: string): Promise<ChangeRow[]> =>
	tx<ChangeRow[]>`
		select kind, role, agency_id as "agencyId", reason, made_at as at, made_by_name as "byName"
		from rights_changes where account_id = ${accountId} order by id desc limit 200`;

export type ProposalRow = {
	id: string;
	accountId: string;
	change: ProposedChange;
	reason: string;
	proposedBy: string;
	proposedByName: string;
	proposedAt: string;
	expiresAt: string;
	state: 'open' | 'confirmed' | 'declined';
};

const proposal = (db: Queryable) => db`
	select id, account_id as "accountId", change, reason, proposed_by as "proposedBy",
		proposed_by_name as "proposedByName", proposed_at as "proposedAt", expires_at as "expiresAt", state
	from rights_proposals`;

/** Those that can still be answered, oldest first. */
export const listOpenProposals = (tx: Tx, now: string): Promise<ProposalRow[]> =>
	tx<ProposalRow[]>`
		${proposal(tx)} where state = 'open' and expires_at > ${now} order by proposed_at, id`;

export async function lockProposal(tx: Tx, id: string): Promise<ProposalRow | null> {
	const [row] = await tx<ProposalRow[]>`${proposal(tx)} where id = ${id} for update`;
	return row ?? null;
}

export async function insertProposal(tx: Tx, row: Omit<ProposalRow, 'state'>): Promise<void> {
	await tx`
		insert into rights_proposals (id, account_id, change, reason, proposed_by, proposed_by_name, proposed_at, expires_at)
		values (${row.id}, ${row.accountId}, ${row.change}, ${row.reason}, ${row.proposedBy}, ${row.proposedByName},
			${row.proposedAt}, ${row.expiresAt})`;
}

export async function updateProposal(
	tx: Tx,
	row: { id: string; state: 'confirmed' | 'declined'; by: string; byName: string; at: string }
): Promise<void> {
	await tx`
		update rights_proposals set state = ${row.state}, answered_by = ${row.by}, answered_by_name = ${row.byName},
			answered_at = ${row.at}
		where id = ${row.id}`;
}

/** Kept in the table's own order, so that giving and taking a role back leaves what was there. */
export async function updateRoles(tx: Tx, accountId: string, roles: readonly Role[]): Promise<void> {
	await tx`update accounts set roles = ${[...roles]}::text[] where id = ${accountId}`;
}

export async function agencyExists(tx: Tx, agencyId: string): Promise<boolean> {
	const rows = await tx`select from agencies where id = ${agencyId}`;
	return rows.length === 1;
}
