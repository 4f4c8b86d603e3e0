/**
 * Every expected "no" of the exchange. Closed: a new reason needs a line here, a text in
 * `the features texts` (the compiler asks for it) and a test.
 */
export const refusalCodes = [
	'not_allowed',
	'not_found',
	'invalid_input',
	'stale_version',
	'illegal_transition',
	'already_decided',
	'id_reused',
	'depends_on_refused',
	'unknown_command',
	'unknown_sector',
	'unknown_unit',
	'unknown_ward',
	'seller_not_confirmed',
	'seller_locked',
	'sector_not_confirmed',
	'paper_expired',
	'certificate_expired',
	'identity_needed',
	'agreement_changed',
	'check_list_open',
	'account_locked',
	'photo_missing',
	'files_awaited',
	'photo_refused',
	'too_many_photos',
	'reason_required',
	'not_for_sale',
	'own_listing',
	'need_over',
	'own_need',
	'other_sector',
	'already_offered',
	'offers_full',
	'below_minimum',
	'out_of_stock',
	'price_changed',
	'officer_not_in_agency',
	'wrong_credentials',
	'too_many_attempts',
	'too_many_waiting',
	'wrong_code',
	'passkey_refused',
	'reauthentication_needed',
	'last_factor',
	'still_needed',
	'upload_too_large',
	'upload_not_an_image',
	'upload_hash_mismatch',
	'pdf_locked',
	'pdf_active',
	'pdf_unusable',
	'file_not_work',
	'file_too_new',
	'file_cut',
	'file_of_another',
	'handover_closed',
	'voice_missing',
	'voice_unusable',
	'voice_too_long'
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** An expected "no", shown to the person in their words. `clause` is an id of docs/clauses.md. */
export type Refusal = {
	readonly code: RefusalCode;
	readonly clause?: string;
	/** Field path → what is wrong with it, as a refusal code or a zod issue code. */
	readonly fields?: Readonly<Record<string, string>>;
	/** Facts the text of the refusal needs: who decided, when, what is left. Never personal data. */
	readonly facts?: Readonly<Record<string, string | number>>;
	/** The same command may succeed later without being changed. */
	readonly retry?: boolean;
};

export type Ok<T> = { readonly ok: true; readonly value: T };
export type No = { readonly ok: false; readonly refusal: Refusal };
export type Result<T> = Ok<T> | No;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const no = (code: RefusalCode, more: Omit<Refusal, 'code'> = {}): No => ({
	ok: false,
	refusal: { code, ...more }
});
