import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { ShrunkPhoto } from './photos.ts';

const longestSide = 1600;
const thumbSide = 320;
const quality = 0.8;

/**
 * Makes a camera picture small enough for a slow network, upright and without its EXIF (place and time stay
 * with the person). What the browser cannot read as a picture is refused here already.
 */
export async function shrinkPhoto(file: Blob): Promise<Result<ShrunkPhoto>> {
	const bitmap = await opened(file);
	if (!bitmap || bitmap.width === 0 || bitmap.height === 0) return no('upload_not_an_image');
	try {
		const picture = await draw(bitmap, longestSide);
		const thumb = await draw(bitmap, thumbSide);
		return ok({
			bytes: await picture.arrayBuffer(),
			type: picture.type,
			thumb: await thumb.arrayBuffer()
		});
	} finally {
		bitmap.close();
	}
}

/** Fifty million pixels are 200 MB, more than a cheap phone gives: then the decoder makes it small while it reads. */
const opened = (file: Blob): Promise<ImageBitmap | null> =>
	createImageBitmap(file, { imageOrientation: 'from-image' })
		.catch(() => createImageBitmap(file, { imageOrientation: 'from-image', resizeWidth: longestSide }))
		.catch(() => null);

async function draw(bitmap: ImageBitmap, side: number): Promise<Blob> {
	const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
	const width = Math.max(1, Math.round(bitmap.width * scale));
	const height = Math.max(1, Math.round(bitmap.height * scale));
	// JPEG and not WebP: every browser can write it.
	if (typeof OffscreenCanvas !== 'undefined') {
		const canvas = new OffscreenCanvas(width, height);
		paint(canvas.getContext('2d'), bitmap, width, height);
		return canvas.convertToBlob({ type: 'image/jpeg', quality });
	}
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	paint(canvas.getContext('2d'), bitmap, width, height);
	return new Promise((resolve, reject) =>
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))),
			'image/jpeg',
			quality
		)
	);
}

function paint(
	context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null,
	bitmap: ImageBitmap,
	width: number,
	height: number
): void {
	if (!context) throw new Error('no 2d canvas');
	// A transparent picture would turn black as JPEG.
	context.fillStyle = '#ffffff';
	context.fillRect(0, 0, width, height);
	context.drawImage(bitmap, 0, 0, width, height);
}
