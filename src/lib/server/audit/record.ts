import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { keyFor } from '$lib/server/accounts/sealing.ts';

/** A line of the record, each value as the text Postgres gives: nothing is rounded away before it is hashed. */
export type RecordLine = {
	readonly id: number;
	readonly xid: number;
	readonly at: string;
	readonly actor: string;
	readonly action: string;
	readonly subject: string;
	readonly clause: string | null;
	readonly commandId: string | null;
	readonly data: string;
};

/** What is signed after a round of sealing. Hashes are hex, `at` is ISO in UTC. */
export type Head = {
	readonly epoch: string;
	/** The last seal it covers, and that seal's hash. */
	readonly seq: number;
	readonly hash: string;
	/** Every line of a transaction below it is sealed. */
	readonly horizon: number;
	readonly at: string;
	/** Digest of the head before; `''` for the first. */
	readonly prev: string;
	/** The public key, base64url. */
	readonly key: string;
	/** base64url */
	readonly signature: string;
};

/** Where the chain begins. */
export const firstHash = createHash('sha256').update('Sàn Tỉnh').digest('hex');

/** The seal of a line that follows the seal `previous`. */
export function sealOf(previous: string, line: RecordLine): string {
	const { id, xid, at, actor, action, subject, clause, commandId, data } = line;
	return createHash('sha256')
		.update(Buffer.from(previous, 'hex'))
		.update(JSON.stringify([id, xid, at, actor, action, subject, clause, commandId, data]))
		.digest('hex');
}

const spoken = ({ epoch, seq, hash, horizon, at, prev }: Omit<Head, 'signature' | 'key'>): Buffer =>
	Buffer.from(JSON.stringify(['san-tinh head 1', epoch, seq, hash, horizon, at, prev]));

/** By what the next head names this one; the signature is part of it. */
export const digestOf = (head: Head): string =>
	createHash('sha256').update(spoken(head)).update(head.key).update(head.signature).digest('hex');

/** Signs heads; every process with the same master key has the same one. */
export type Signer = {
	readonly key: string;
	sign(head: Omit<Head, 'signature' | 'key'>): Head;
};

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Ed25519 from a seed of 32 bytes. */
export function signerFrom(seed: Buffer): Signer {
	const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
	const key = String(createPublicKey(privateKey).export({ format: 'jwk' }).x);
	return {
		key,
		sign: (head) => ({ ...head, key, signature: sign(null, spoken(head), privateKey).toString('base64url') })
	};
}

/** The exchange's own, made from the master key. */
export const ownSigner = (): Signer => signerFrom(keyFor('audit heads'));

const publicKeys = new Map<string, KeyObject>();

function publicKeyOf(key: string): KeyObject {
	const known = publicKeys.get(key);
	if (known) return known;
	const read = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
	publicKeys.set(key, read);
	return read;
}

/** Whether the head was signed by the key it names, one of the `trusted`. */
export const isSigned = (head: Head, trusted: ReadonlySet<string>): boolean =>
	trusted.has(head.key) &&
	verify(null, spoken(head), publicKeyOf(head.key), Buffer.from(head.signature, 'base64url'));
