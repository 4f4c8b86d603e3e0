import type { z } from 'zod';
import {
	draftDiscard,
	draftSave,
	listingRestock,
	listingSubmit,
	listingWithdraw
} from '$lib/domain/listings/commands.ts';
import { caseDecide, caseReassign } from '$lib/domain/moderation/schema.ts';
import { needClose, needSubmit, offerSend, offerWithdraw } from '$lib/domain/needs/schema.ts';
import { notificationRead } from '$lib/domain/notifications/schema.ts';
import { orderAdvance, orderPlace } from '$lib/domain/orders/schema.ts';
import { proposalSend } from '$lib/domain/proposals/schema.ts';
import { filesOf, maxFilesOfListing } from '$lib/domain/listings/rules.ts';
import { filesOfBusiness, maxFilesOfBusiness } from '$lib/domain/businesses/files.ts';
import { businessSubmit } from '$lib/domain/businesses/schema.ts';
import type { CollectionName } from './collections.ts';

/**
 * Every write a device can make. `subject` is the thing the command is about: commands of one subject go
 * in their order, subjects are independent. `touches` says where its effect comes back, so that the fold
 * knows when to let go (sync 3).
 */
export const commandSchemas = {
	'draft.save': draftSave,
	'draft.discard': draftDiscard,
	'listing.submit': listingSubmit,
	'listing.withdraw': listingWithdraw,
	'listing.restock': listingRestock,
	'case.decide': caseDecide,
	'case.reassign': caseReassign,
	'order.place': orderPlace,
	'order.advance': orderAdvance,
	'notification.read': notificationRead,
	'business.submit': businessSubmit,
	'proposal.send': proposalSend,
	'need.submit': needSubmit,
	'need.close': needClose,
	'offer.send': offerSend,
	'offer.withdraw': offerWithdraw
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandInput<N extends CommandName> = z.output<(typeof commandSchemas)[N]>;

/** A command of any name with its own input type. */
export type AnyCommand = {
	[N in CommandName]: { readonly name: N; readonly input: CommandInput<N> };
}[CommandName];

export const commandNames = [
	'draft.save',
	'draft.discard',
	'listing.submit',
	'listing.withdraw',
	'listing.restock',
	'case.decide',
	'case.reassign',
	'order.place',
	'order.advance',
	'notification.read',
	'business.submit',
	'proposal.send',
	'need.submit',
	'need.close',
	'offer.send',
	'offer.withdraw'
] as const satisfies readonly CommandName[];

export const commandTouches: Readonly<Record<CommandName, readonly CollectionName[]>> = {
	'draft.save': ['mine'],
	'draft.discard': ['mine'],
	'listing.submit': ['mine'],
	'listing.withdraw': ['mine'],
	'listing.restock': ['mine', 'listings'],
	'case.decide': ['cases'],
	'case.reassign': ['cases'],
	'order.place': ['orders'],
	'order.advance': ['orders'],
	'notification.read': ['notifications'],
	// What the departments said of it is asked online; that they have it comes as a notice.
	'business.submit': ['notifications'],
	'proposal.send': ['mine'],
	'need.submit': ['needs'],
	'need.close': ['needs'],
	'offer.send': ['needs'],
	'offer.withdraw': ['needs']
};

/** The id of the thing a command is about; commands of one subject are sent in the order they were made. */
export function commandSubject(command: AnyCommand): string {
	switch (command.name) {
		case 'draft.save':
		case 'draft.discard':
		case 'listing.submit':
		case 'listing.withdraw':
		case 'listing.restock':
			return `listing:${command.input.listingId}`;
		case 'case.decide':
		case 'case.reassign':
			return `case:${command.input.caseId}`;
		case 'order.place':
		case 'order.advance':
			return `order:${command.input.orderId}`;
		case 'notification.read':
			return 'notifications';
		case 'business.submit':
			return `business:${command.input.businessId}`;
		case 'proposal.send':
			return `proposal:${command.input.proposalId}`;
		case 'need.submit':
		case 'need.close':
			return `need:${command.input.needId}`;
		case 'offer.send':
		case 'offer.withdraw':
			return `offer:${command.input.offerId}`;
	}
}

/** Photos and the voice note that must be on the server before the command may leave (sync 5). */
export function commandBlobs(command: AnyCommand): readonly string[] {
	switch (command.name) {
		case 'listing.submit':
			return filesOf(command.input.content);
		case 'business.submit':
			return filesOfBusiness(command.input.content, command.input.person);
		default:
			return [];
	}
}

/** As many files as any command can wait for. */
export const maxCommandBlobs = Math.max(maxFilesOfListing, maxFilesOfBusiness);
