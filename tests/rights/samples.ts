import { registration } from '../world/registration.ts';
import { randomUUID } from 'node:crypto';
import type { Actor, Subject } from '$lib/domain/accounts/permissions.ts';
import type { ProcedureName } from '$lib/server/rights.ts';
import type { CommandInput, CommandName } from '$lib/sync/protocol/commands.ts';
import { businessOf, people, photo, type Exchange, type Goods } from '../world/exchange.ts';

/** One thing to ask for, and whose it is: that decides who may. */
export type Sample<Input = unknown> = {
	readonly whose: string;
	readonly input: Input;
	readonly subject: Subject;
};

/** What lies in the exchange before anything is asked. */
export type Stage = Awaited<ReturnType<typeof setStage>>;

export async function setStage(exchange: Exchange) {
	const { batu, chuba, chilan, bacsau, anhminh } = people;
	const onSale = await exchange.sells(batu);
	const submitted = await exchange.submits(batu, { title: 'Bưởi da xanh' });
	const order = exchange.order(onSale, 1);
	await exchange.must(chilan, { name: 'order.place', input: order });
	const open = await exchange.caseOf(submitted.id);
	if (open.assigneeId !== anhminh.id)
		await exchange.must(bacsau, {
			name: 'case.reassign',
			input: { caseId: open.id, toAccountId: anhminh.id, reason: 'Việc của anh Minh' }
		});
	const needId = await exchange.looksFor(chilan);
	const offer = exchange.offer(needId, onSale);
	const other = await exchange.looksFor(chilan);
	await exchange.must(batu, { name: 'offer.send', input: offer });
	await exchange.stores(chuba, photo('sầu riêng'));
	return { exchange, onSale, submitted, orderId: order.orderId, caseId: open.id, needId, other, offer };
}

const agencySamples = (input: (agencyId: string) => unknown): Sample[] =>
	['so-nnmt', 'so-cong-thuong', 'so-y-te'].map((agencyId) => ({
		whose: agencyId,
		input: input(agencyId),
		subject: { agencyId }
	}));

/** What is asked of a procedure. One without a line is asked with nothing at all, which shows its guard. */
export const procedureSamples: {
	readonly [P in ProcedureName]?: (stage: Stage, who: Actor) => readonly Sample[];
} = {
	'moderation.history': () => agencySamples((agencyId) => ({ agencyId, after: null, limit: 10 })),
	'moderation.officers': () => agencySamples((agencyId) => ({ agencyId })),
	'agencies.detail': () => agencySamples((agencyId) => ({ agencyId })),
	'agencies.setAbsence': () =>
		agencySamples((agencyId) => ({
			agencyId,
			accountId: randomUUID(),
			substituteId: randomUUID(),
			from: '2099-01-01',
			to: '2099-01-02'
		})),
	'handovers.handIn': (_, who) => [
		{
			whose: 'bà Tư’s work',
			input: handIn(people.batu.id),
			// Brought to the officer's own agency: any post will do.
			subject: { agencyId: who.posts[0]?.agencyId }
		}
	]
};

const handIn = (ownerId: string) => ({
	fileId: randomUUID(),
	ownerId,
	deviceId: randomUUID(),
	commands: [
		{
			id: randomUUID(),
			seq: 1,
			name: 'draft.save',
			input: {},
			deviceTime: '2026-11-22T02:00:00.000Z',
			after: []
		}
	],
	photos: []
});

const ofBusiness = (owner: (typeof people)[keyof typeof people]): Subject => ({
	ownerId: owner.id,
	businessId: businessOf(owner)
});

const submission = ({ content }: Goods) => ({ ...content, price: content.price ?? 0 });

