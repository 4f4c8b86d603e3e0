import { comparedByHand, identityIsDuty } from '$lib/domain/businesses/identity.ts';
import { ranOut } from '$lib/domain/businesses/papers.ts';
import { requiredChecks } from '$lib/domain/businesses/rules.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { no, ok } from '$lib/domain/kernel/refusal.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { CaseDecide } from '$lib/domain/moderation/schema.ts';
import { makeSeller } from '$lib/server/accounts/sellers.ts';
import { settleShelves } from '$lib/server/listings/shelves.ts';
import type { HoldSubject } from '$lib/server/moderation/subjects.ts';
import { notify } from '$lib/server/notifications/service.ts';
import { asSystem } from '$lib/server/sync/write.ts';
import { settleCertificatesNow } from './certificates.ts';
import { findIdentity, updateByHand } from './identity/queries.ts';
import {
	deleteSectors,
	findBusinessVersion,
	listSectors,
	lockBusinessAndOwner,
	updateConfirmed,
	updateShown,
	upsertSectors
} from './queries.ts';

const told: Readonly<Record<CaseDecide['decision'], NotificationDoc['kind']>> = {
	approve: 'business_confirmed',
	return: 'business_returned',
	refuse: 'business_refused'
};

/**
 * TG-7.2b: a department confirms, asks for more or refuses, for its own sectors alone. The first confirmation makes the
 * member a seller. Where no provider of electronic identities has said who it is, the officer's tick is the check; where one
 * knows the number under another name, no tick puts that right (LAW-tmdt-identity, docs/decisions).
 */
export const holdBusinessCase: HoldSubject = async (ctx, seen, pack) => {
	const business = await lockBusinessAndOwner(ctx.tx, seen.subjectId);
	const version = await asSystem(ctx, 'business-case', (tx) =>
		findBusinessVersion(tx, seen.subjectId, seen.subjectRev)
	);
	if (!business || !version) return null;
	const identity = await asSystem(ctx, 'identity', (tx) => findIdentity(tx, business.id));
	return {
		decide: (open, input) => {
			const { sectors } = open;
			if (input.decision === 'approve') {
				if (business.state === 'locked') return no('seller_locked');
				const ticked = input.checked ?? [];
				const left = requiredChecks(pack, vietnamDay(ctx.now)).filter((line) => !ticked.includes(line));
				if (left.length > 0)
					return no('check_list_open', {
						clause: 'TG-19.4',
						fields: Object.fromEntries(left.map((line) => [line, 'required']))
					});
				if (identity?.state === 'not_matched' && identityIsDuty(pack, vietnamDay(ctx.now)))
					return no('identity_needed', { clause: 'LAW-tmdt-identity' });
				const expired = sectors.flatMap((id) => ranOut(pack, version.content, id, vietnamDay(ctx.now)) ?? []);
				if (expired.length > 0)
					return no('paper_expired', {
						clause: 'TG-12',
						fields: Object.fromEntries(expired.map((type) => [`papers.${type}`, 'paper_expired']))
					});
			}
			return ok(async () => {
				if (input.decision === 'approve') {
					await updateShown(ctx.tx, business.id, version.content);
					await updateConfirmed(ctx.tx, business.id, ctx.now);
					await makeSeller(ctx.tx, business.accountId);
					await upsertSectors(ctx.tx, business.id, sectors, open.subjectRev, ctx.now);
					if (comparedByHand(pack, input.checked ?? [], vietnamDay(ctx.now)))
						await asSystem(ctx, 'identity', (tx) => updateByHand(tx, business.id, ctx.actor.id, ctx.now));
					await settleCertificatesNow(ctx, { id: business.id, kind: version.content.kind }, pack);
					await settleShelves(
						ctx,
						business.id,
						(await listSectors(ctx.tx, business.id)).map((one) => one.sectorId)
					);
				} else if (input.decision === 'refuse') {
					await deleteSectors(ctx.tx, business.id, sectors);
					await settleShelves(ctx, business.id, sectors);
				}
				const agency = pack.agencies.find((one) => one.id === open.agencyId)?.name ?? open.agencyId;
				await notify(ctx, business.accountId, told[input.decision], business.id, {
					code: open.code,
					title: agency
				});
			});
		}
	};
};
