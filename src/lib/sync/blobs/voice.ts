import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { Store } from '../store/store.ts';
import { keepPhoto } from './photos.ts';

/** What the recorder has made of the last second; `nth` counts from 0 within one recording. */
export type VoicePiece = { readonly nth: number; readonly type: string; readonly bytes: ArrayBuffer };

/** The exchange takes no more (sync 5). */
export const maxVoiceBytes = 1024 * 1024;

/** Keeps a piece of a recording that is under way, so that a killed tab loses the last second alone. */
export async function keepPiece(store: Store, listingId: string, piece: VoicePiece): Promise<void> {
	const { recordings } = store.local;
	// A first piece begins a new recording: pieces of an older one would not fit behind it.
	if (piece.nth === 0) await recordings.where({ listingId }).delete();
	await recordings.put({ listingId, ...piece });
}

/** What was recorded and not yet made the voice note of the listing, or null. */
export async function unfinishedVoice(store: Store, listingId: string): Promise<Blob | null> {
	const pieces = await store.local.recordings.where({ listingId }).sortBy('nth');
	const [first] = pieces;
	return first
		? new Blob(
				pieces.map((piece) => piece.bytes),
				{ type: bareType(first.type) }
			)
		: null;
}

export async function dropVoice(store: Store, listingId: string): Promise<void> {
	await store.local.recordings.where({ listingId }).delete();
}

/**
 * Makes what was recorded a file, and has `put` make it the voice note of the working copy. The pieces go last:
 * whatever is cut off in between is offered once more. `not_found` = nothing was recorded, `voice_too_long`, or the
 * refusal of `put`.
 */
export async function finishVoice(
	store: Store,
	listingId: string,
	now: string,
	put: (hash: string) => Promise<Result<unknown>>
): Promise<Result<{ hash: string }>> {
	const recorded = await unfinishedVoice(store, listingId);
	if (!recorded || recorded.size === 0) return no('not_found');
	if (recorded.size > maxVoiceBytes) return no('voice_too_long', { facts: { max: maxVoiceBytes } });
	const note = { bytes: await recorded.arrayBuffer(), type: recorded.type, thumb: null };
	const hash = await keepPhoto(store, note, now);
	const done = await put(hash);
	if (!done.ok) return done;
	await dropVoice(store, listingId);
	return ok({ hash });
}

/** "audio/webm;codecs=opus" as files are named: "audio/webm". */
export const bareType = (type: string): string => type.split(';')[0] ?? type;
