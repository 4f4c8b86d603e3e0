import type { Queryable, Tx } from '$lib/server/db/pool.ts';

export type FileRow = { id: string; sha256: string; measureId: string | null; caseId: string | null };

export async function insertFile(
	tx: Tx,
	row: { id: string; uploadedBy: string; sha256: string; thumbKey: string; detailKey: string; now: string }
): Promise<void> {
	await tx`
		insert into measure_files (id, uploaded_by, sha256, thumb_key, detail_key, at)
		values (${row.id}, ${row.uploadedBy}, ${row.sha256}, ${row.thumbKey}, ${row.detailKey}, ${row.now})`;
}

export async function countLoose(tx: Tx, uploadedBy: string): Promise<number> {
	const [row] = await tx<{ n: number }[]>`
		select count(*)::int as n from measure_files where uploaded_by = ${uploadedBy} and measure_id is null`;
	return row?.n ?? 0;
}

/** Lays files with a measure: only the actor's own that lie with nothing yet. Returns how many. */
export async function attachFiles(
	tx: Tx,
	row: { ids: readonly string[]; uploadedBy: string; measureId: string; caseId: string | null }
): Promise<number> {
	const rows = await tx`
		update measure_files set measure_id = ${row.measureId}, case_id = ${row.caseId}
		where id = any(${[...row.ids]}::uuid[]) and uploaded_by = ${row.uploadedBy} and measure_id is null
		returning id`;
	return rows.length;
}

export const listFiles = (db: Queryable, measureId: string): Promise<FileRow[]> =>
	db<FileRow[]>`
		select id, sha256, measure_id as "measureId", case_id as "caseId" from measure_files
		where measure_id = ${measureId} order by at, id`;

export async function findFile(
	db: Queryable,
	id: string
): Promise<{ measureId: string | null; uploadedBy: string; thumbKey: string; detailKey: string } | null> {
	const [row] = await db<
		{ measureId: string | null; uploadedBy: string; thumbKey: string; detailKey: string }[]
	>`
		select measure_id as "measureId", uploaded_by as "uploadedBy", thumb_key as "thumbKey", detail_key as "detailKey"
		from measure_files where id = ${id}`;
	return row ?? null;
}

/** Files nobody laid with anything. */
export async function deleteLooseBefore(tx: Tx, before: string): Promise<number> {
	const rows = await tx`delete from measure_files where measure_id is null and at < ${before} returning id`;
	return rows.length;
}
