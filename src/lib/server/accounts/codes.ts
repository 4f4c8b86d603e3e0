import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import {
	addressWindowMinutes,
	codeFault,
	mostCodesFromAddress,
	mostTries,
	readCode,
	waitBeforeCode,
	waitWindowHours,
	writeCode,
	type CodeFault,
	type CodePurpose
} from '$lib/domain/accounts/codes.ts';
import { maskContact } from '$lib/domain/accounts/contacts.ts';
import { no, ok, type No, type Result } from '$lib/domain/kernel/refusal.ts';
import { transaction, type Sql, type Tx } from '$lib/server/db/pool.ts';
import { newId } from '$lib/server/sync/write.ts';
import {
	countFromOrigin,
	countTry,
	deleteOldCodes,
	findRequest,
	insertRequest,
	insertSending,
	listSendings,
	lockRequest,
	lockTarget,
	markUsed,
	renewCode
} from './code-queries.ts';
import { keyFor, sealUnowned, unsealUnowned } from './sealing.ts';

/** Who asks, from where, when; `minutes` is how long a code lives. */
export type Asking = { readonly now: string; readonly ip: string; readonly minutes: number };

/** What a request keeps until its code comes. The target is normalised. */
export type CodeDetails = { readonly target: string } & Readonly<Record<string, unknown>>;

export type NewRequest = {
	readonly purpose: CodePurpose;
	readonly accountId: string | null;
	readonly targetIndex: Buffer;
	readonly details: CodeDetails;
	/** Looks like the others and no code ever opens it: nobody may learn who is registered. */
	readonly decoy: boolean;
};

export type OpenedRequest = {
	readonly requestId: string;
	/** To be sent, and kept nowhere; null for a decoy. */
	readonly code: string | null;
	readonly expiresAt: string;
};

/**
 * TG-8: takes a request and makes its code; to be called as the system, in the transaction that also queues the message.
 * Asked too soon or too often: `too_many_attempts` with the seconds to wait, the same whoever is registered.
 */
export async function openRequest(
	tx: Tx,
	asking: Asking,
	request: NewRequest
): Promise<Result<OpenedRequest>> {
	const held = await holdBack(tx, asking, request.targetIndex);
	if (held) return held;
	const id = newId();
	const code = newCode();
	const expiresAt = expiry(asking);
	await insertRequest(tx, {
		id,
		purpose: request.purpose,
		accountId: request.accountId,
		targetIndex: request.targetIndex,
		detailsSealed: sealUnowned(JSON.stringify(request.details)),
		codeHmac: request.decoy ? randomBytes(32) : hmacOf(id, code),
		expiresAt,
		now: asking.now
	});
	return ok({ requestId: id, code: request.decoy ? null : code, expiresAt });
}

/** Another code for the same request; the one before is worth nothing from then on. */
export async function renewRequest(
	tx: Tx,
	asking: Asking,
	requestId: string,
	purpose: CodePurpose,
	isDecoy: (details: CodeDetails, accountId: string | null) => Promise<boolean>
): Promise<Result<OpenedRequest & { accountId: string | null; details: CodeDetails }>> {
	const row = isRequestId(requestId) ? await lockRequest(tx, requestId, purpose) : null;
	if (!row) return badCode('gone');
	if (row.usedAt !== null) return badCode('used');
	const held = await holdBack(tx, asking, row.targetIndex);
	if (held) return held;
	const details = open(row.detailsSealed);
	const decoy = await isDecoy(details, row.accountId);
	const code = newCode();
	const expiresAt = expiry(asking);
	await renewCode(tx, { id: row.id, codeHmac: decoy ? randomBytes(32) : hmacOf(row.id, code), expiresAt });
	return ok({ requestId: row.id, code: decoy ? null : code, expiresAt, accountId: row.accountId, details });
}

/**
 * Compares what was typed. A wrong code counts, so the caller must commit also when this refuses; the fifth ends it.
 * Refusal `invalid_input` with `fields.code` = a `CodeFault`, for `wrong` with the tries that are left.
 */
