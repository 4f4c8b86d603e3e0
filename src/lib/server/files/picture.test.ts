import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { maxDetailBytes, maxThumbBytes, renderPicture, sha256Of, type Picture } from './picture.ts';
import { hostilePictures } from './testing/hostile-pictures.ts';

// Decoding is honest work, and two cores are shared by everything that is tested.
vi.setConfig({ testTimeout: 120_000 });

const blank = (width: number, height: number, background = '#8a6') =>
	sharp({ create: { width, height, channels: 3, background } });

/** The worst a photo can be to compress: every pixel its own colour. */
const noise = (width: number, height: number) =>
	sharp({
		create: {
			width,
			height,
			channels: 3,
			background: '#888',
			noise: { type: 'gaussian', mean: 128, sigma: 80 }
		}
	});

async function rendered(bytes: Uint8Array): Promise<Picture> {
	const picture = await renderPicture(bytes);
	if (!picture.ok) throw new Error(picture.refusal.code);
	return picture.value;
}

describe('renditions', () => {
	test.each([
		['JPEG', () => noise(600, 450).jpeg()],
		['PNG', () => noise(600, 450).png()],
		['WebP', () => noise(600, 450).webp()],
		['AVIF', () => noise(600, 450).avif({ effort: 0 })],
		['grey JPEG', () => noise(600, 450).greyscale().jpeg()],
		['CMYK JPEG', () => noise(600, 450).toColourspace('cmyk').jpeg()],
		['transparent 16-bit PNG', () => noise(600, 400).ensureAlpha(0.4).toColourspace('rgb16').png()],
		['single pixel', () => blank(1, 1).png()],
		['long thin line', () => blank(8000, 2).png()]
	])('sync 5: %s: becomes two small WebP pictures', async (_, make) => {
		const picture = await rendered(await make().toBuffer());
		expect(picture.thumb.byteLength).toBeLessThanOrEqual(maxThumbBytes);
		expect(picture.detail.byteLength).toBeLessThanOrEqual(maxDetailBytes);
		for (const bytes of [picture.thumb, picture.detail])
			expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', channels: 3 });
		expect(await sharp(picture.detail).metadata()).toMatchObject({
			width: picture.width,
			height: picture.height
		});
	});

	test('sync 5: a picture keeps its name, whatever becomes of its bytes', async () => {
		const bytes = await blank(300, 200).jpeg().toBuffer();
		expect((await rendered(bytes)).sha256).toBe(sha256Of(bytes));
	});

	test('sync 5: a thumbnail is 320 × 240 and a detail at most 1280 wide', async () => {
		const picture = await rendered(await blank(4000, 3000).jpeg().toBuffer());
		expect(picture).toMatchObject({ width: 1280, height: 960 });
		expect(await sharp(picture.thumb).metadata()).toMatchObject({ width: 320, height: 240 });
	});

	test('sync 5: where a photo was taken, by whom and with what, is not in what is stored', async () => {
		const bytes = await blank(600, 400)
			.withExif({
				IFD0: { Make: 'Máy bà Tư', Copyright: 'Nguyễn Thị Tư', ImageDescription: 'vườn nhà' },
				IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '10/1 21/1 0/1', GPSLongitude: '106/1 20/1 0/1' }
			})
			.withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>')
			.withIccProfile('p3')
			.jpeg()
			.toBuffer();
		expect(await sharp(bytes).metadata()).toMatchObject({
			exif: expect.any(Buffer),
			xmp: expect.any(Buffer)
		});

		const picture = await rendered(bytes);
		for (const kept of [picture.thumb, picture.detail]) {
			const { exif, xmp, icc, iptc } = await sharp(kept).metadata();
			expect({ exif, xmp, icc, iptc }).toEqual({
				exif: undefined,
				xmp: undefined,
				icc: undefined,
				iptc: undefined
			});
			expect(Buffer.from(kept).includes('GPS')).toBe(false);
			expect(Buffer.from(kept).includes('bà Tư')).toBe(false);
		}
	});

	test('sync 5: a photo held sideways is stored upright', async () => {
		const sideways = await blank(600, 300).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		expect(await rendered(sideways)).toMatchObject({ width: 300, height: 600 });
	});

	test.each(['<script>alert(1)</script>', 'PK\u0003\u0004 a second file', '%PDF-1.7 another'])(
		'sync 5: what hides behind a picture is not in what is stored: %s',
		async (hidden) => {
			const bytes = Buffer.concat([await blank(600, 400).jpeg().toBuffer(), Buffer.from(hidden)]);
			const picture = await rendered(bytes);
			expect(Buffer.from(picture.detail).includes(hidden)).toBe(false);
			expect(Buffer.from(picture.thumb).includes(hidden)).toBe(false);
		}
	);
});

test('sync 5: hostile files are refused, all at once, in bounded memory', async () => {
	const hostile = Object.entries(await hostilePictures());
	expect(hostile.length).toBeGreaterThanOrEqual(30);
	let most = 0;
	const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
	const answers = await Promise.all(
		hostile.map(async ([name, bytes]) => {
			const answer = await renderPicture(bytes);
			return [name, answer.ok ? 'stored' : answer.refusal.code];
		})
	);
	clearInterval(watch);
	const tooLarge = [
		'more than twelve megabytes',
		'a PNG of 400 million pixels in 50 KB',
		'a PNG that claims four billion pixels',
		'a JPEG that claims four billion pixels',
		'a JPEG of 41 million pixels'
	];
	const expected = hostile.map(([name]) => [
		name,
		tooLarge.includes(name) ? 'upload_too_large' : 'upload_not_an_image'
	]);
	expect(answers).toEqual(expected);
	expect(most).toBeLessThan(512 * 1024 * 1024);
});
