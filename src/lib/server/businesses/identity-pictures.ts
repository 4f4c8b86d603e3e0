import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { pictureRuleOn } from '$lib/domain/personal-data/rules.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { dropUploads, removeUnused } from '$lib/server/files/remove.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { projectCase } from '$lib/server/moderation/projections.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { write } from '$lib/server/sync/write.ts';
import {
	clearIdentityFiles,
	isPurgeable,
	listCasesOf,
	listPurgeable,
	listUsedElsewhere,
	type PurgeRow
} from './identity-queries.ts';
import { lockBusinessById } from './queries.ts';

const system = 'system:retention';
const dayMs = 86_400_000;

/**
 * LAW-data-consent: takes the pictures of identity cards out of the registrations, the cases and the store, so many days after
 * the last decision as the rule in force says. An open case keeps what it needs. Returns how many pictures went.
 */
export async function purgeIdentityPictures(
	db: Sql,
	files: Pick<FileStore, 'delete'>,
	now: string
): Promise<number> {
	const { keepDays } = pictureRuleOn(personalDataRules(), vietnamDay(now));
	const before = new Date(Date.parse(now) - keepDays * dayMs).toISOString();
	let purged = 0;
	for (const row of await transaction(db, system, (tx) => listPurgeable(tx, before)))
		purged += await purgeOne(db, files, row, before, now);
	return purged;
}

async function purgeOne(
	db: Sql,
	files: Pick<FileStore, 'delete'>,
	row: PurgeRow,
	before: string,
	now: string
): Promise<number> {
	const keys = await write(db, { actorId: system, now }, async (ctx) => {
		await lockBusinessById(ctx.tx, row.businessId);
		if (!(await isPurgeable(ctx.tx, row.businessId, before))) return null;
		const kept = new Set(await listUsedElsewhere(ctx.tx, row));
		const gone = row.hashes.filter((hash) => !kept.has(hash));
		const removed = await dropUploads(ctx.tx, row.accountId, gone);
		await clearIdentityFiles(ctx.tx, row.businessId);
		// What a desk holds names the pictures: it is told that they are no longer there.
		for (const id of await listCasesOf(ctx.tx, row.businessId)) await publish(ctx, 'cases', id, projectCase);
		await audit(ctx, {
			action: 'identity_pictures.purged',
			subject: `business:${row.businessId}`,
			clause: 'LAW-data-consent',
			data: { pictures: gone.length }
		});
		return removed;
	});
	if (keys === null) return 0;
	await removeUnused(db, files, keys);
	return row.hashes.length;
}
