import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { pictureType } from './picture-type.ts';

/** What we keep of a picture: two WebP renditions, made from its pixels alone. */
export type Picture = {
	/** Of the bytes as they came: the name the device gave them. */
	readonly sha256: string;
	/** Size of the bytes as they came. */
	readonly bytes: number;
	readonly thumb: Uint8Array;
	readonly detail: Uint8Array;
	/** Of the detail rendition. */
	readonly width: number;
	readonly height: number;
};

export const maxUploadBytes = 12 * 1024 * 1024;
export const maxPixels = 40_000_000;
export const maxThumbBytes = 12 * 1024;
export const maxDetailBytes = 90 * 1024;
const thumbBox = { width: 320, height: 240 };
const detailEdge = 1280;
const secondsToDecode = 20;

// One thread a picture and one picture at a time: forty million pixels are 160 MB, and two of them beside the
// rest of the program would be too many for a small machine.
sharp.concurrency(1);
sharp.cache(false);
const inTurn = oneAtATime();

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Makes both renditions from an untrusted file. Nothing of the file itself survives but its pixels: no EXIF, no
 * place, no comment, no second file behind the first. What is no picture comes back as a refusal.
 */
export function renderPicture(bytes: Uint8Array): Promise<Result<Picture>> {
	return inTurn(() => render(bytes));
}

async function render(bytes: Uint8Array): Promise<Result<Picture>> {
	if (bytes.byteLength > maxUploadBytes) return no('upload_too_large', { facts: { max: maxUploadBytes } });
	// Only these decoders are ever reached: not SVG, PDF, TIFF or what else the library can read.
	const type = pictureType(bytes);
	if (!type) return no('upload_not_an_image');

	let detailPixels: Pixels;
	let thumbPixels: Pixels;
	try {
		const { width, height, format } = await sharp(bytes, { limitInputPixels: false }).metadata();
		if (format !== type || !width || !height) return no('upload_not_an_image');
		if (width * height > maxPixels)
			return no('upload_too_large', { facts: { megapixels: Math.ceil((width * height) / 1e6) } });
		detailPixels = await pixelsOf(
			sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
				.autoOrient()
				.resize({ width: detailEdge, height: detailEdge, fit: 'inside', withoutEnlargement: true })
		);
		thumbPixels = await pixelsOf(
			open(detailPixels).resize({ ...thumbBox, fit: 'cover', withoutEnlargement: true })
		);
	} catch {
		// The decoder gave up: the header promised a picture and the rest is none, or takes for ever.
		return no('upload_not_an_image');
	}

	const thumb = await encodeWithin(thumbPixels, maxThumbBytes);
	const detail = await encodeWithin(detailPixels, maxDetailBytes);
	return ok({
		sha256: sha256Of(bytes),
		bytes: bytes.byteLength,
		thumb: thumb.bytes,
		detail: detail.bytes,
		width: detail.width,
		height: detail.height
	});
}

type Pixels = {
	readonly data: Buffer;
	readonly info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
};

async function pixelsOf(image: Sharp): Promise<Pixels> {
	return image
		.flatten({ background: '#ffffff' })
		.toColourspace('srgb')
		.timeout({ seconds: secondsToDecode })
		.raw()
		.toBuffer({ resolveWithObject: true });
}

const open = ({ data, info }: Pixels): Sharp =>
	sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });

/** The best quality that fits; a picture that fits at none (noise, fine foliage) gets smaller instead. */
async function encodeWithin(
	pixels: Pixels,
	limit: number
): Promise<{ bytes: Uint8Array; width: number; height: number }> {
	for (let scale = 1; ; scale *= 0.75) {
		const width = Math.max(1, Math.round(pixels.info.width * scale));
		const smaller = scale === 1 ? pixels : await pixelsOf(open(pixels).resize({ width }));
		const encode = (quality: number) =>
			open(smaller).webp({ quality, effort: 4, smartSubsample: true }).toBuffer();
		const found = await bestWithin(limit, encode);
		if (found) return { bytes: found, width: smaller.info.width, height: smaller.info.height };
	}
}

async function bestWithin(
	limit: number,
	encode: (quality: number) => Promise<Buffer>
): Promise<Buffer | null> {
	const best = await encode(80);
	if (best.byteLength <= limit) return best;
	// The lowest is asked early: when even it is too large, the steps between need not be tried.
	const lowest = await encode(34);
	if (lowest.byteLength > limit) return null;
	for (const quality of [70, 58, 46]) {
		const bytes = await encode(quality);
		if (bytes.byteLength <= limit) return bytes;
	}
	return lowest;
}
