import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Queryable, Tx } from '$lib/server/db/pool.ts';

/**
 * Personal fields are sealed with a key per person before they are stored anywhere, so that erasing the key
 * erases the person: from tables, feed, command log and backups alike (LAW-data-subject).
 * A sealed text is `s1.<account id>.<iv>.<ciphertext+tag>`, base64url.
 */
const algorithm = 'aes-256-gcm';
const sealedPattern = /^s1\.([0-9a-f-]{36})\.([\w-]+)\.([\w-]+)$/;
/** What belongs to nobody yet is sealed with a key of the exchange: `x1.<iv>.<ciphertext+tag>`. */
const unownedPattern = /^x1\.([\w-]+)\.([\w-]+)$/;
const unowned = 'unowned';

let masterKey: Buffer | null = null;
let others: readonly Buffer[] = [];
let root: Buffer | null = null;

/**
 * Set once at boot from the configuration: 32 bytes each. `others` are read and never written with: the key before a
 * rotation, or the one to come (docs/operations.md).
 */
export function useMasterKey(key: Buffer, otherKeys: readonly Buffer[] = []): void {
	for (const one of [key, ...otherKeys])
		if (one.length !== 32) throw new Error('the master key must be 32 bytes');
	masterKey = key;
	others = otherKeys;
	root = null;
	derivedKeys.clear();
}

const derivedKeys = new Map<string, Buffer>();

function currentMaster(): Buffer {
	if (!masterKey) throw new Error('no master key was set at boot');
	return masterKey;
}

function derivedFrom(key: Buffer, purpose: string): Buffer {
	const name = `${key.toString('base64')} ${purpose}`;
	const known = derivedKeys.get(name);
	if (known) return known;
	const made = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32));
	derivedKeys.set(name, made);
	return made;
}

/** Keys that must outlive a rotation: until the first one their root is the master key itself. */
const derived = (purpose: string): Buffer => derivedFrom(root ?? currentMaster(), purpose);

const idOf = (key: Buffer): string =>
	createHmac('sha256', derivedFrom(key, 'master id')).update('id').digest('hex').slice(0, 12);

/** Which master key new keys are wrapped with. */
export const masterId = (): string => idOf(currentMaster());

function wrapWith(master: Buffer, purpose: string, plain: Buffer, bound: string): Buffer {
	const { iv, body } = encrypt(derivedFrom(master, purpose), plain, bound);
	return Buffer.concat([iv, body]);
}

/** Opens with whichever key of ours made it. Throws when none did. */
function unwrapWith(purpose: string, stored: Uint8Array, bound: string): Buffer {
	const wrapped = Buffer.from(stored);
	for (const master of [currentMaster(), ...others])
		try {
			return decrypt(derivedFrom(master, purpose), wrapped.subarray(0, 12), wrapped.subarray(12), bound);
		} catch {
			// Made with another of our keys: the tag tells.
		}
	throw new Error('no master key of this program opens this key; see docs/operations.md on rotation');
}

const ivBytes = 12;
let freshIvs = Buffer.alloc(0);

/** Each is given out once. The system is asked for many at a time: a question costs as much as half a text. */
function freshIv(): Buffer {
	if (freshIvs.length === 0) freshIvs = randomBytes(ivBytes * 256);
	const iv = freshIvs.subarray(0, ivBytes);
	freshIvs = freshIvs.subarray(ivBytes);
	return iv;
}

function encrypt(key: Buffer, plain: Buffer, bound: string): { iv: Buffer; body: Buffer } {
	const iv = freshIv();
	const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(bound));
	return { iv, body: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

function decrypt(key: Buffer, iv: Buffer, body: Buffer, bound: string): Buffer {
	const decipher = createDecipheriv(algorithm, key, iv)
		.setAAD(Buffer.from(bound))
		.setAuthTag(body.subarray(-16));
	return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]);
}

/** Makes the person's key at registration. Once a person; a second call leaves the first key. */
export async function createPersonKey(tx: Tx, accountId: string): Promise<void> {
	const wrapped = wrapWith(currentMaster(), 'person keys', randomBytes(32), accountId);
	await tx`
		insert into person_keys (account_id, wrapped, master_id)
		values (${accountId}, ${wrapped}, ${masterId()})
		on conflict (account_id) do nothing`;
}

/** The keys of these people; a person whose key was destroyed, or who never had one, is missing. */
async function personKeys(tx: Tx, owners: readonly string[]): Promise<Map<string, Buffer>> {
	const accountIds = peopleAmong(owners);
	if (accountIds.length === 0) return new Map();
	return unwrapped(
		await tx<KeyRow[]>`
			select account_id as id, wrapped from person_keys
			where account_id = any(${accountIds}::uuid[])`
	);
}

const peopleAmong = (owners: readonly string[]): string[] => [
	...new Set(owners.filter((owner) => owner !== unowned))
];

type KeyRow = { readonly id: string; readonly wrapped: Uint8Array | null };

function unwrapped(rows: readonly KeyRow[]): Map<string, Buffer> {
	const keys = new Map<string, Buffer>();
	for (const { id, wrapped } of rows) if (wrapped) keys.set(id, unwrap(id, wrapped));
	return keys;
}

const unwrap = (id: string, stored: Uint8Array): Buffer => unwrapWith('person keys', stored, id);

/** Seals `plain` for this person. Throws when the person has no key: nothing is ever stored unsealed instead. */
export async function seal(tx: Tx, accountId: string, plain: string): Promise<string> {
	return (await sealerFor(tx, accountId))(plain);
}

