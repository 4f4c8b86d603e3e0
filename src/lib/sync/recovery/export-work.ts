import { filesOf } from '$lib/domain/listings/rules.ts';
import type { ListingContent } from '$lib/domain/listings/schema.ts';
import { bareType } from '../blobs/voice.ts';
import { changedFields, sameContent, withTyped } from '../fold/merge.ts';
import { protocolVersion } from '../protocol/version.ts';
import {
	idFrom,
	savedBusiness,
	savedCommand,
	savedDraft,
	workFileEnding,
	workHeader,
	writeWorkFile,
	type KeptCommand,
	type SavedCommand,
	type WorkHeader
} from '../protocol/work-file.ts';
import { sha256 } from '../protocol/sha256.ts';
import { databasesOf } from '../store/store.ts';
import type { Draft } from '../store/types.ts';
import { changeRaw, readRaw } from './raw-store.ts';

export type ExportedWork = {
	readonly file: Blob;
	/** What to save it as. */
	readonly name: string;
	readonly commands: number;
	readonly drafts: number;
	/** Voice notes included, finished or not. */
	readonly photos: number;
	/** Stores, or rows of them, that this device could not read. */
	readonly unread: number;
};

export type ExportOptions = {
	readonly owner: { readonly id: string; readonly name: string };
	/** Device clock, ISO. */
	readonly now: string;
	readonly newId: () => string;
	readonly prefix?: string;
	/** What was typed into working copies and could not be stored; it goes along in them. */
	readonly left?: ReadonlyMap<string, Partial<ListingContent>>;
};

/**
 * All unsent work of one person as a file, read from the disk as it lies there, so that it also works when the store
 * does not open (sync 15) and when nothing may be sent any more (sync 6). Nothing is changed but the mark of what waits: in
 * the transaction that reads it, so that under its id nothing else is ever said than in the file (sync 1); a store that
 * cannot be written is only read. Never rejects for what cannot be read: that is counted in `unread`.
 */
export async function exportWork(options: ExportOptions): Promise<ExportedWork> {
	const names = databasesOf(options.owner.id, options.prefix);
	const marked = await changeRaw(names.work, 'outbox', asExported);
	const stores = ['outbox', 'photos', 'photoBytes', 'recordings', 'state'];
	const work = await readRaw(
		names.work,
		stores.filter((store) => store !== 'outbox' || marked === null)
	);
	const documents = await readRaw(names.drafts, ['docs']);
	const unfit: WorkHeader['unfit'] = [];

	const commands: KeptCommand[] = [];
	for (const row of marked ?? work.rows.get('outbox') ?? []) {
		if (text(row, 'state') === 'acknowledged') continue;
		const kept = keptCommand(row);
		if (kept) commands.push(kept);
		else unfit.push({ store: 'outbox', row });
	}
	commands.sort((a, b) => a.seq - b.seq);
	const about = new Set(commands.map((command) => text(command.input, 'listingId')));

	const recorded = recordingsIn(work.rows.get('recordings') ?? []);
	const drafts: Draft[] = [];
	const left = new Map(options.left);
	const photos = new Map((work.rows.get('photos') ?? []).map((row) => [text(row, 'hash'), row]));
	const onlyHere = (hash: string) => photos.has(hash) && text(photos.get(hash), 'state') !== 'stored';
	for (const row of documents.rows.get('docs') ?? []) {
		if (isDeleted(row)) continue;
		const draft = savedDraft.safeParse(field(row, 'data'));
		if (!draft.success) {
			unfit.push({ store: 'drafts', row });
			continue;
		}
		const { listingId } = draft.data;
		const whole = withTyped(draft.data, left.get(listingId));
		left.delete(listingId);
		if (about.has(listingId) || recorded.has(listingId) || saysMore(whole, onlyHere)) drafts.push(whole);
	}
	for (const [listingId, fields] of left) unfit.push({ store: 'drafts', row: { listingId, fields } });

	const blobs: WorkHeader['blobs'] = [];
	const parts = new Map<string, ArrayBuffer>();
	const now = options.now;
	for (const row of work.rows.get('photoBytes') ?? []) {
		const hash = text(row, 'hash');
		const original = field(row, 'original');
		if (!(original instanceof ArrayBuffer) || text(photos.get(hash), 'state') === 'stored') continue;
		if ((await sha256(original)) !== hash) {
			unfit.push({ store: 'photos', row: { hash } });
			continue;
		}
		parts.set(hash, original);
		const picture = field(row, 'thumb');
		const thumb = picture instanceof ArrayBuffer ? await sha256(picture) : null;
		if (thumb !== null && picture instanceof ArrayBuffer) parts.set(thumb, picture);
		blobs.push({
			hash,
			type: text(photos.get(hash), 'type'),
			thumb,
			addedAt: text(photos.get(hash), 'addedAt')
		});
	}

	const recordings: WorkHeader['recordings'] = [];
	for (const [listingId, recording] of recorded) {
		const bytes = await recording.arrayBuffer();
		const name = await sha256(bytes);
		parts.set(name, bytes);
		recordings.push({ listingId, type: recording.type, sha256: name });
	}

	const state = work.rows.get('state')?.[0];
	const typed = field(state, 'typedBusiness') ?? null;
	const business = savedBusiness.nullable().safeParse(typed);
	if (!business.success) unfit.push({ store: 'business', row: typed });
	const header = workHeader.parse({
		version: 1,
		fileId: options.newId(),
		exportedAt: now,
		protocol: protocolVersion,
		owner: options.owner,
		deviceId: text(state, 'deviceId') || options.newId(),
		epoch: text(state, 'epoch') || null,
		commands,
		drafts,
		saves: await savesFor(drafts, commands, now),
		blobs,
		recordings,
		business: business.data ?? null,
		parts: [...parts].map(([name, bytes]) => ({ sha256: name, bytes: bytes.byteLength })),
		unread: [...work.unread, ...documents.unread],
		unfit
	} satisfies WorkHeader);
	return {
		file: await writeWorkFile(header, [...parts.values()]),
		name: `san-tinh-viec-chua-gui-${now.slice(0, 10)}-${header.fileId.slice(0, 4)}${workFileEnding}`,
		commands: commands.length,
		drafts: drafts.length + (business.data ? 1 : 0),
		photos: blobs.length + recordings.length,
		unread: header.unread.length + unfit.length
	};
}

