import type { HandoverOutcome } from '$lib/domain/handovers/schema.ts';
import type { HandoverState } from '$lib/domain/handovers/states.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import type { KeptFile } from '$lib/server/files/service.ts';

export type KeptBlob = KeptFile;

export type HandoverRow = {
	readonly id: string;
	readonly ownerId: string;
	readonly clerkId: string;
	readonly clerkName: string;
	readonly agencyId: string;
	readonly fileId: string;
	readonly deviceId: string;
	readonly state: HandoverState;
	readonly commandsSealed: string | null;
	readonly photos: number;
	readonly outcomes: readonly HandoverOutcome[];
	readonly handedInAt: string;
	readonly expiresAt: string;
};

const columns = (tx: Tx) => tx`
	id, owner_id as "ownerId", clerk_id as "clerkId", clerk_name as "clerkName", agency_id as "agencyId",
	file_id as "fileId", device_id as "deviceId", state, commands_sealed as "commandsSealed", photos, outcomes,
	handed_in_at as "handedInAt", expires_at as "expiresAt"`;

/** False when this file of this owner waits or was confirmed already. */
export async function insertHandover(
	tx: Tx,
	row: Omit<HandoverRow, 'state' | 'outcomes' | 'commandsSealed'> & { commandsSealed: string }
): Promise<boolean> {
	const rows = await tx`
		insert into handovers (id, owner_id, clerk_id, clerk_name, agency_id, file_id, device_id, state,
			commands_sealed, photos, handed_in_at, expires_at)
		values (${row.id}, ${row.ownerId}, ${row.clerkId}, ${row.clerkName}, ${row.agencyId}, ${row.fileId},
			${row.deviceId}, 'handed_in', ${row.commandsSealed}, ${row.photos}, ${row.handedInAt}, ${row.expiresAt})
		on conflict do nothing returning id`;
	return rows.length > 0;
}

/** The clerk's own hand-over of this file that still waits. */
export async function findWaiting(
	tx: Tx,
	by: { ownerId: string; clerkId: string; fileId: string }
): Promise<string | null> {
	const [row] = await tx<{ id: string }[]>`
		select id from handovers where owner_id = ${by.ownerId} and clerk_id = ${by.clerkId}
			and file_id = ${by.fileId} and state = 'handed_in'`;
	return row?.id ?? null;
}

/** How many hand-overs wait for this person's answer, whoever brought them. */
export async function countWaiting(tx: Tx, ownerId: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		select count(*)::int as n from handovers where owner_id = ${ownerId} and state = 'handed_in'`;
	return row?.n ?? 0;
}

export async function lockHandover(tx: Tx, id: string): Promise<HandoverRow | null> {
	const [row] = await tx<HandoverRow[]>`select ${columns(tx)} from handovers where id = ${id} for update`;
	return row ?? null;
}

export const listOfOwner = (tx: Tx, ownerId: string): Promise<HandoverRow[]> => tx<HandoverRow[]>`
	select ${columns(tx)} from handovers where owner_id = ${ownerId} order by handed_in_at desc limit 20`;

export async function updateAnswered(tx: Tx, id: string, state: HandoverState, now: string): Promise<void> {
	await tx`
		update handovers set state = ${state}, answered_at = ${now},
			commands_sealed = case when ${state} = 'confirmed' then commands_sealed end
		where id = ${id}`;
}

export async function updateOutcomes(
	tx: Tx,
	id: string,
	outcomes: readonly HandoverOutcome[],
	done: boolean
): Promise<void> {
	await tx`
		update handovers set outcomes = ${JSON.stringify(outcomes)}::text::jsonb,
			commands_sealed = case when ${done} then null else commands_sealed end
		where id = ${id}`;
}

/** Ids of those that waited for too long, closed now; their contents are gone. */
export async function expireBefore(tx: Tx, now: string): Promise<string[]> {
	const rows = await tx<{ id: string }[]>`
		update handovers set state = 'expired', answered_at = ${now}, commands_sealed = null
		where state = 'handed_in' and expires_at <= ${now} returning id`;
	return rows.map((row) => row.id);
}

export async function insertBlob(
	tx: Tx,
	clerkId: string,
	fileId: string,
	kept: KeptBlob,
	now: string
): Promise<void> {
	await tx`
		insert into handover_blobs (clerk_id, file_id, sha256, kept, at)
		values (${clerkId}, ${fileId}, ${kept.sha256}, ${JSON.stringify(kept)}::text::jsonb, ${now})
		on conflict do nothing`;
}

/** What this clerk has sent of files that wait or were never handed in, in bytes as they were received. */
export async function sumBlobs(
	tx: Tx,
	clerkId: string,
	fileId: string
): Promise<{ ofFile: number; ofClerk: number }> {
	const [row] = await tx<{ ofFile: number; ofClerk: number }[]>`
		select coalesce(sum((kept ->> 'bytes')::bigint) filter (where file_id = ${fileId}), 0)::bigint as "ofFile",
			coalesce(sum((kept ->> 'bytes')::bigint), 0)::bigint as "ofClerk"
		from handover_blobs where clerk_id = ${clerkId}`;
	return row ?? { ofFile: 0, ofClerk: 0 };
}

export async function listBlobs(tx: Tx, clerkId: string, fileId: string): Promise<KeptBlob[]> {
	const rows = await tx<{ kept: KeptBlob }[]>`
		select kept from handover_blobs where clerk_id = ${clerkId} and file_id = ${fileId}`;
	return rows.map((row) => row.kept);
}

/** Of files that were never handed in, or were answered. */
export async function deleteBlobsBefore(tx: Tx, before: string): Promise<void> {
	await tx`
		delete from handover_blobs b where at < ${before} and not exists (
			select from handovers h
			where h.clerk_id = b.clerk_id and h.file_id = b.file_id and h.state = 'handed_in')`;
}

export async function deleteBlobs(tx: Tx, clerkId: string, fileId: string): Promise<void> {
	await tx`delete from handover_blobs where clerk_id = ${clerkId} and file_id = ${fileId}`;
}
