import { keptSince } from '$lib/domain/personal-data/rules.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { asSignInRole } from './sign-in-queries.ts';
import { deleteTracesBefore } from './sign-in-trace-queries.ts';

/** TG-16.3: forgets failures to sign in and devices that were not here for as long as the data says. */
export const forgetSignInTraces = (db: Sql, now: string): Promise<number> => {
	const before = keptSince(personalDataRules(), 'sign_in_traces', now);
	return transaction(db, 'system:retention', (tx) => asSignInRole(tx, () => deleteTracesBefore(tx, before)));
};
