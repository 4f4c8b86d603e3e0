import { may, type Actor } from '$lib/domain/accounts/permissions.ts';
import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import type { FoundReceipt, ReceiptLink } from '$lib/domain/receipts/schema.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { findPublicListing } from '$lib/server/listings/service.ts';
import { casesToOpen } from '$lib/server/moderation/case-links.ts';
import { findNeedOfOffer, findOrdered, findProposalCode, isOnBoard, type ReceiptRow } from './queries.ts';

type Ways = Pick<FoundReceipt, 'orderCode' | 'links'>;
type Asked = { readonly tx: Tx; readonly actor: Actor; readonly receivedAt: string; readonly now: string };

const listingLink = async (tx: Tx, id: string): Promise<ReceiptLink[]> =>
	(await findPublicListing(tx, id)) ? [{ kind: 'listing', id }] : [];

const needLink = async ({ tx, now }: Asked, id: string): Promise<ReceiptLink[]> =>
	(await isOnBoard(tx, id, vietnamDay(now))) ? [{ kind: 'need', id }] : [];

async function proposalLinks({ tx, actor }: Asked, id: string): Promise<ReceiptLink[]> {
	const code = may(actor, 'proposal.answer', {}) ? await findProposalCode(tx, id) : null;
	return code === null ? [] : [{ kind: 'proposal', id, code }];
}

/** The cases this command opened; where it opened none, the newest one of the thing. */
async function caseLinks({ tx, actor, receivedAt }: Asked, id: string): Promise<ReceiptLink[]> {
	const cases = await casesToOpen(tx, actor, id);
	const own = cases.filter((one) => one.receivedAt === receivedAt);
	return (own.length > 0 ? own : cases.slice(0, 1)).map((one) => ({
		kind: 'case',
		id: one.id,
		code: one.code,
		open: one.open
	}));
}

/** The screens this officer has, and may open, of what a command was about. Acts as the system. */
export async function whereToGo(
	tx: Tx,
	actor: Actor,
	{ subject, receivedAt }: Pick<ReceiptRow, 'subject' | 'receivedAt'>,
	now: string
): Promise<Ways> {
	const asked = { tx, actor, receivedAt, now };
	const [kind = '', id = ''] = subject?.split(':') ?? [];
	const leads = (links: readonly ReceiptLink[]): Ways => ({ orderCode: null, links });
	switch (kind) {
		case 'listing':
			return leads([...(await caseLinks(asked, id)), ...(await listingLink(tx, id))]);
		case 'need':
			return leads([...(await caseLinks(asked, id)), ...(await needLink(asked, id))]);
		case 'case':
		case 'business':
			return leads(await caseLinks(asked, id));
		case 'order': {
			const ordered = await findOrdered(tx, id);
			return ordered
				? { orderCode: ordered.code, links: await listingLink(tx, ordered.listingId) }
				: leads([]);
		}
		case 'offer': {
			const needId = await findNeedOfOffer(tx, id);
			return leads(needId === null ? [] : await needLink(asked, needId));
		}
		case 'proposal':
			return leads(await proposalLinks(asked, id));
		default:
			return leads([]);
	}
}
