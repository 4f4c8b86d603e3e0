import type { Queryable } from '$lib/server/db/pool.ts';
import { listStoredUploads, type UploadRow } from './queries.ts';

/** The stored photos of a listing's owner; for whoever acts as the system, since uploads are their owner's alone. */
export const listUploadsOf = (
	db: Queryable,
	ownerId: string,
	hashes: readonly string[]
): Promise<UploadRow[]> => listStoredUploads(db, ownerId, hashes);
