import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { canSeeMeasures } from '$lib/domain/enforcement/rights.ts';
import { maxEvidenceFiles } from '$lib/domain/enforcement/schema.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { keepAndRecord } from '$lib/server/files/keep-and-record.ts';
import { renderPicture } from '$lib/server/files/picture.ts';
import { keepPicture, readStored, type OpenedFile } from '$lib/server/files/service.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { noteLook } from '$lib/server/personal-data/looks.ts';
import { newId, write } from '$lib/server/sync/write.ts';
import { countLoose, findFile, insertFile } from './file-queries.ts';
import { findMeasure } from './queries.ts';

/** Files somebody may have lying about before laying them with something. */
const mostLoose = maxEvidenceFiles * 3;

/**
 * Takes a picture as evidence: re-encoded, without what a camera writes into it, and nobody's but the sender's until it is
 * laid with a measure or a request. Refusals are those of pictures, and `too_many_photos`.
 */
export async function keepEvidence(
	deps: { readonly db: Sql; readonly files: Pick<FileStore, 'has' | 'put'> },
	ownerId: string,
	bytes: Uint8Array,
	now: string
): Promise<Result<{ id: string }>> {
	const loose = await transaction(deps.db, ownerId, (tx) => countLoose(tx, ownerId));
	if (loose >= mostLoose) return no('too_many_photos', { facts: { max: mostLoose } });
	const picture = await renderPicture(bytes);
	if (!picture.ok) return picture;
	const id = newId();
	return keepAndRecord(
		deps,
		{ actorId: ownerId, now },
		async () => ok(await keepPicture(deps.files, picture.value)),
		async (ctx, { sha256, thumbKey, detailKey }) => {
			await insertFile(ctx.tx, { id, uploadedBy: ownerId, sha256, thumbKey, detailKey, now });
			return { id };
		}
	);
}

/** The picture for whoever sent it, and for those who may see the measure it lies with; that they looked is in the audit. */
export async function openEvidence(
	deps: { readonly db: Sql; readonly files: FileStore },
	actor: Actor,
	id: string,
	kind: 'thumb' | 'detail',
	now: string
): Promise<OpenedFile | null> {
	const key = await write(deps.db, { actorId: actor.id, now }, async (ctx) => {
		const file = await findFile(ctx.tx, id);
		if (!file) return null;
		if (file.uploadedBy !== actor.id) {
			const measure = file.measureId === null ? null : await findMeasure(ctx.tx, file.measureId);
			if (!measure || !canSeeMeasures(actor, measure.agencyId)) return null;
			if (kind === 'detail')
				await noteLook(
					ctx,
					actor,
					{
						accountId: measure.accountId,
						what: 'lock_record',
						purpose: 'measures',
						ref: measure.code,
						agencyId: measure.agencyId
					},
					{ action: 'evidence.opened', subject: `measure:${measure.id}`, data: { file: id } }
				);
		}
		return kind === 'thumb' ? file.thumbKey : file.detailKey;
	});
	return key === null ? null : readStored(deps.files, key);
}
