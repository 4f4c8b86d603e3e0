import { isPublic } from '$lib/domain/listings/states.ts';
import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { privateDetail, privateThumb, privateVoice } from '$lib/server/files/paths.ts';
import { storedUploads, storedVoice } from '$lib/server/files/service.ts';
import type { Projection } from '$lib/server/sync/publish.ts';
import { findCaseView, type CaseView } from './queries.ts';

/** An open case, or one decided in the last fourteen days, for its department; older ones are asked online. */
export async function projectCase(tx: Tx, id: string): Promise<Projection<'cases'>[]> {
	const view = await findCaseView(tx, id);
	if (!view?.recent) return [];
	const uploads = await storedUploads(tx, view.sellerAccountId, view.content.photos);
	const photos = view.content.photos.flatMap((hash) => {
		const upload = uploads.get(hash);
		return upload ? [{ hash, thumb: privateThumb(upload.id), detail: privateDetail(upload.id) }] : [];
	});
	const stored = view.content.voice ? await storedVoice(tx, view.sellerAccountId, view.content.voice) : null;
	const voice = stored && { hash: stored.sha256, src: privateVoice(stored.id), seconds: stored.seconds };
	return [{ audience: `agency:${view.agencyId}`, doc: { ...caseDocOf(view), photos, voice } }];
}

function caseDocOf(view: CaseView): Omit<CaseDoc, 'photos' | 'voice'> {
	return {
		id: view.id,
		code: view.code,
		kind: 'listing',
		state: view.state,
		rev: view.rev,
		agencyId: view.agencyId,
		assignee: view.assigneeId === null ? null : { id: view.assigneeId, name: view.assigneeName ?? '' },
		listingId: view.listingId,
		listingRev: view.listingRev,
		content: view.content,
		previous: view.state === 'open' && isPublic(view.listingState) ? view.publishedContent : null,
		round: view.round,
		seller: {
			id: view.sellerId,
			accountId: view.sellerAccountId,
			name: view.sellerName,
			wardName: view.sellerWard
		},
		receivedAt: view.receivedAt,
		deviceTime: view.deviceTime,
		dueAt: view.dueAt,
		lastDay: view.lastDay,
		countedDays: view.countedDays,
		skippedDays: view.skippedDays,
		soonHours: view.soonHours,
		breachedAt: view.breachedAt,
		decision: decisionOf(view)
	};
}

/** Nobody in person when the exchange itself closed the case, e.g. with a lock of its seller. */
function decisionOf(view: CaseView): CaseDoc['decision'] {
	if (view.state === 'open' || view.decidedAt === null) return null;
	return {
		by: { id: view.decidedBy ?? view.sellerAccountId, name: view.decidedByName ?? '' },
		at: view.decidedAt,
		deviceTime: view.decidedDeviceTime ?? view.decidedAt,
		outcome: view.state,
		reasonCodes: view.reasonCodes,
		note: view.note
	};
}