/** The same for many texts of one person: the key is read once. */
export async function sealerFor(tx: Tx, accountId: string): Promise<(plain: string) => string> {
	const sealer = (await sealersFor(tx, [accountId])).get(accountId);
	if (!sealer) throw new Error(`account ${accountId} has no key to seal with`);
	return sealer;
}

/** The same for many people at once; who has no key is missing. */
export async function sealersFor(
	tx: Tx,
	accountIds: readonly string[]
): Promise<Map<string, (plain: string) => string>> {
	const sealerOf = (accountId: string, key: Buffer) => (plain: string) => {
		const { iv, body } = encrypt(key, Buffer.from(plain), accountId);
		return `s1.${accountId}.${iv.toString('base64url')}.${body.toString('base64url')}`;
	};
	const keys = await personKeys(tx, accountIds);
	return new Map([...keys].map(([accountId, key]) => [accountId, sealerOf(accountId, key)]));
}

/**
 * Seals what belongs to nobody yet: before an account exists there is no key of a person (TG-8). It lives as short as its
 * row, and no longer than the master key: after a rotation it opens no more.
 */
export function sealUnowned(plain: string): string {
	const { iv, body } = encrypt(derived(unowned), Buffer.from(plain), unowned);
	return `x1.${iv.toString('base64url')}.${body.toString('base64url')}`;
}

/** Null when the master key is another one by now. Throws on anything not sealed so. */
export function unsealUnowned(sealed: string): string | null {
	const parts = partsOf(sealed);
	if (parts.owner !== unowned) throw new Error('this text belongs to somebody');
	return open(new Map(), parts);
}

/** Opens sealed texts, in order; null where the person's key is destroyed. Throws on anything not sealed. */
export async function unseal(tx: Tx, sealed: readonly string[]): Promise<(string | null)[]> {
	const parts = sealed.map(partsOf);
	const keys = await personKeys(
		tx,
		parts.map((part) => part.owner)
	);
	return parts.map((part) => open(keys, part));
}

/** The same for one reader without a transaction around it: the keys come in one statement. */
export async function unsealFor(
	db: Queryable,
	readerId: string,
	sealed: readonly string[]
): Promise<(string | null)[]> {
	const parts = sealed.map(partsOf);
	const owners = peopleAmong(parts.map((part) => part.owner));
	const keys = unwrapped(
		await db<KeyRow[]>`
			select account_id as id, wrapped from find_person_keys(${readerId}, ${owners}::uuid[])`
	);
	return parts.map((part) => open(keys, part));
}

/** Opens one text with its owner's key as it is stored. Throws when it is sealed for somebody else. */
export function unsealWith(
	key: { readonly id: string; readonly wrapped: Uint8Array },
	sealed: string
): string {
	const plain = open(new Map([[key.id, unwrap(key.id, key.wrapped)]]), partsOf(sealed));
	if (plain === null) throw new Error(`this text is not sealed for ${key.id}`);
	return plain;
}

type SealedParts = { readonly owner: string; readonly iv: string; readonly body: string };

function partsOf(sealed: string): SealedParts {
	const nobodys = unownedPattern.exec(sealed);
	if (nobodys?.[1] && nobodys[2]) return { owner: unowned, iv: nobodys[1], body: nobodys[2] };
	const match = sealedPattern.exec(sealed);
	if (!match?.[1] || !match[2] || !match[3]) throw new Error('not a sealed text');
	return { owner: match[1], iv: match[2], body: match[3] };
}

function open(keys: ReadonlyMap<string, Buffer>, { owner, iv, body }: SealedParts): string | null {
	const read = (key: Buffer) =>
		decrypt(key, Buffer.from(iv, 'base64url'), Buffer.from(body, 'base64url'), owner).toString();
	if (owner === unowned) return readable(() => read(derived(unowned)));
	const key = keys.get(owner);
	return key ? read(key) : null;
}

/** Null where the seal does not fit the key. */
function readable(read: () => string): string | null {
	try {
		return read();
	} catch {
		return null;
	}
}

/** Erases everything sealed for this person, for good. */
export async function destroyPersonKey(tx: Tx, accountId: string, now: string): Promise<void> {
	await tx`
		update person_keys set wrapped = null, destroyed_at = ${now}
		where account_id = ${accountId} and destroyed_at is null`;
}

/** 32 bytes of the exchange's own, the same at every start, for one named purpose. */
export const keyFor = (purpose: string): Buffer => derived(`purpose: ${purpose}`);

/** How sign-in finds a phone, e-mail or user name without storing it: HMAC of the normalised form. */
export const blindIndex = (normalised: string): Buffer =>
	createHmac('sha256', derived('sign-in names')).update(normalised).digest();

/** The same person's key under today's master key; nothing that was sealed with it changes. */
export const rewrapped = (accountId: string, stored: Uint8Array): Buffer =>
	wrapWith(currentMaster(), 'person keys', unwrap(accountId, stored), accountId);

/** The root of what must outlive a rotation, wrapped by today's master key. */
export const wrappedRoot = (): Buffer =>
	wrapWith(currentMaster(), 'root', root ?? others[0] ?? currentMaster(), 'root');

/** Takes the stored root, which is there since the first rotation. */
export function useWrappedRoot(stored: Uint8Array | null): void {
	root = stored === null ? null : unwrapWith('root', stored, 'root');
}

/** The root of before the first rotation is the key of before it. */
export function rootBeforeRotation(): void {
	root ??= others[0] ?? null;
}
