import type { RetentionStep } from '$lib/domain/personal-data/keeping.ts';
import { keptSince } from '$lib/domain/personal-data/rules.ts';
import { forgetCodes } from '$lib/server/accounts/codes.ts';
import { forgetSignInTraces } from '$lib/server/accounts/sign-in-traces.ts';
import { purgeIdentityPictures } from '$lib/server/businesses/identity-pictures.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { inPortions } from '$lib/server/db/portions.ts';
import { forgetLooseEvidence } from '$lib/server/enforcement/jobs.ts';
import { sweepUnused } from '$lib/server/files/remove.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { expireHandovers } from '$lib/server/handovers/service.ts';
import { forgetMessages } from '$lib/server/messages/deliver.ts';
import { retireDecidedCases } from '$lib/server/moderation/breaches.ts';
import { forgetNotices } from '$lib/server/notifications/service.ts';
import { eraseClosed } from '$lib/server/personal-data/closing.ts';
import { forgetLooks } from '$lib/server/personal-data/looks.ts';
import { forgetRequests } from '$lib/server/personal-data/requests.ts';
import { personalDataRules } from '$lib/server/rulepacks/personal-data.ts';
import { forgetTombstones } from '$lib/server/sync/service.ts';
import { forgetInputsBefore } from './queries.ts';

export type RetentionDeps = {
	readonly db: Sql;
	readonly files: FileStore;
	readonly now: string;
	/** Forgets uploads nobody finished; returns how many. */
	readonly expireUploads?: (now: string) => Promise<number>;
	/** Forgets sessions that are over, and why, after a time; returns how many. */
	readonly forgetSessions?: (now: string) => Promise<number>;
};

const dayMs = 24 * 3_600_000;

/** A command's input is needed to explain and repeat it for a while; its id and outcome stay for ever. */
const forgetCommandInputs = (db: Sql, now: string): Promise<number> =>
	inPortions(() =>
		transaction(db, 'system:retention', (tx) =>
			forgetInputsBefore(tx, keptSince(personalDataRules(), 'inputs_90_days', now), 5_000)
		)
	);

/** TG-16.3: what the nightly job does, step by step; `keepingTable` says which step ends the keeping of what. */
export const retentionWork = (
	deps: RetentionDeps
): Readonly<
	Record<RetentionStep | 'cases' | 'tombstones' | 'halfFiles' | 'unusedFiles', () => Promise<number>>
> => {
	const { db, files, now } = deps;
	return {
		cases: () => retireDecidedCases(db, now),
		inputs: () => forgetCommandInputs(db, now),
		tombstones: () => forgetTombstones(db, now),
		messages: () => forgetMessages(db, now),
		handovers: () => expireHandovers(db, now),
		codes: () => forgetCodes(db, now),
		closed: () => eraseClosed(db, files, now),
		looseEvidence: () => forgetLooseEvidence(db, now),
		identityPictures: () => purgeIdentityPictures(db, files, now),
		requestWords: () => forgetRequests(db, now),
		looks: () => forgetLooks(db, now),
		sessions: async () => (await deps.forgetSessions?.(now)) ?? 0,
		signInTraces: () => forgetSignInTraces(db, now),
		notices: () => forgetNotices(db, now),
		uploads: async () => (await deps.expireUploads?.(now)) ?? 0,
		halfFiles: () => files.sweep(Date.parse(now) - dayMs),
		unusedFiles: () => sweepUnused(db, files, now)
	};
};
