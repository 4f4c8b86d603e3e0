import { randomUUID } from 'node:crypto';
import { ok } from '$lib/domain/kernel/refusal.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction, type Tx } from '$lib/server/db/pool.ts';
import type { Dispatch } from '$lib/server/sync/push.ts';
import type { CommandContext } from '$lib/server/sync/write.ts';
import type { AnyCommand, CommandName } from '$lib/sync/protocol/commands.ts';
import type { PushRequest } from '$lib/sync/protocol/wire.ts';
import { people } from '../world/exchange.ts';
import type { Place } from './place.ts';
import type { Sabotage } from './sabotage.ts';

/** What makes something that was not there; every other command changes what is. */
const makes = (command: AnyCommand): boolean =>
	command.name === 'order.place' ||
	command.name === 'offer.send' ||
	('base' in command.input && command.input.base === 0);

/** What others wait to hear of. */
const news: readonly CommandName[] = ['order.advance', 'case.decide', 'offer.send', 'listing.withdraw'];

/** The services of the exchange, or what a bug on purpose makes of them. */
export const servicesOf = (sabotage: Sabotage | null): Dispatch =>
	(sabotage === null ? undefined : bent[sabotage]) ?? dispatch;

const bent: Readonly<Partial<Record<Sabotage, Dispatch>>> = {
	'empty beginnings': async (ctx, command) => (makes(command) ? ok(undefined) : dispatch(ctx, command)),
	'empty steps': async (ctx, command) => (makes(command) ? dispatch(ctx, command) : ok(undefined)),
	'done twice': async (ctx, command) => {
		const done = await dispatch(ctx, command);
		const again = underAnotherId(command);
		return done.ok && again ? dispatch(ctx, again) : done;
	},
	'written twice': async (ctx, command) => {
		const done = await dispatch(ctx, command);
		if (command.name === 'order.advance')
			await ctx.tx`
				insert into order_events (order_id, state, at, by_party, actor, reason)
				select order_id, state, at, by_party, actor, reason from order_events
				where order_id = ${command.input.orderId} order by id desc limit 1`;
		if (command.name === 'case.decide')
			await ctx.tx`
				insert into case_events (case_id, at, actor, kind, data)
				select case_id, at, actor, kind, data from case_events
				where case_id = ${command.input.caseId} and kind in ('approved', 'returned')`;
		return done;
	},
	garbled: (ctx, command) => dispatch(ctx, garbled(command)),
	'faulty service': async (ctx, command) => {
		if (command.name === 'listing.restock') throw new Error('a fault on purpose');
		return dispatch(ctx, command);
	},
	'wrong reader': async (ctx, command) => {
		const done = await dispatch(ctx, command);
		if (command.name === 'order.place') await tellToo(ctx.tx, command.input.orderId, people.chuba.id);
		return done;
	},
	'publish forgotten': async (ctx, command) => {
		const before = await feedOf(ctx.tx);
		const done = await dispatch(ctx, command);
		if (news.includes(command.name)) await takeBack(ctx.tx, before);
		return done;
	},
	'lasting offers': async (ctx, command) => {
		const done = await dispatch(ctx, command);
		if (command.name === 'need.close' || command.name === 'listing.withdraw')
			await asAnybody(ctx, (tx) => tx`update need_offers set state = 'sent', dropped_for = null`);
		return done;
	},
	'own offers': async (ctx, command) => {
		const done = await dispatch(ctx, command);
		if (command.name === 'offer.send')
			await asAnybody(ctx, (tx) => tx`update need_offers set buyer_id = seller_account_id`);
		return done;
	}
};

function underAnotherId(command: AnyCommand): AnyCommand | null {
	if (command.name === 'order.place')
		return { ...command, input: { ...command.input, orderId: randomUUID() } };
	if (command.name === 'need.submit' && makes(command))
		return { ...command, input: { ...command.input, needId: randomUUID() } };
	return null;
}

function garbled(command: AnyCommand): AnyCommand {
	switch (command.name) {
		case 'draft.save':
			return {
				...command,
				input: { ...command.input, fields: { ...command.input.fields, packing: 'Một lời khác hẳn' } }
			};
		case 'need.submit':
			return {
				...command,
				input: { ...command.input, content: { ...command.input.content, title: 'Một lời khác hẳn' } }
			};
		case 'offer.send':
			return { ...command, input: { ...command.input, quantity: command.input.quantity + 1 } };
		default:
			return command;
	}
}

async function asAnybody(ctx: CommandContext, work: (tx: Tx) => Promise<unknown>): Promise<void> {
	await ctx.tx`select set_config('san.actor', 'system:test', true)`;
	await work(ctx.tx);
	await ctx.tx`select set_config('san.actor', ${ctx.actorId}, true)`;
}

type Published = {
	readonly audience: string;
	readonly collection: string;
	readonly id: string;
	readonly doc: unknown;
};

/** All that is published, and what this transaction has published. */
const feedOf = (tx: Tx): Promise<Published[]> =>
	tx<Published[]>`select audience, collection, doc_id as id, doc from sync_feed where doc is not null`;
const justPublished = (tx: Tx) =>
	tx<{ collection: string; id: string }[]>`
		select distinct collection, doc_id as id from sync_feed where version = pg_current_xact_id()::text::bigint`;

const publish = (
	tx: Tx,
	{ collection, id }: { collection: string; id: string },
	rows: readonly Published[]
) =>
	tx`select feed_publish(${collection}, ${id}, ${rows.map((row) => row.audience)}::text[],
		${rows.map((row) => JSON.stringify(row.doc))}::text[]::jsonb[])`;

/** As if none of it had been published. */
async function takeBack(tx: Tx, before: readonly Published[]): Promise<void> {
	for (const doc of await justPublished(tx))
		await publish(
			tx,
			doc,
			before.filter((row) => row.collection === doc.collection && row.id === doc.id)
		);
}

async function tellToo(tx: Tx, orderId: string, accountId: string): Promise<void> {
	const rows = (await feedOf(tx)).filter((row) => row.collection === 'orders' && row.id === orderId);
	const [row] = rows;
	if (!row) return;
	await publish(tx, row, [...rows, { ...row, audience: `user:${accountId}` }]);
}

/** What a bug on purpose does to a request before the exchange reads it. */
export async function bendRequest(
	place: Place,
	sabotage: Sabotage | null,
	request: PushRequest
): Promise<void> {
	if (sabotage === 'forgotten ids')
		for (const { id } of request.commands)
			await place.shelf.run(`delete from command_log where id = '${id}'`);
	if (sabotage === 'last word wins' || sabotage === 'forgotten ids')
		for (const { input } of request.commands) await rebase(place, input);
}

/** As if what the author saw did not matter. */
async function rebase({ world }: Place, input: unknown): Promise<void> {
	if (typeof input !== 'object' || input === null || !('listingId' in input) || !('base' in input)) return;
	const id = String(input.listingId);
	await transaction(world.db, 'system:test', async (tx) => {
		const [row] = await tx<{ rev: number }[]>`select rev from listings where id = ${id}`;
		if (row) input.base = row.rev;
	});
}
