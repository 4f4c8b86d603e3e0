import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { noteCatalogue } from '../store/catalogue-hint.ts';
import { forgetWords } from '../store/kept-words.ts';
import { sharedPictures, storeName } from '../store/names.ts';
import { databasesOf } from '../store/store.ts';
import { exportWork, type ExportedWork, type ExportOptions } from './export-work.ts';
import { databaseNames, deleteDatabase, removeRaw } from './raw-store.ts';

const workOf = /^san-([0-9a-f]{8}-[0-9a-f-]{27})-work$/;

/** Whose work is on this device; where even that is lost, whoever has a store here, without a name. */
async function ownersHere(actor: Actor | null): Promise<{ id: string; name: string }[]> {
	if (actor) return [{ id: actor.id, name: actor.name }];
	return (await databaseNames()).flatMap((name) => {
		const id = workOf.exec(name)?.[1];
		return id === undefined ? [] : [{ id, name: '' }];
	});
}

/** A file for everybody whose work is here; `left` is what the one signed in has typed and no store has taken. */
export async function exportAll(
	actor: Actor | null,
	left: NonNullable<ExportOptions['left']> = new Map()
): Promise<ExportedWork[]> {
	const files: ExportedWork[] = [];
	const now = new Date().toISOString();
	for (const owner of await ownersHere(actor))
		files.push(await exportWork({ owner, now, newId: () => crypto.randomUUID(), ...(actor && { left }) }));
	return files;
}

/**
 * Takes their stores off the device. Who is signed in stays so, with the forms they are filling in: those lie beside the stores
 * and are not damaged. Where it could not be read who that is, nobody would sign out any more, so that both are forgotten.
 */
export async function deleteAll(actor: Actor | null): Promise<boolean> {
	const owners = await ownersHere(actor);
	const names = [
		...owners.flatMap((owner) => databasesOf(owner.id).all),
		...databasesOf(null).all,
		...(actor ? [] : ['san-device'])
	];
	const gone = await Promise.all(names.map((name) => deleteDatabase(name)));
	if (!actor) for (const owner of owners) forgetWords(owner.id);
	return gone.every(Boolean);
}

/** Finishes a sign-out: what the wipe of an open store does not reach, and all of it where a kill cut the wipe short. */
export async function forgetPerson(userId: string): Promise<void> {
	noteCatalogue(storeName({ userId }), false);
	forgetWords(userId);
	await Promise.all([...databasesOf(userId).all.map((name) => deleteDatabase(name)), forgetShared(userId)]);
}

/** Pictures that wait for somebody else stay. What cannot be told apart goes: nobody finds this person's here. */
async function forgetShared(userId: string): Promise<void> {
	const theirs = (row: unknown) => {
		const by = typeof row === 'object' && row !== null && 'by' in row ? row.by : null;
		return by === null || by === userId;
	};
	if (!(await removeRaw(sharedPictures, 'pictures', theirs))) await deleteDatabase(sharedPictures);
}
