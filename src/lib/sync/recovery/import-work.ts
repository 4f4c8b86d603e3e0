import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { emptyListing } from '$lib/domain/listings/schema.ts';
import { keepPhoto } from '../blobs/photos.ts';
import { rebaseListing } from '../engine/rebase.ts';
import { isUnsettled } from '../fold/dependencies.ts';
import { listingFields, ownWords, pick, sameContent, sameValue } from '../fold/merge.ts';
import { checkCommand } from '../outbox/check-command.ts';
import { changeDraft, queueDraftSave, readDraft, readMine, writeDraft, type Here } from '../outbox/drafts.ts';
import { adopt, type AdoptedCommand } from '../outbox/outbox.ts';
import { commandNames, type AnyCommand, type CommandName } from '../protocol/commands.ts';
import { sha256 } from '../protocol/sha256.ts';
import { idFrom, readWorkFile, type KeptCommand, type WorkFile } from '../protocol/work-file.ts';
import type { Store } from '../store/store.ts';
import type { Draft, TypedBusiness } from '../store/types.ts';

export type ImportedWork = {
	/** The whole file was taken in before; nothing was changed now. */
	readonly already: boolean;
	readonly commands: number;
	/** Working copies that are new here, or that brought something into one that was here. */
	readonly drafts: number;
	/** Of them those with a field both changed: the person is asked. */
	readonly conflicts: number;
	readonly photos: number;
	/** Photos the file names and does not hold whole. */
	readonly missingPhotos: number;
	/** Unfinished work of which this device has another of its own: that stays, and this in the file. */
	readonly heldBack: number;
	/** Commands this build cannot read; they stay in the file. */
	readonly unfit: number;
};

/**
 * Takes the unsent work of another device of the same person in (sync 15). Commands keep their ids and frozen inputs,
 * so that the exchange does each once whichever device sends it. Every step may be repeated: a second import, or one
 * after a cut, changes nothing that is already here. Rejects when the store is full.
 */
export async function importWork(store: Store, here: Here, blob: Blob): Promise<Result<ImportedWork>> {
	const read = await readWorkFile(blob);
	if (!read.ok) return read;
	const { header } = read.value;
	if (store.userId === null || header.owner.id !== store.userId) return no('file_of_another');
	const nothing: ImportedWork = {
		already: true,
		commands: 0,
		drafts: 0,
		conflicts: 0,
		photos: 0,
		missingPhotos: 0,
		heldBack: 0,
		unfit: 0
	};
	const before = await store.readState();
	if (before.imported?.includes(header.fileId)) return ok(nothing);

	const photos = await takePhotos(store, here, read.value);
	// A photo that neither the file nor this device has was with the exchange already: nothing here would send it.
	const toSend = new Set([
		...header.blobs.map(({ hash }) => hash),
		...(await store.local.photos.toCollection().primaryKeys())
	]);
	const commands = header.commands
		.flatMap((command) => asAdopted(command, toSend) ?? [])
		.map((command) => ({
			...command,
			broughtFrom: command.broughtFrom ?? header.deviceId,
			alone: isAlone(command, header.drafts)
		}));
	const added = await adopt(store.local, commands);
	let drafts = 0;
	let conflicts = 0;
	const epoch = await epochHere(store, header.epoch);
	for (const draft of header.drafts) {
		const theirs = { ...draft, restored: isDoubtful(draft, header.epoch, epoch) ? epoch : undefined };
		const took = await takeDraft(store, here, theirs, before.deviceId === header.deviceId);
		if (took === 'nothing') continue;
		drafts += 1;
		if (took === 'conflict') conflicts += 1;
	}
	const spoken = await takeRecordings(store, read.value);
	const business = await takeBusiness(store, header.business);
	if (business === 'new') drafts += 1;
	const missing = photos.missing + spoken.missing;
	const heldBack = spoken.heldBack + (business === 'held back' ? 1 : 0);
	// A file with holes may be brought again, whole; so may one of which something had no place yet.
	if (missing + heldBack === 0)
		await store.changeState({ imported: [...(before.imported ?? []), header.fileId].slice(-50) });
	return ok({
		already: false,
		commands: added,
		drafts,
		conflicts,
		photos: photos.kept + spoken.kept,
		missingPhotos: missing,
		heldBack,
		unfit: header.commands.length - commands.length + header.unfit.length
	});
}

