import type { Channel, Language } from '$lib/domain/messages/template.ts';
import { checkParams, type TemplateName, type TemplateParams } from '$lib/domain/messages/templates.ts';
import { seal, sealersFor, sealUnowned } from '$lib/server/accounts/sealing.ts';
import type { Tx } from '$lib/server/db/pool.ts';
import { enqueue } from '$lib/server/jobs/enqueue.ts';
import { asSystem, newId, type WriteContext } from '$lib/server/sync/write.ts';
import { findContacts, insertMessage, insertMessages, listContacts } from './queries.ts';

export type Outgoing<Name extends TemplateName> = {
	/**
	 * The account must have a key: everything is sealed with it. With an `address` (normalised by accounts/names.ts) that
	 * one is used, for instance one that is still to be confirmed; without, the one of the profile. Who is only about to
	 * have an account (TG-8) has an address alone.
	 */
	readonly to:
		| { readonly accountId: string; readonly address?: string }
		| { readonly accountId: null; readonly address: string };
	/** Missing = by e-mail when there is one, else by SMS. */
	readonly channel?: Channel;
	readonly template: Name;
	readonly params: TemplateParams<Name>;
	readonly language?: Language;
	/** What it is about, `case:<id>`: staff find it by that. */
	readonly subject?: string;
	/** Not sent after this instant, ISO: a code that no longer works. */
	readonly notAfter?: string;
};

/**
 * Owes a message, in the caller's transaction: it is sent soon after the commit, by a job, and never when the transaction
 * is rolled back. Returns the channel it goes by; null when the account has no address for it, which staff see in the
 * list. Throws when the parameters are not those of the template, or the account has no key.
 */
export async function queueMessage<Name extends TemplateName>(
	ctx: WriteContext,
	message: Outgoing<Name>
): Promise<Channel | null> {
	const { to, template, params, language = 'vi' } = message;
	checkParams(template, params);
	return asSystem(ctx, 'messages', async (tx) => {
		const { channel, addressSealed } = await addressOf(tx, to, message.channel);
		await insertMessage(tx, {
			id: newId(),
			accountId: to.accountId,
			channel,
			template,
			language,
			paramsSealed: await sealFor(tx, to.accountId, JSON.stringify(params)),
			addressSealed,
			subjectRef: message.subject ?? null,
			now: ctx.now,
			notAfter: message.notAfter ?? null
		});
		if (addressSealed === null) return null;
		// The job says that something is due, and nothing of what: the row is the only copy.
		await enqueue(tx, 'messages');
		return channel;
	});
}

/**
 * The same message to many who have accounts, in one transaction: all are owed it or none is. Written in runs, so that
 * thousands stay within the time a transaction has. Returns how many have no address.
 */
export async function queueMessages<Name extends TemplateName>(
	ctx: WriteContext,
	accountIds: readonly string[],
	message: Pick<Outgoing<Name>, 'template' | 'params' | 'language' | 'subject'>
): Promise<number> {
	const { template, params, language = 'vi', subject = null } = message;
	checkParams(template, params);
	const plain = JSON.stringify(params);
	return asSystem(ctx, 'messages', async (tx) => {
		let without = 0;
		for (let at = 0; at < accountIds.length; at += manyAtOnce) {
			const some = accountIds.slice(at, at + manyAtOnce);
			const contacts = new Map((await listContacts(tx, some)).map((row) => [row.accountId, row]));
			const sealers = await sealersFor(tx, some);
			const rows = some.map((accountId) => {
				const seal = sealers.get(accountId);
				if (!seal) throw new Error(`account ${accountId} has no key to seal with`);
				const found = contacts.get(accountId);
				return {
					id: newId(),
					accountId,
					channel: found?.email ? ('email' as const) : ('sms' as const),
					template,
					language,
					paramsSealed: seal(plain),
					addressSealed: found?.email ?? found?.phone ?? null,
					subjectRef: subject,
					now: ctx.now,
					notAfter: null
				};
			});
			without += rows.filter(({ addressSealed }) => addressSealed === null).length;
			await insertMessages(tx, rows);
		}
		await enqueue(tx, 'messages');
		return without;
	});
}

const manyAtOnce = 500;

const sealFor = async (tx: Tx, accountId: string | null, plain: string): Promise<string> =>
	accountId === null ? sealUnowned(plain) : seal(tx, accountId, plain);

async function addressOf(
	tx: Tx,
	to: Outgoing<TemplateName>['to'],
	wished: Channel | undefined
): Promise<{ channel: Channel; addressSealed: string | null }> {
	if (to.address !== undefined) {
		const channel = wished ?? (to.address.includes('@') ? 'email' : 'sms');
		return { channel, addressSealed: await sealFor(tx, to.accountId, to.address) };
	}
	if (to.accountId === null) throw new Error('a message to nobody needs an address');
	const contacts = await findContacts(tx, to.accountId);
	const channel = wished ?? (contacts?.email ? 'email' : 'sms');
	return { channel, addressSealed: (channel === 'email' ? contacts?.email : contacts?.phone) ?? null };
}
