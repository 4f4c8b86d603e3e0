import type { Channel, Language } from '$lib/domain/messages/template.ts';
import type { TemplateName } from '$lib/domain/messages/templates.ts';
import type { Tx } from '$lib/server/db/pool.ts';

export type NewMessage = {
	readonly id: string;
	readonly accountId: string;
	readonly channel: Channel;
	readonly template: TemplateName;
	readonly language: Language;
	readonly paramsSealed: string;
	readonly addressSealed: string | null;
	readonly subjectRef: string | null;
	readonly now: string;
	readonly notAfter: string | null;
};

/** Without an address it is written down as what it is: something nobody could be told. */
export async function insertMessage(tx: Tx, row: NewMessage): Promise<void> {
	const none = row.addressSealed === null;
	await tx`
		insert into messages (id, account_id, channel, template, language, params_sealed, address_sealed, state,
			last_error, subject_ref, created_at, due_at, not_after)
		values (${row.id}, ${row.accountId}, ${row.channel}, ${row.template}, ${row.language}, ${row.paramsSealed},
			${row.addressSealed}, ${none ? 'failed' : 'queued'}, ${none ? 'no_address' : null}, ${row.subjectRef},
			${row.now}, ${row.now}, ${row.notAfter})`;
}

/** Sealed with the account's own key, as the profile keeps them. Asked as the system. */
export async function findContacts(
	tx: Tx,
	accountId: string
): Promise<{ email: string | null; phone: string | null } | null> {
	const [row] = await tx<{ email: string | null; phone: string | null }[]>`
		select email_sealed as email, phone_sealed as phone from account_profiles where account_id = ${accountId}`;
	return row ?? null;
}
