import type { Kind } from './kinds.ts';

/**
 * TG-16.1, TG-16.2, LAW-data-consent: every personal field the exchange keeps, what for, how long and for whose eyes. A
 * column that is not here fails a test; the public page and a member's own view are made from it.
 */
export type Purpose =
	/** To serve the member: sell, buy, deliver. */
	| 'service'
	/** To tell the member what concerns the own account and goods. */
	| 'notices'
	/** Against breaking in, posing as somebody, junk. */
	| 'abuse'
	/** To reach the member in a special case, and to answer for decisions. */
	| 'contact';

export type Keeping =
	| 'account'
	| 'account_or_change'
	| 'orders_3_years'
	| 'inputs_90_days'
	| 'day'
	| 'handover_over'
	| 'letters_90_days'
	| 'measures_kept'
	| 'posts_kept'
	| 'requests_3_years'
	| 'looks_2_years';

/** Who reads it besides the person. */
export type Reader = 'nobody' | 'other_party' | 'officers' | 'board' | 'receiver' | 'public' | 'operator';

export type PersonalField = {
	readonly table: string;
	readonly column: string;
	readonly kind: Kind;
	readonly purpose: Purpose;
	/** The clause that allows or asks for it. */
	readonly basis: string;
	readonly keeping: Keeping;
	readonly readers: readonly Reader[];
	/** False = in the open, because its purpose is to be read by everybody. */
	readonly sealed: boolean;
};

type Rest = Pick<PersonalField, 'purpose' | 'basis' | 'keeping' | 'readers'>;
const sealedIn = (table: string, kind: Kind, rest: Rest, ...columns: string[]): PersonalField[] =>
	columns.map((column) => ({ table, column, kind, ...rest, sealed: true }));

const measured: Rest = {
	purpose: 'contact',
	basis: 'TG-9.2',
	keeping: 'measures_kept',
	readers: ['officers', 'board']
};

export const personalFields: readonly PersonalField[] = [
	...sealedIn(
		'account_profiles',
		'name',
		{ purpose: 'service', basis: 'TG-16.1', keeping: 'account', readers: ['other_party', 'officers'] },
		'name_sealed'
	),
	...sealedIn(
		'account_profiles',
		'sign_in_names',
		{ purpose: 'notices', basis: 'TG-8', keeping: 'account_or_change', readers: ['nobody'] },
		'user_name_sealed',
		'phone_sealed',
		'email_sealed'
	),
	...sealedIn(
		'account_profiles',
		'address',
		{ purpose: 'service', basis: 'TG-16.1', keeping: 'account_or_change', readers: ['nobody'] },
		'address_sealed'
	),
	...sealedIn(
		'orders',
		'order_contact',
		{ purpose: 'service', basis: 'LAW-tmdt-keep', keeping: 'orders_3_years', readers: ['other_party'] },
		'contact_sealed'
	),
	...sealedIn(
		'orders',
		'order_note',
		{ purpose: 'service', basis: 'LAW-tmdt-keep', keeping: 'orders_3_years', readers: ['other_party'] },
		'note_sealed'
	),
	...sealedIn(
		'command_log',
		'sent_inputs',
		{ purpose: 'contact', basis: 'TG-19.5', keeping: 'inputs_90_days', readers: ['nobody'] },
		'input_sealed'
	),
	...sealedIn(
		'handovers',
		'handed_work',
		{ purpose: 'service', basis: 'TG-16.2', keeping: 'handover_over', readers: ['nobody'] },
		'commands_sealed'
	),
	...sealedIn(
		'messages',
		'letters',
		{ purpose: 'notices', basis: 'TG-16.2', keeping: 'letters_90_days', readers: ['receiver', 'operator'] },
		'address_sealed',
		'params_sealed'
	),
	...sealedIn(
		'code_requests',
		'registration',
		{ purpose: 'service', basis: 'TG-8', keeping: 'day', readers: ['nobody'] },
		'details_sealed'
	),
	...sealedIn(
		'misuse_reports',
		'misuse',
		{ purpose: 'abuse', basis: 'TG-16.1', keeping: 'account', readers: ['board'] },
		'note_sealed',
		'sessions_sealed',
		'answer_sealed'
	),
	...sealedIn(
		'totp_factors',
		'factor',
		{ purpose: 'abuse', basis: 'TG-5', keeping: 'account_or_change', readers: ['nobody'] },
		'secret_sealed'
	),
	...sealedIn(
		'measures',
		'lock',
		measured,
		'target_name_sealed',
		'reason_sealed',
		'evidence_sealed',
		'end_reason_sealed',
		'papers_sealed'
	),
	...sealedIn('remedies', 'lock', measured, 'text_sealed'),
	...sealedIn(
		'business_versions',
		'business_person',
		{ purpose: 'contact', basis: 'TG-7.1b', keeping: 'account', readers: ['officers'] },
		'person_sealed'
	),
	...sealedIn(
		'data_requests',
		'data_request',
		{ purpose: 'contact', basis: 'TG-16.5', keeping: 'requests_3_years', readers: ['board'] },
		'text_sealed',
		'extension_sealed',
		'answer_sealed'
	),
	...sealedIn(
		'proposals',
		'proposal',
		{ purpose: 'contact', basis: 'TG-3.4a', keeping: 'account', readers: ['board'] },
		'text_sealed',
		'answer_sealed',
		'done_sealed'
	),
	{
		table: 'data_looks',
		column: 'post_name',
		kind: 'look',
		purpose: 'abuse',
		basis: 'TG-16.2',
		keeping: 'looks_2_years',
		readers: ['nobody'],
		sealed: false
	},
	...sealedIn(
		'data_looks',
		'look',
		{ purpose: 'abuse', basis: 'TG-16.2', keeping: 'looks_2_years', readers: ['nobody'] },
		'words_sealed'
	),
	{
		table: 'businesses',
		column: 'phone',
		kind: 'business_contact',
		purpose: 'service',
		basis: 'TG-13.3',
		keeping: 'account_or_change',
		readers: ['public'],
		sealed: false
	},
	// What was approved everybody reads; of whom it is, nobody.
	...['needs', 'need_versions'].map((table): PersonalField => ({
		table,
		column: 'content',
		kind: 'need',
		purpose: 'service',
		basis: 'TG-3.4c',
		keeping: 'posts_kept',
		readers: ['public'],
		sealed: false
	})),
	{
		table: 'posts',
		column: 'public_name',
		kind: 'officer_name',
		purpose: 'contact',
		basis: 'TG-19.5',
		keeping: 'posts_kept',
		readers: ['public'],
		sealed: false
	}
];

export type KindLine = Pick<PersonalField, 'kind' | 'purpose' | 'keeping' | 'readers'>;

/** One line a kind, in the order of the registry. */
export function kindsOfData(fields: readonly PersonalField[] = personalFields): KindLine[] {
	const lines = new Map<Kind, KindLine>();
	for (const { kind, purpose, keeping, readers } of fields)
		if (!lines.has(kind)) lines.set(kind, { kind, purpose, keeping, readers });
	return [...lines.values()];
}
