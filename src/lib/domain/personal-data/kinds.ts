/** What a person would call it: fields of one kind are told in one line. */
export const kinds = [
	'name',
	'sign_in_names',
	'address',
	'order_contact',
	'order_note',
	'sent_inputs',
	'handed_work',
	'letters',
	'registration',
	'misuse',
	'factor',
	'lock',
	'business_person',
	'business_contact',
	'officer_name',
	'data_request',
	'look',
	'proposal',
	'need'
] as const;
export type Kind = (typeof kinds)[number];
