import type { Role } from '$lib/domain/accounts/permissions.ts';
import { agencyNameOn } from '$lib/domain/agencies/rules.ts';
import { writtenInstant } from '$lib/domain/calendar/instant.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { Administrators } from '$lib/domain/grants/rules.ts';
import { toldChanges } from '$lib/domain/grants/schema.ts';
import { currentPack } from '$lib/server/agencies/service.ts';
import { queueMessage } from '$lib/server/messages/service.ts';
import { notify } from '$lib/server/notifications/service.ts';
import type { WriteContext } from '$lib/server/sync/write.ts';
import type { ChangeKind, ProposalRow } from './queries.ts';

/** TG-20.1, TG-13.2: whoever gets or loses a right is written to and finds it in the app, in the transaction of the change. */
export async function tellChanged(
	ctx: WriteContext,
	what: {
		readonly accountId: string;
		readonly kind: ChangeKind;
		readonly role: Role;
		readonly agencyId: string | null;
		readonly reason: string;
		readonly byName: string;
	}
): Promise<void> {
	const { accountId, role, agencyId, reason, byName } = what;
	const kind = toldChanges.find((one) => one === what.kind);
	if (kind === undefined) return;
	const agency =
		agencyId === null ? '' : agencyNameOn(await currentPack(ctx.tx), agencyId, vietnamDay(ctx.now));
	await queueMessage(ctx, {
		to: { accountId },
		template: 'rights_changed',
		params: { kind, role, agency, reason, byName },
		subject: `account:${accountId}`
	});
	// The reason stays in the letter: what lies in a box is names and codes.
	await notify(ctx, accountId, 'rights_changed', accountId, { change: kind, role, agency, by: byName });
}

/** Four eyes need a second pair: every other administrator who can act hears that something waits, and until when. */
export async function tellProposed(
	ctx: WriteContext,
	proposal: Pick<ProposalRow, 'id' | 'change' | 'proposedBy' | 'proposedByName' | 'expiresAt'>,
	administrators: Administrators
): Promise<void> {
	for (const { id, active } of administrators)
		if (active && id !== proposal.proposedBy) {
			await queueMessage(ctx, {
				to: { accountId: id },
				template: 'rights_proposed',
				params: {
					change: proposal.change,
					byName: proposal.proposedByName,
					until: writtenInstant(proposal.expiresAt)
				},
				notAfter: proposal.expiresAt
			});
			await notify(ctx, id, 'rights_proposed', proposal.id, { by: proposal.proposedByName });
		}
}

/** Whoever proposed hears what became of it, unless it was taken back. */
export async function tellAnswered(
	ctx: WriteContext,
	proposal: ProposalRow,
	by: { readonly account: string | null; readonly name: string },
	agreed: boolean
): Promise<void> {
	if (by.account === proposal.proposedBy) return;
	await queueMessage(ctx, {
		to: { accountId: proposal.proposedBy },
		template: 'rights_answered',
		params: { change: proposal.change, agreed, byName: by.name, reason: proposal.reason }
	});
	await notify(ctx, proposal.proposedBy, 'rights_answered', proposal.id, {
		agreed: agreed ? 'yes' : 'no',
		by: by.name
	});
}
