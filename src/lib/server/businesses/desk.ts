import { canDecideCase, officesOf, type Actor } from '$lib/domain/accounts/permissions.ts';
import { sectorsOf } from '$lib/domain/agencies/rules.ts';
import { daysAhead, paperStandings } from '$lib/domain/businesses/papers.ts';
import type { IdentityView } from '$lib/domain/businesses/identity.ts';
import type { EndingPaper } from '$lib/domain/businesses/schema.ts';
import { addDays, vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { caseFor } from '$lib/server/moderation/cases.ts';
import { identityOf } from './identity/service.ts';
import { listEnding, type EndingRow } from './paper-queries.ts';

const most = 500;

/** TG-12: papers of the officer's own sectors that end soon or have ended, the next one first; at most five hundred. */
export async function endingPapers(db: Sql, actor: Actor, now: string): Promise<EndingPaper[]> {
	const day = vietnamDay(now);
	const agencies = officesOf(actor);
	return transaction(db, 'system:papers', async (tx) => {
		const pack = await currentPack(tx);
		const every = pack.sectors.map(({ id }) => id);
		const sectors = [...new Set(agencies.flatMap((agencyId) => sectorsOf(pack, every, agencyId, day)))];
		const lastDay = addDays(day, daysAhead(pack));
		const rows = await listEnding(tx, { sectors, agencies, lastDay, limit: most });
		const of = new Map<string, EndingRow[]>();
		for (const row of rows) of.set(row.businessId, [...(of.get(row.businessId) ?? []), row]);
		return [...of.values()]
			.flatMap((confirmed) => {
				const [one] = confirmed;
				if (!one) return [];
				return paperStandings(pack, confirmed, null, day)
					.filter(({ left }) => left <= daysAhead(pack))
					.map(({ type, expiresOn, left, sectors: needing }) => ({
						businessId: one.businessId,
						businessName: one.businessName,
						wardName: one.wardName,
						type,
						expiresOn,
						left,
						sectors: needing,
						closed: confirmed.some(({ suspendedFor }) => suspendedFor === type),
						caseId: one.caseId
					}));
			})
			.sort((a, b) => a.left - b.left || (a.businessName < b.businessName ? -1 : 1));
	});
}

/** LAW-tmdt-identity: how far the business of a case has shown who it is; null for whoever may not decide the case. */
export async function identityForCase(db: Sql, actor: Actor, caseId: string): Promise<IdentityView | null> {
	return transaction(db, 'system:identity', async (tx) => {
		const found = await caseFor(tx, caseId);
		if (
			found?.kind !== 'business' ||
			!canDecideCase(actor, { agencyId: found.agencyId, sellerAccountId: found.applicantId })
		)
			return null;
		return identityOf(tx, found.subjectId, await currentPack(tx));
	});
}
