import { createECDH } from 'node:crypto';
import { keyFor } from '$lib/server/accounts/sealing.ts';

/** A VAPID pair, base64url: the push services know the exchange by it. */
export type PushKeys = { readonly publicKey: string; readonly privateKey: string };

let known: PushKeys | null = null;

/**
 * The exchange's pair, made from the master key: every process has the same one and none is stored. A new master key
 * makes the browsers subscribe again.
 */
export function pushKeys(): PushKeys {
	if (known) return known;
	const pair = createECDH('prime256v1');
	pair.setPrivateKey(keyFor('web push'));
	known = { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') };
	return known;
}
