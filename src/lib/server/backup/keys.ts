import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { readJson, writeDurably } from './disk.ts';

/** `masterKey` is null where the operator keeps it elsewhere. */
const listedSchema = z.strictObject({ masterKey: z.string().nullable(), fingerprint: z.string() });
export type ListedKey = z.output<typeof listedSchema>;

/** What opens the copy: as secret as the data itself. */
const keysSchema = z.strictObject({
	...listedSchema.shape,
	/** Those of before a rotation, and the one to come, the latest first: part of the copy may be wrapped with them. */
	others: z.array(listedSchema).default([]),
	superuserPassword: z.string(),
	ownerPassword: z.string(),
	loginPassword: z.string()
});
export type BackupKeys = z.output<typeof keysSchema>;

const fileIn = (series: string): string => path.join(series, 'keys.json');

/** The keys of the series in this directory. */
export const readKeys = (series: string): Promise<BackupKeys | null> => readJson(fileIn(series), keysSchema);
export const writeKeys = (series: string, keys: BackupKeys): Promise<void> =>
	writeDurably(fileIn(series), JSON.stringify(keys));

/** Today's keys, and behind them what the series lists already: its older changes are wrapped with those. */
export function withThoseBefore(keys: BackupKeys, before: BackupKeys | null): BackupKeys {
	const all = [...listedIn(keys), ...(before ? listedIn(before) : [])];
	const [, ...others] = all.filter(
		(key, at) => all.findIndex(({ fingerprint }) => fingerprint === key.fingerprint) === at
	);
	return { ...keys, others };
}

/** Every key of the list, today's first. */
export const listedIn = ({ masterKey, fingerprint, others }: BackupKeys): ListedKey[] => [
	{ masterKey, fingerprint },
	...others
];

/** How a key is listed: with its bytes, or only with what it is recognised by. */
export const listed = (key: Buffer, inside: boolean): ListedKey => ({
	masterKey: inside ? key.toString('base64') : null,
	fingerprint: fingerprintOf(key)
});

/** Says which key it was without giving it away. */
export const fingerprintOf = (masterKey: Buffer): string =>
	createHash('sha256').update('san-tinh backup\n').update(masterKey).digest('hex').slice(0, 16);