/** Voice notes that nobody has ended, by their listing: the seconds that lie here, in their order. */
function recordingsIn(rows: readonly unknown[]): Map<string, Blob> {
	const pieces = new Map<string, { nth: number; type: string; bytes: ArrayBuffer }[]>();
	for (const row of rows) {
		const [listingId, nth, bytes] = [text(row, 'listingId'), field(row, 'nth'), field(row, 'bytes')];
		if (typeof nth !== 'number' || !(bytes instanceof ArrayBuffer)) continue;
		pieces.set(listingId, [...(pieces.get(listingId) ?? []), { nth, type: text(row, 'type'), bytes }]);
	}
	return new Map(
		[...pieces].map(([listingId, some]) => {
			const ordered = some.sort((a, b) => a.nth - b.nth);
			return [
				listingId,
				new Blob(
					ordered.map(({ bytes }) => bytes),
					{ type: bareType(some[0]?.type ?? '') }
				)
			];
		})
	);
}

/** Whether a working copy holds something only this device has. */
const saysMore = (draft: Draft, onlyHere: (hash: string) => boolean): boolean =>
	!sameContent(draft.content, draft.ancestor) ||
	Object.keys(draft.conflicts).length > 0 ||
	filesOf(draft.content).some(onlyHere);

/** What has left is frozen without it. */
const asExported = (row: unknown): unknown =>
	typeof row === 'object' && text(row, 'state') === 'waiting' && field(row, 'sent') !== true
		? { ...row, exported: true }
		: row;

/** An unanswered command goes on as one that waits; a refused one keeps what was said of it. */
function keptCommand(row: unknown): KeptCommand | null {
	const saved = savedCommand.safeParse(row);
	if (!saved.success) return null;
	const refused = text(row, 'state') === 'refused';
	const more = workHeader.shape.commands.unwrap().safeParse({
		...saved.data,
		broughtFrom: field(row, 'broughtFrom'),
		refusal: refused ? field(row, 'refusal') : null,
		receivedAt: refused ? field(row, 'receivedAt') : null,
		goods: field(row, 'goods') ?? null
	});
	return more.success ? more.data : null;
}

/**
 * `draft.save` of every working copy no waiting command speaks for. The id is made from the content: the same text
 * exported twice is one command, and handed in twice it is done once (sync 1).
 */
async function savesFor(
	drafts: readonly Draft[],
	commands: readonly KeptCommand[],
	now: string
): Promise<SavedCommand[]> {
	const waiting = new Set(
		commands.filter((command) => command.refusal === null).map((command) => text(command.input, 'listingId'))
	);
	let seq = Math.max(0, ...commands.map((command) => command.seq));
	const saves: SavedCommand[] = [];
	for (const draft of drafts) {
		const fields = changedFields(draft);
		if (waiting.has(draft.listingId) || Object.keys(fields).length === 0) continue;
		const input = { listingId: draft.listingId, base: draft.base, fields };
		saves.push({
			id: await idFrom(JSON.stringify(input)),
			seq: (seq += 1),
			name: 'draft.save',
			input,
			deviceTime: Number.isNaN(Date.parse(draft.updatedAt)) ? now : new Date(draft.updatedAt).toISOString(),
			after: [],
			blobs: []
		});
	}
	return saves;
}

function field(row: unknown, name: string): unknown {
	return typeof row === 'object' && row !== null
		? new Map<string, unknown>(Object.entries(row)).get(name)
		: undefined;
}
function text(row: unknown, name: string): string {
	const value = field(row, name);
	return typeof value === 'string' ? value : '';
}
/** RxDB keeps what was deleted for a while; some storages write the mark as a letter. */
const isDeleted = (row: unknown): boolean => field(row, '_deleted') === true || text(row, '_deleted') === '1';