/** The exchange this device knows; one that has met none believes the file, and notices another by it (sync 13). */
async function epochHere(store: Store, ofFile: string | null): Promise<string | undefined> {
	const { epoch } = await store.readState();
	if (epoch || (await store.local.pulls.count()) > 0) return epoch ?? undefined;
	if (ofFile) await store.changeState({ epoch: ofFile });
	return ofFile ?? undefined;
}

/** Whether the exchange was restored since a working copy of a file was merged: it may have lost what that builds on. */
const isDoubtful = (draft: Draft, ofFile: string | null, here: string | undefined): boolean =>
	draft.base > 0 && (draft.restored !== undefined || (ofFile !== null && ofFile !== here));

/** Bytes first: a working copy or a command never stands here without the photos that came with it. */
async function takePhotos(
	store: Store,
	here: Here,
	file: WorkFile
): Promise<{ kept: number; missing: number }> {
	let kept = 0;
	let missing = 0;
	for (const { hash, type, thumb } of file.header.blobs) {
		const known = await store.local.photoBytes.get(hash);
		if (known?.original) continue;
		const bytes = await file.part(hash);
		if (bytes === null) {
			missing += 1;
			continue;
		}
		const picture = thumb === null ? null : await file.part(thumb);
		await keepPhoto(store, { bytes, type, thumb: picture }, here.now());
		kept += 1;
	}
	return { kept, missing };
}

/** Recordings nobody has ended are offered here as they were there; one that is being made here is left alone. */
async function takeRecordings(
	{ local }: Store,
	file: WorkFile
): Promise<{ kept: number; missing: number; heldBack: number }> {
	const took = { kept: 0, missing: 0, heldBack: 0 };
	for (const { listingId, type, sha256: name } of file.header.recordings) {
		const bytes = await file.part(name);
		if (bytes === null) took.missing += 1;
		// Made a voice note here meanwhile.
		else if (await local.photos.get(name)) continue;
		else {
			const here = await local.recordings.where({ listingId }).sortBy('nth');
			const known =
				here.length > 0 ? await sha256(await new Blob(here.map((one) => one.bytes)).arrayBuffer()) : '';
			if (here.length === 0) await local.recordings.put({ listingId, nth: 0, type, bytes });
			if (here.length === 0) took.kept += 1;
			else if (known !== name) took.heldBack += 1;
		}
	}
	return took;
}

/** A registration that is being written here is never written over. */
function takeBusiness(
	{ local }: Store,
	theirs: TypedBusiness | null
): Promise<'nothing' | 'new' | 'held back'> {
	return local.transaction('rw', local.state, async () => {
		const mine = (await local.state.get('this'))?.typedBusiness ?? null;
		if (theirs === null || sameValue(mine, theirs)) return 'nothing';
		if (mine !== null) return 'held back';
		await local.state.update('this', { typedBusiness: theirs });
		return 'new';
	});
}

/** Its input stays as it was sent, letter by letter: cleaned again by a newer build it would be another command. */
function asAdopted(command: KeptCommand, toSend: ReadonlySet<string>): AdoptedCommand | null {
	const { id, deviceTime, after, refusal, receivedAt, goods, broughtFrom } = command;
	const blobs = command.blobs.filter((hash) => toSend.has(hash));
	const told = { name: command.name, input: command.input };
	if (!isCommand(told)) return null;
	return { ...told, id, deviceTime, after, blobs, refusal, receivedAt, goods, broughtFrom };
}

