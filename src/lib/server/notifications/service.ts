import { keptSince } from '$lib/domain/personal-data/rules.ts';
import { ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { publish } from '$lib/server/sync/publish.ts';
import { asSystem, madeBy, write, type CommandContext, type WriteContext } from '$lib/server/sync/write.ts';
import type { CommandInput } from '$lib/sync/protocol/commands.ts';
import { projectNotification } from './projections.ts';
import {
	deleteNotification,
	insertNotification,
	insertReadAhead,
	listNotificationsBefore,
	updateRead
} from './queries.ts';

/**
 * Puts a line into a member's notification box (TG-13.2). `facts` are codes, titles and states, never contacts. Where
 * one command says the same of the same subject several times, `part` tells the lines apart.
 */
export async function notify(
	ctx: WriteContext,
	accountId: string,
	kind: NotificationDoc['kind'],
	subjectId: string,
	facts: NotificationDoc['facts'],
	part: string = ''
): Promise<void> {
	const id = madeBy(ctx, `${kind} of ${subjectId} for ${accountId}${part}`);
	await asSystem(ctx, 'notify', (tx) =>
		insertNotification(tx, { id, accountId, kind, subjectId, facts, at: ctx.now })
	);
	await publish(ctx, 'notifications', id, projectNotification);
	ctx.touched.news.add(accountId);
}

/** Ids of other members and those read before change nothing; unknown ones are remembered for a while after a restore. */
export async function markRead(
	ctx: CommandContext,
	input: CommandInput<'notification.read'>
): Promise<Result<void>> {
	const { tx, actor, now } = ctx;
	const read = await updateRead(tx, actor.id, input.ids, now);
	if (read.length < input.ids.length) await insertReadAhead(tx, actor.id, input.ids, now);
	for (const id of read) await publish(ctx, 'notifications', id, projectNotification);
	return ok(undefined);
}

const atOnce = 500;

/** TG-16.3: takes old lines out of the boxes, off the devices too. Returns how many. */
export async function forgetNotices(db: Sql, now: string): Promise<number> {
	const before = keptSince(personalDataRules(), 'notices_1_year', now);
	let forgotten = 0;
	for (;;) {
		const ids = await transaction(db, 'system:retention', (tx) =>
			listNotificationsBefore(tx, before, atOnce)
		);
		await write(db, { actorId: 'system:retention', now }, async (ctx) => {
			for (const id of ids) {
				await deleteNotification(ctx.tx, id);
				await publish(ctx, 'notifications', id, projectNotification);
			}
		});
		forgotten += ids.length;
		if (ids.length < atOnce) return forgotten;
	}
}
