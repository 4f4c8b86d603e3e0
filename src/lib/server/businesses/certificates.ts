import type { RulePack } from '$lib/domain/agencies/schema.ts';
import type { DatedPaper } from '$lib/domain/businesses/papers.ts';
import type { BusinessKind } from '$lib/domain/businesses/states.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { hidesGoods, type WatchedGoods } from '$lib/domain/businesses/certificates.ts';
import type { ListingState } from '$lib/domain/listings/schema.ts';
import { isInReview } from '$lib/domain/listings/states.ts';
import { audit } from '$lib/server/audit/audit.ts';
import { hideOrShow, holdCertifiedGoods, settleListings } from '$lib/server/listings/shelves.ts';
import { asSystem, type WriteContext } from '$lib/server/sync/write.ts';
import { listConfirmed, type ConfirmedRow } from './paper-queries.ts';
import { findBusiness } from './queries.ts';

/** `state`: what is withdrawn or locked is nobody's to warn of. */
type OnSale = WatchedGoods & { readonly state: ListingState };
type Business = { readonly id: string; readonly kind: BusinessKind };

const papersIn = (confirmed: readonly ConfirmedRow[], sectorId: string): readonly DatedPaper[] =>
	confirmed.find((one) => one.sectorId === sectorId)?.content.papers ?? [];

/**
 * TG-6.3, TG-12: hides the goods of a business whose own certificate has run out where their sector asks for it, and shows
 * again what is hidden for nothing any more. The caller holds the business. Returns the goods that state certificates with
 * a last day, and how many were hidden or shown.
 */
export async function settleCertificates(
	ctx: WriteContext,
	{ id, kind }: Business,
	confirmed: readonly ConfirmedRow[],
	pack: RulePack
): Promise<{ goods: OnSale[]; moved: number }> {
	const rows = await holdCertifiedGoods(ctx.tx, id);
	const goods = rows.map((row) => ({
		...row,
		kind,
		papers: papersIn(confirmed, row.sectorId),
		waits: isInReview(row.state)
	}));
	const moved: string[] = [];
	for (const one of goods) {
		const paper = hidesGoods(pack, one, vietnamDay(ctx.now));
		if (paper === one.hiddenFor) continue;
		await hideOrShow(ctx.tx, one.id, paper);
		await audit(ctx, {
			action: paper === null ? 'listing.shown' : 'listing.hidden',
			subject: `listing:${one.id}`,
			clause: 'TG-6.3',
			...(paper !== null && { data: { certificate: paper } })
		});
		moved.push(one.id);
	}
	if (moved.length > 0) await settleListings(ctx, moved);
	return { goods, moved: moved.length };
}

/** The same after a department has confirmed papers of the business. */
export async function settleCertificatesNow(
	ctx: WriteContext,
	business: Business,
	pack: RulePack
): Promise<void> {
	const confirmed = await asSystem(ctx, 'papers', (tx) => listConfirmed(tx, [business.id]));
	await settleCertificates(ctx, business, confirmed, pack);
}

/** TG-6.3: whether goods with these certificates may be shown now; refusal `paper_expired`. */
export async function mayBeShown(
	ctx: WriteContext,
	goods: { businessId: string; sectorId: string; certificates: readonly DatedPaper[] },
	pack: RulePack
): Promise<Result<void>> {
	const business = await findBusiness(ctx.tx, goods.businessId);
	if (!business) return ok(undefined);
	const confirmed = await asSystem(ctx, 'papers', (tx) => listConfirmed(tx, [business.id]));
	const { sectorId, certificates } = goods;
	const papers = papersIn(confirmed, sectorId);
	const gone = hidesGoods(pack, { kind: business.kind, sectorId, certificates, papers }, vietnamDay(ctx.now));
	return gone === null ? ok(undefined) : no('paper_expired', { clause: 'TG-6.3' });
}