/** A save whose working copy could not be read, where it lay: its words come in with nothing else. */
const isAlone = ({ name, input }: AdoptedCommand, drafts: readonly Draft[]): boolean =>
	name === 'draft.save' && !drafts.some((draft) => draft.listingId === input.listingId);

const isCommandName = (name: string): name is CommandName => commandNames.some((known) => known === name);
const isCommand = (told: { name: string; input: unknown }): told is AnyCommand =>
	isCommandName(told.name) && checkCommand(told.name, told.input).ok;

type Took = 'nothing' | 'new' | 'merged' | 'conflict';

async function takeDraft(store: Store, here: Here, theirs: Draft, sameDevice: boolean): Promise<Took> {
	const { listingId } = theirs;
	const mine = await readDraft(store, listingId);
	let took: Took = 'nothing';
	if (mine === null) {
		const known = (await readMine(store, listingId))?.data.content;
		const asks = Object.keys(ownWords(theirs)).length > 0;
		if (known && !asks && sameContent(known, theirs.content)) return 'nothing';
		await writeDraft(store, theirs);
		took = 'new';
	} else {
		// What was typed on in the same store has grown out of what the file holds.
		if (sameDevice && mine.updatedAt >= theirs.updatedAt) return 'nothing';
		const merged = mergeCopies(mine, theirs);
		if (merged === 'beside') {
			// A copy of its own, under an id that is the same whenever this file is brought.
			const id = await idFrom(`${listingId} ${JSON.stringify(theirs.content)}`);
			if (await readDraft(store, id)) return 'nothing';
			const conflicts = ownWords(theirs);
			await writeDraft(store, {
				...{ ...theirs, listingId: id, base: 0, ancestor: emptyListing },
				...{ conflicts, next: undefined, restored: undefined }
			});
			return 'conflict';
		}
		if (sameValue(merged, mine)) return 'nothing';
		await changeDraft(store, listingId, (now) => {
			const again = mergeCopies(now, theirs);
			return again === 'beside' ? now : { ...again, updatedAt: here.now() };
		});
		took = Object.keys(merged.conflicts).length > Object.keys(mine.conflicts).length ? 'conflict' : 'merged';
	}
	await rebaseListing(store, here, listingId);
	const rows = await store.local.outbox.where('subject').equals(`listing:${listingId}`).toArray();
	if (!rows.some(isUnsettled)) await queueDraftSave(store, here, listingId);
	return took;
}

/**
 * Two working copies of one listing, field by field: what only the other one changed is taken, what both changed
 * stays mine with theirs shown for a choice (sync 4). So does what the two found different with the exchange: nobody here
 * knows which is newer. `beside` = a field already waits for another choice.
 */
function mergeCopies(mine: Draft, theirs: Draft): Draft | 'beside' {
	let { content, conflicts } = mine;
	for (const field of listingFields) {
		const other = theirs.content[field];
		const own = mine.content[field];
		const onlyTheyChanged = [own, theirs.ancestor[field]].every((one) =>
			sameValue(one, mine.ancestor[field])
		);
		if (sameValue(own, other) || sameValue(other, theirs.ancestor[field])) continue;
		if (field in conflicts) {
			if (!sameValue(conflicts[field], other)) return 'beside';
		} else if (onlyTheyChanged) content = { ...content, ...pick(theirs.content, field) };
		else conflicts = { ...conflicts, ...pick(theirs.content, field) };
	}
	// What was brought to that device in its turn, and nobody has decided on yet.
	const brought = ownWords(theirs);
	for (const field of listingFields) {
		if (!(field in brought)) continue;
		if ([content[field], mine.ancestor[field]].some((known) => sameValue(known, brought[field]))) continue;
		if (!(field in conflicts)) conflicts = { ...conflicts, ...pick(brought, field) };
		else if (!sameValue(conflicts[field], brought[field])) return 'beside';
	}
	return { ...mine, content, conflicts };
}
