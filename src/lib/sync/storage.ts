import { measureMarketPictures } from './blobs/market-pictures.ts';
import type { Store } from './store/store.ts';

/** What takes the room on this device, in bytes. What is not named is the catalogue, cases and the program itself. */
export type StorageParts = {
	/** Photos and voice notes the exchange has not confirmed: sending them frees their room. */
	readonly unsentFiles: number;
	/** Small pictures of sent photos, and photos that drafts still speak of. */
	readonly sentFiles: number;
	/** Pictures and voice notes of open cases. */
	readonly caseFiles: number;
	/** Pictures of goods on the market: they can go at any time. */
	readonly marketPictures: number;
	/** Unsent commands and recordings under way. */
	readonly work: number;
};

/** Measures by reading, so it is for a screen somebody has opened, and for no other. */
export async function measureParts({ local }: Store): Promise<StorageParts> {
	const states = new Map((await local.photos.toArray()).map(({ hash, state }) => [hash, state]));
	let [unsentFiles, sentFiles, caseFiles, work] = [0, 0, 0, 0];
	await local.photoBytes.each(({ hash, original, thumb }) => {
		const bytes = (original?.byteLength ?? 0) + (thumb?.byteLength ?? 0);
		if (states.get(hash) === 'stored') sentFiles += bytes;
		else unsentFiles += bytes;
	});
	await local.files.each(({ bytes }) => void (caseFiles += bytes.byteLength));
	await local.recordings.each(({ bytes }) => void (work += bytes.byteLength));
	await local.outbox.each((row) => void (work += JSON.stringify(row).length));
	return { unsentFiles, sentFiles, caseFiles, work, marketPictures: await measureMarketPictures() };
}
