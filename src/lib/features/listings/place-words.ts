import { holds } from '$lib/domain/businesses/papers.ts';
import { isPublic } from '$lib/domain/listings/states.ts';
import type { PackNames } from '$lib/domain/agencies/names.ts';
import { formatDate, formatDateTime, formatTime, formatWeekday } from '$lib/i18n/format.ts';
import { refusalWords } from '$lib/i18n/refusals.ts';
import { receivedTexts } from '$lib/i18n/received.ts';
import type { Locale, SameShape } from '$lib/i18n/texts.ts';
import type { MyListingView } from '$lib/sync/app.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';
import type { Tone } from '$lib/ui/tone.ts';
import type { texts } from './texts.ts';

export type PlaceWords = {
	readonly tone: Tone;
	readonly icon: IconName;
	readonly label: string;
	readonly detail: string;
	readonly progress: { readonly done: number; readonly of: number } | null;
};

type Shown = Omit<PlaceWords, 'progress'> & { readonly progress?: PlaceWords['progress'] };
type Listing = Pick<MyListingView, 'place' | 'state' | 'draft' | 'content' | 'server'>;
export type PlaceSetting = {
	readonly t: SameShape<(typeof texts)['vi']>;
	readonly locale: Locale;
	readonly names: PackNames;
	readonly online: boolean;
};

export const hasConflicts = (listing: Pick<MyListingView, 'draft'>): boolean =>
	Object.keys(listing.draft?.conflicts ?? {}).length > 0;

/**
 * Where a listing is, said the way the seller's home says it. It never promises more than the server has
 * answered: what is only on its way is called on its way.
 */
export function placeWords(listing: Listing, setting: PlaceSetting): PlaceWords {
	const shown = words(listing, setting);
	if (!isPublic(listing.state)) return { progress: null, ...shown };
	const paper = hiddenFor(listing);
	const onSale = listing.place.at === 'approved';
	if (paper !== null) {
		const { label, detail } = setting.t.hidden;
		const why = detail(setting.names.paper(paper));
		return onSale
			? { tone: 'brick', icon: 'alert', label, detail: why, progress: null }
			: { progress: null, ...shown, detail: [shown.detail, why].filter(Boolean).join(' · ') };
	}
	const detail = onSale ? shown.detail : [shown.detail, setting.t.stillPublic].filter(Boolean).join(' · ');
	return { progress: null, ...shown, detail };
}

/** TG-12: the kind of paper that ran out, while what is approved of this listing is hidden for it. */
export const hiddenFor = (listing: Pick<MyListingView, 'state' | 'server'>): string | null =>
	isPublic(listing.state) ? (listing.server?.hiddenFor ?? null) : null;

/** TG-6.3: certificates of what is approved that have run out by `today`, by their kinds. */
export const ranOutOf = (listing: Pick<MyListingView, 'state' | 'server'>, today: string): string[] =>
	isPublic(listing.state)
		? [
				...new Set(
					(listing.server?.content.certificates ?? [])
						.filter((one) => !holds(one, today))
						.map(({ type }) => type)
				)
			]
		: [];

function words(listing: Listing, { t, locale, names, online }: PlaceSetting): Shown {
	const { place, content } = listing;
	const w = t.place;
	if (hasConflicts(listing))
		return { tone: 'mango', icon: 'alert', label: w.conflict, detail: w.conflictDetail };
	switch (place.at) {
		case 'on_device':
			return {
				tone: 'quiet',
				icon: 'phone',
				label: w.onDevice,
				detail: [w.notSent, content.photos.length > 0 ? t.photos(content.photos.length) : '']
					.filter(Boolean)
					.join(' · ')
			};
		case 'sending': {
			if (place.photoRefusal !== null) {
				const { what, todo } = refusalWords(place.photoRefusal, locale);
				const label = place.photoRefusal.code.startsWith('voice_') ? w.voiceRefused : w.photoRefused;
				return { tone: 'brick', icon: 'alert', label, detail: `${what} ${todo}` };
			}
			const photosLeft = place.sentPhotos < place.totalPhotos;
			return {
				tone: 'river',
				icon: 'upload',
				label: online ? w.sending : w.waitingNetwork,
				detail: photosLeft
					? (content.voice ? w.sentFiles : w.sentPhotos)(place.sentPhotos, place.totalPhotos)
					: online
						? w.sendingText
						: w.waitingText,
				progress: photosLeft ? { done: place.sentPhotos, of: place.totalPhotos } : null
			};
		}
		case 'quarantined': {
			const { notTaken, tried } = receivedTexts[locale];
			return { tone: 'mango', icon: 'alert', label: notTaken, detail: tried(place.tries) };
		}
		case 'acknowledged':
			return {
				tone: 'river',
				icon: 'check',
				label: w.acknowledged(formatTime(place.receivedAt)),
				detail: `${receivedTexts[locale].code(place.receipt)} · ${w.acknowledgedDetail}`
			};
		case 'received':
			return {
				tone: 'mango',
				icon: 'clock',
				label: w.received(place.code),
				detail: w.dueBy(formatDateTime(place.receivedAt, locale), formatWeekday(place.lastDay, locale))
			};
		case 'approved':
			return {
				tone: 'leaf',
				icon: 'check-circle',
				label: w.approved,
				detail: place.decidedAt === null ? '' : w.approvedOn(formatDate(place.decidedAt, locale))
			};
		case 'returned':
			return {
				tone: 'brick',
				icon: 'undo',
				label: w.returned,
				detail: [...place.reasonCodes.map(names.returnReason), place.note].filter(Boolean)[0] ?? ''
			};
		case 'refused':
			return {
				tone: 'brick',
				icon: 'alert',
				label: w.refused,
				detail: refusalWords(place.refusal, locale).what
			};
		case 'saved':
			return { tone: 'quiet', icon: 'document', label: w.saved, detail: w.savedDetail };
		case 'withdrawn':
			return { tone: 'quiet', icon: 'minus', label: w.withdrawn, detail: '' };
		case 'locked':
			return { tone: 'brick', icon: 'lock', label: w.locked, detail: w.lockedDetail };
	}
}
