import type { Result } from '$lib/domain/kernel/refusal.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import { submitBusiness } from './businesses/service.ts';
import {
	discardDraft,
	restockListing,
	saveDraft,
	submitListing,
	withdrawListing
} from './listings/service.ts';
import { decideCase, reassignCase } from './moderation/service.ts';
import { sendOffer, withdrawOffer } from './needs/offer-service.ts';
import { closeNeed, submitNeed } from './needs/service.ts';
import { markRead } from './notifications/service.ts';
import { advanceOrder, placeOrder } from './orders/service.ts';
import { sendProposal } from './proposals/service.ts';
import type { CommandContext } from './sync/write.ts';

/** Which service carries out which command. A command without a line here does not compile. */
export function dispatch(ctx: CommandContext, command: AnyCommand): Promise<Result<void>> {
	switch (command.name) {
		case 'draft.save':
			return saveDraft(ctx, command.input);
		case 'draft.discard':
			return discardDraft(ctx, command.input);
		case 'listing.submit':
			return submitListing(ctx, command.input);
		case 'listing.withdraw':
			return withdrawListing(ctx, command.input);
		case 'listing.restock':
			return restockListing(ctx, command.input);
		case 'case.decide':
			return decideCase(ctx, command.input);
		case 'case.reassign':
			return reassignCase(ctx, command.input);
		case 'order.place':
			return placeOrder(ctx, command.input);
		case 'order.advance':
			return advanceOrder(ctx, command.input);
		case 'business.submit':
			return submitBusiness(ctx, command.input);
		case 'proposal.send':
			return sendProposal(ctx, command.input);
		case 'need.submit':
			return submitNeed(ctx, command.input);
		case 'need.close':
			return closeNeed(ctx, command.input);
		case 'offer.send':
			return sendOffer(ctx, command.input);
		case 'offer.withdraw':
			return withdrawOffer(ctx, command.input);
		case 'notification.read':
			return markRead(ctx, command.input);
	}
}
