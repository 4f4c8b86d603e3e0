import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { maxPhotos } from '$lib/domain/listings/schema.ts';
import type { Store } from '../store/store.ts';
import type { Draft } from '../store/types.ts';
import { changeDraft, openDraft, type Here } from './drafts.ts';

/** What becomes of the photos a working copy has at that moment, whichever of them the screen shows. */
export type PhotoChange = (photos: readonly string[]) => readonly string[];

/** Two that are added at once are both there. */
const added =
	(photo: string): PhotoChange =>
	(photos) =>
		photos.includes(photo) || photos.length >= maxPhotos ? photos : [...photos, photo];

export const without =
	(photo: string): PhotoChange =>
	(photos) =>
		photos.filter((one) => one !== photo);

/** One place to the front; the first one is the main photo. */
export const earlier =
	(photo: string): PhotoChange =>
	(photos) => {
		const at = photos.indexOf(photo);
		if (at < 1) return photos;
		const others = without(photo)(photos);
		return [...others.slice(0, at - 1), photo, ...others.slice(at - 1)];
	};

/** Changes the photos of the working copy; never a list somebody saw before, which may have grown since. */
export async function changePhotos(
	store: Store,
	here: Here,
	listingId: string,
	change: PhotoChange
): Promise<Result<Draft>> {
	const opened = await openDraft(store, here, listingId);
	if (!opened.ok) return opened;
	const written = await changeDraft(store, listingId, (draft) => {
		const photos = [...change(draft.content.photos)];
		return { ...draft, content: { ...draft.content, photos }, updatedAt: here.now() };
	});
	return written ? ok(written) : no('not_found');
}

/** Puts a photo behind the others; a full listing refuses it. */
export async function addToDraft(
	store: Store,
	here: Here,
	listingId: string,
	photo: string
): Promise<Result<Draft>> {
	const written = await changePhotos(store, here, listingId, added(photo));
	return !written.ok || written.value.content.photos.includes(photo)
		? written
		: no('too_many_photos', { facts: { max: maxPhotos } });
}
