import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { slowBy, waitBeforeTry } from '$lib/domain/accounts/attempts.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import {
	countAddressFailures,
	deleteFailures,
	deleteOldAddressFailures,
	findAttempts,
	insertAddressFailure,
	insertFailure,
	isKnownDevice,
	lockBudget,
	upsertKnownDevice
} from './attempt-queries.ts';
import { blindIndex } from './sealing.ts';

/** Where a try comes from. `knownDevice` is what the device's cookie says, null where it has none. */
export type Origin = { readonly knownDevice: string | null; readonly ip: string };

const hashOf = (device: string): Buffer => createHash('sha256').update(device).digest();

/** What a device is known by from its first good sign-in on; only its cookie holds it. */
export const newKnownDevice = (): string => randomBytes(24).toString('base64url');

export type Try = {
	/** The try was good: its budget is whole again. */
	good(): Promise<void>;
	/** It was not: it stays counted, and its address is remembered. */
	bad(): Promise<void>;
};

/**
 * TG-5: asks for one try at what `index` names. It is counted as a failure before anything is checked, so that a
 * thousand guesses at one instant are a thousand failures; `good` takes it back. A refusal says how many seconds to wait.
 * `accountId` is null for a name nobody has, which costs the same.
 */
export async function reserveTry(
	auth: Sql,
	what: { index: Buffer; accountId: string | null },
	from: Origin
): Promise<Result<Try>> {
	const { index } = what;
	const address = blindIndex(`ip:${from.ip}`);
	await wait(slowBy(await countAddressFailures(auth, address)));
	const device = hashOf(from.knownDevice ?? '');
	const known = await isKnownDevice(auth, device, what.accountId ?? nobody);
	const budget = known ? device.toString('hex') : 'unknown';
	const seconds = await transaction(auth, 'system:sign-in', async (tx) => {
		await lockBudget(tx, index, budget);
		const seconds = waitBeforeTry(await findAttempts(tx, index, budget));
		if (seconds === 0) await insertFailure(tx, index, budget);
		return seconds;
	});
	if (seconds > 0) return no('too_many_attempts', { retry: true, facts: { seconds } });
	return ok({
		async good() {
			await deleteFailures(auth, index, budget);
			await deleteOldAddressFailures(auth);
		},
		bad: () => insertAddressFailure(auth, address)
	});
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** From now on this device keeps a budget of its own for this account. */
export const rememberDevice = (auth: Sql, device: string, accountId: string, now: string): Promise<void> =>
	upsertKnownDevice(auth, hashOf(device), accountId, now);
