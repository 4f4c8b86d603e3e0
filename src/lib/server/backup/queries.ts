import postgres from 'postgres';

/** One connection of the superuser: a base copy begins and ends on the same one. */
export type Admin = postgres.Sql;

export const openAdmin = (adminUrl: string): Admin =>
	postgres(adminUrl, { max: 1, max_lifetime: null, onnotice: () => undefined, connect_timeout: 5 });

export type WalPlace = { readonly segment: string; readonly offset: number };

/**
 * The horizon, and then how far the log is on the disk: whatever was committed below the horizon lies before that place,
 * since a commit is in the log before anybody sees it. A line of our own is written through, so that commits which did
 * not wait for the disk are there too.
 */
export async function readHorizonAndLog(
	admin: Admin
): Promise<{ horizon: number; lsn: string; place: WalPlace }> {
	const [seen] = await admin<{ horizon: string }[]>`
		select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`;
	await admin`select pg_logical_emit_message(false, 'san backup', '', true)`;
	const [row] = await admin<{ segment: string; offset: number; lsn: string }[]>`
		select file_name as segment, file_offset as offset, flushed::text as lsn
		from pg_current_wal_flush_lsn() as flushed, pg_walfile_name_offset(flushed)`;
	if (!seen || !row) throw new Error('Postgres did not say where it stands');
	const { lsn, segment, offset } = row;
	return { horizon: Number(seen.horizon), lsn, place: { segment, offset } };
}

export async function readCluster(admin: Admin): Promise<{ system: string; segmentBytes: number }> {
	const [row] = await admin<{ system: string; segmentBytes: string }[]>`
		select system_identifier::text as system, pg_size_bytes(current_setting('wal_segment_size'))::text as "segmentBytes"
		from pg_control_system()`;
	if (!row) throw new Error('Postgres did not say which cluster it is');
	return { system: row.system, segmentBytes: Number(row.segmentBytes) };
}

/** A slot makes Postgres keep the changes we have not copied yet. The segment from which on they are there. */
export async function findSlot(
	admin: Admin,
	slot: string
): Promise<{ segment: string; lost: boolean } | null> {
	const [row] = await admin<{ segment: string | null; lost: boolean }[]>`
		select pg_walfile_name(restart_lsn) as segment, wal_status = 'lost' as lost
		from pg_replication_slots where slot_name = ${slot}`;
	return row ? { segment: row.segment ?? '', lost: row.lost || row.segment === null } : null;
}

/** One for `passing` use ends with the connection, so that a killed copy does not make Postgres keep its log. */
export async function createSlot(admin: Admin, slot: string, passing: boolean): Promise<string> {
	await admin`select pg_create_physical_replication_slot(${slot}, true, ${passing})`;
	const made = await findSlot(admin, slot);
	if (!made || made.lost) throw new Error(`Postgres did not keep its log for ${slot}`);
	return made.segment;
}

export const dropSlot = async (admin: Admin, slot: string): Promise<void> =>
	void (await admin`
		select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ${slot} and not active`);

/** Lets Postgres take away what lies before `lsn`. */
export const advanceSlot = async (admin: Admin, slot: string, lsn: string): Promise<void> =>
	void (await admin`
		select pg_replication_slot_advance(slot_name, ${lsn}::pg_lsn) from pg_replication_slots
		where slot_name = ${slot} and restart_lsn < ${lsn}::pg_lsn`);

/** From here on Postgres' files may be copied while it works. Returns the segment the copy needs first. */
export async function beginBase(admin: Admin, label: string): Promise<string> {
	const [row] = await admin<{ segment: string }[]>`
		select pg_walfile_name(lsn) as segment from pg_backup_start(${label}, true) as lsn`;
	if (!row) throw new Error('Postgres did not begin a base copy');
	return row.segment;
}

/** Ends the copy; the label has to lie beside the copied files. */
export async function endBase(admin: Admin): Promise<string> {
	const [row] = await admin<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`;
	if (!row) throw new Error('Postgres did not end the base copy');
	return row.labelfile;
}