export async function takeCode(
	tx: Tx,
	now: string,
	requestId: string,
	purpose: CodePurpose,
	typed: string,
	/** Whose request it must be, where somebody is signed in. */
	accountId?: string
): Promise<Result<{ accountId: string | null; details: CodeDetails; targetIndex: Buffer }>> {
	const row = isRequestId(requestId) ? await lockRequest(tx, requestId, purpose) : null;
	if (!row || (accountId !== undefined && row.accountId !== accountId)) return badCode('gone');
	const fault = codeFault(row, now);
	if (fault) return badCode(fault);
	const code = readCode(typed);
	// What can be no code is a slip of the finger and no guess.
	if (code === null) return badCode('wrong', mostTries - row.tries);
	if (!timingSafeEqual(hmacOf(row.id, code), row.codeHmac)) {
		await countTry(tx, row.id);
		const left = mostTries - row.tries - 1;
		return left === 0 ? badCode('spent') : badCode('wrong', left);
	}
	await markUsed(tx, row.id, now);
	return ok({
		accountId: row.accountId,
		details: open(row.detailsSealed),
		targetIndex: Buffer.from(row.targetIndex)
	});
}

/** What the page of a request shows: where the code went, never in full. */
export type RequestView = { readonly to: string; readonly state: 'open' | Exclude<CodeFault, 'wrong'> };

export async function viewRequest(
	db: Sql,
	requestId: string,
	purpose: CodePurpose,
	now: string
): Promise<RequestView> {
	const row = isRequestId(requestId)
		? await transaction(db, 'system:codes', (tx) => findRequest(tx, requestId, purpose))
		: null;
	if (!row) return { to: '', state: 'gone' };
	return { to: maskContact(open(row.detailsSealed).target), state: codeFault(row, now) ?? 'open' };
}

/** Requests of yesterday and before, and the record of what was sent. */
export const forgetCodes = (db: Sql, now: string): Promise<number> =>
	transaction(db, 'system:retention', (tx) => deleteOldCodes(tx, now));

async function holdBack(tx: Tx, { now, ip }: Asking, targetIndex: Uint8Array): Promise<No | null> {
	await lockTarget(tx, targetIndex);
	const since = new Date(Date.parse(now) - waitWindowHours * 3_600_000).toISOString();
	const seconds = waitBeforeCode(await listSendings(tx, targetIndex, since), now);
	if (seconds > 0) return no('too_many_attempts', { retry: true, facts: { seconds } });
	const originIndex = hmacFor('code origins', ip);
	const asked = await countFromOrigin(tx, originIndex, now, addressWindowMinutes);
	if (asked.count >= mostCodesFromAddress)
		return no('too_many_attempts', { retry: true, facts: { seconds: asked.seconds } });
	await insertSending(tx, { targetIndex, originIndex, now });
	return null;
}

const newCode = (): string => writeCode(randomInt(1_000_000));
const hmacFor = (purpose: string, text: string): Buffer =>
	createHmac('sha256', keyFor(purpose)).update(text).digest();
/** It comes out of an address, so it may be anything. */
const isRequestId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const hmacOf = (requestId: string, code: string): Buffer => hmacFor('one-time codes', `${requestId}:${code}`);
const expiry = ({ now, minutes }: Asking): string =>
	new Date(Date.parse(now) + minutes * 60_000).toISOString();

function open(sealed: string): CodeDetails {
	const plain = unsealUnowned(sealed);
	const details: unknown = plain === null ? null : JSON.parse(plain);
	if (!isDetails(details)) throw new Error('these are no details of a code request');
	return details;
}

const isDetails = (value: unknown): value is CodeDetails =>
	typeof value === 'object' && value !== null && 'target' in value && typeof value.target === 'string';

export const badCode = (fault: CodeFault, left?: number): No =>
	no('invalid_input', {
		clause: 'TG-8',
		fields: { code: fault },
		...(left !== undefined && { facts: { left } })
	});
