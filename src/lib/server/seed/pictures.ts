import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { keepPicture, type KeptPicture } from '$lib/server/files/service.ts';
import { sha256Of } from '$lib/server/files/picture.ts';
import type { FileStore } from '$lib/server/files/store.ts';

const folder = fileURLToPath(new URL('./pictures/', import.meta.url));

/**
 * Puts the demo pictures into the file store. They are committed as the renditions the server makes of an upload
 * (scripts/pictures.ts), so nothing is encoded here: it would take half a minute of the first start.
 */
export async function keepDemoPictures(
	files: FileStore,
	names: ReadonlySet<string>
): Promise<ReadonlyMap<string, KeptPicture>> {
	const there = new Set(await readdir(folder));
	const kept = await Promise.all(
		[...names].map(async (name): Promise<[string, KeptPicture]> => {
			if (!there.has(`${name}.webp`)) throw new Error(`there is no demo picture "${name}"`);
			const detail = await readFile(`${folder}${name}.webp`);
			const { width, height } = await sharp(detail).metadata();
			return [
				name,
				await keepPicture(files, {
					sha256: sha256Of(detail),
					bytes: detail.length,
					thumb: await readFile(`${folder}${name}.thumb.webp`),
					detail,
					width,
					height
				})
			];
		})
	);
	return new Map(kept);
}
