import type { Keeping } from './fields.ts';

/** What is kept for a time; how long says the data (`keptSince`). The other keepings end with what they belong to. */
export const timedKeepings = [
	'orders_3_years',
	'inputs_90_days',
	'letters_90_days',
	'requests_3_years',
	'looks_2_years',
	'sign_in_traces',
	'notices_1_year',
	'day'
] as const;
export type TimedKeeping = (typeof timedKeepings)[number];

/** What ends a keeping: a step of the retention job, what the person does, or the law that says it stays. */
export type Ending =
	| { readonly by: 'job'; readonly step: RetentionStep }
	/** Replaced or removed with the act itself; what is left goes with the key of a closed account. */
	| { readonly by: 'act'; readonly step: 'closed' }
	| { readonly by: 'law'; readonly clause: string };

/** The steps of the nightly job that end a keeping. */
export const retentionSteps = [
	'inputs',
	'messages',
	'handovers',
	'codes',
	'closed',
	'looseEvidence',
	'uploads',
	'identityPictures',
	'requestWords',
	'looks',
	'sessions',
	'signInTraces',
	'notices'
] as const;
export type RetentionStep = (typeof retentionSteps)[number];

export type KeepingRow = {
	readonly keeping: Keeping | TimedKeeping | 'identity_pictures' | 'unfinished_uploads' | 'sessions_over';
	/** The tables it is about. */
	readonly tables: readonly string[];
	readonly ending: Ending;
};

const job = (step: RetentionStep): Ending => ({ by: 'job', step });

/** TG-16.3: what is kept how long, and what ends it. A keeping of the registry without a row fails a test. */
export const keepingTable: readonly KeepingRow[] = [
	{
		keeping: 'account',
		tables: [
			'account_profiles',
			'misuse_reports',
			'proposals',
			'business_versions',
			'consents',
			'person_keys'
		],
		ending: { by: 'act', step: 'closed' }
	},
	{
		keeping: 'account_or_change',
		tables: ['account_profiles', 'totp_factors', 'businesses'],
		ending: { by: 'act', step: 'closed' }
	},
	{ keeping: 'orders_3_years', tables: ['orders'], ending: job('closed') },
	{ keeping: 'inputs_90_days', tables: ['command_log'], ending: job('inputs') },
	{ keeping: 'letters_90_days', tables: ['messages'], ending: job('messages') },
	{ keeping: 'day', tables: ['code_requests', 'code_sendings'], ending: job('codes') },
	{ keeping: 'handover_over', tables: ['handovers', 'handover_blobs'], ending: job('handovers') },
	{ keeping: 'requests_3_years', tables: ['data_requests'], ending: job('requestWords') },
	{ keeping: 'looks_2_years', tables: ['data_looks'], ending: job('looks') },
	{
		keeping: 'sign_in_traces',
		tables: ['sign_in_failures', 'known_devices', 'setup_links', 'lock_sessions', 'passkey_challenges'],
		ending: job('signInTraces')
	},
	{
		keeping: 'sessions_over',
		tables: ['sessions', 'session_traces', 'ended_sessions'],
		ending: job('sessions')
	},
	{ keeping: 'notices_1_year', tables: ['notifications'], ending: job('notices') },
	{ keeping: 'identity_pictures', tables: ['uploads'], ending: job('identityPictures') },
	{ keeping: 'unfinished_uploads', tables: ['uploads', 'measure_files'], ending: job('uploads') },
	/** Each measure answers for itself for as long as the record of decisions is kept. */
	{ keeping: 'measures_kept', tables: ['measures', 'remedies'], ending: { by: 'law', clause: 'TG-19.5' } },
	{
		keeping: 'posts_kept',
		tables: ['posts', 'needs', 'need_versions'],
		ending: { by: 'law', clause: 'TG-19.5' }
	}
];