/** What a device sends, as everybody in turn. */
export const commandSamples: {
	readonly [C in CommandName]: (stage: Stage, who: Actor) => readonly Sample<CommandInput<C>>[];
} = {
	'draft.save': ({ onSale }, who) => [
		{
			whose: 'bà Tư’s listing',
			input: { listingId: onSale.id, base: 2, fields: { title: 'Xoài cát' } },
			subject: ofBusiness(people.batu)
		},
		{
			whose: 'a new listing',
			input: { listingId: randomUUID(), base: 0, fields: { title: 'Xoài cát' } },
			subject: mine(who)
		}
	],
	'draft.discard': ({ onSale }) => [
		{ whose: 'bà Tư’s listing', input: { listingId: onSale.id, base: 2 }, subject: ofBusiness(people.batu) }
	],
	'listing.submit': ({ onSale }, who) => [
		{
			whose: 'bà Tư’s listing',
			input: { listingId: onSale.id, base: 2, content: submission(onSale) },
			subject: ofBusiness(people.batu)
		},
		{
			whose: 'a new listing',
			input: { listingId: randomUUID(), base: 0, content: submission(onSale) },
			subject: mine(who)
		}
	],
	'listing.withdraw': ({ onSale }) => [
		{ whose: 'bà Tư’s listing', input: { listingId: onSale.id, base: 2 }, subject: ofBusiness(people.batu) }
	],
	'listing.restock': ({ onSale }) => [
		{
			whose: 'bà Tư’s listing',
			input: { listingId: onSale.id, base: 2, stock: 5 },
			subject: ofBusiness(people.batu)
		}
	],
	'case.decide': ({ caseId }) => [
		{
			whose: 'a case of so-nnmt',
			input: { caseId, listingRev: 1, decision: 'approve', note: '' },
			subject: { agencyId: 'so-nnmt' }
		}
	],
	'case.reassign': ({ caseId }) => [
		{
			whose: 'a case of so-nnmt, held by anh Minh',
			input: { caseId, toAccountId: people.bacsau.id, reason: 'Bận việc khác' },
			subject: { agencyId: 'so-nnmt' }
		}
	],
	'business.submit': ({ exchange }, who) => [
		{
			whose: 'bà Tư’s business',
			input: registration(exchange.pack, { businessId: businessOf(people.batu) }),
			subject: ofBusiness(people.batu)
		},
		{
			whose: 'a new business',
			input: registration(exchange.pack, { businessId: randomUUID() }),
			subject: { ownerId: who.id }
		}
	],
	'order.place': ({ exchange, onSale }) => [
		{ whose: 'bà Tư’s goods', input: exchange.order(onSale, 1), subject: ofBusiness(people.batu) }
	],
	'order.advance': ({ orderId }) => [
		{
			whose: 'chị Lan’s order at bà Tư’s',
			input: {
				orderId,
				rev: 99,
				event: 'confirm',
				reason: '',
				carrier: '',
				trackingCode: '',
				shippingFee: null
			},
			subject: { ownerId: people.chilan.id, businessId: businessOf(people.batu) }
		}
	],
	'notification.read': (_, who) => [
		{ whose: 'own', input: { ids: [randomUUID()] }, subject: { ownerId: who.id } }
	],
	'proposal.send': (_, who) => [
		{
			whose: 'own',
			input: { proposalId: randomUUID(), topic: 'feature', text: 'Thêm nút in mã vạch cho lô hàng.' },
			subject: { ownerId: who.id }
		}
	],
	'need.submit': ({ exchange, needId }, who) => [
		{
			whose: 'chị Lan’s need',
			input: { needId, base: 1, content: exchange.need() },
			subject: { ownerId: people.chilan.id }
		},
		{
			whose: 'a new need',
			input: { needId: randomUUID(), base: 0, content: exchange.need() },
			subject: { ownerId: who.id }
		}
	],
	'need.close': ({ needId }) => [
		{ whose: 'chị Lan’s need', input: { needId, base: 1 }, subject: { ownerId: people.chilan.id } }
	],
	'offer.send': ({ exchange, onSale, other }) => [
		{
			whose: 'bà Tư’s goods for chị Lan’s need',
			input: exchange.offer(other, onSale),
			subject: ofBusiness(people.batu)
		}
	],
	'offer.withdraw': ({ offer }) => [
		{ whose: 'bà Tư’s offer', input: { offerId: offer.offerId }, subject: ofBusiness(people.batu) }
	]
};

const mine = (who: Actor): Subject => ({ ownerId: who.id, businessId: who.businessId ?? undefined });
