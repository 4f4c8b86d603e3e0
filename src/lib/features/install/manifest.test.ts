import fs from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { paths } from '$lib/paths.ts';
import { sharedField, sharePath } from './shared-pictures.ts';

const root = path.resolve('static');
const picture = z.object({ src: z.string(), sizes: z.string(), type: z.string() });
const manifest = z
	.object({
		id: z.string(),
		start_url: z.string(),
		scope: z.string(),
		theme_color: z.string(),
		icons: z.array(picture.extend({ purpose: z.string() })),
		share_target: z.strictObject({
			action: z.string(),
			method: z.string(),
			enctype: z.string(),
			params: z.strictObject({
				files: z.array(z.strictObject({ name: z.string(), accept: z.array(z.string()) }))
			})
		}),
		screenshots: z.array(picture.extend({ form_factor: z.enum(['narrow', 'wide']), label: z.string() })),
		shortcuts: z.array(z.object({ name: z.string(), url: z.string(), icons: z.array(picture) }))
	})
	.parse(JSON.parse(fs.readFileSync(path.join(root, 'manifest.webmanifest'), 'utf8')));

const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap((s) => s.icons)];

test.each(pictures)('$src is what the manifest says it is', async ({ src, sizes, type }) => {
	const { format, width, height } = await sharp(path.join(root, src)).metadata();
	expect(`image/${format === 'svg' ? 'svg+xml' : format}`).toBe(type);
	if (sizes !== 'any') expect(`${width}x${height}`).toBe(sizes);
});

describe('the program can be installed', () => {
	test('with icons that fill a square and icons a system may cut', () => {
		const sizes = (purpose: string) =>
			manifest.icons.filter((icon) => icon.purpose === purpose).map((icon) => icon.sizes);
		expect(sizes('any')).toEqual(expect.arrayContaining(['192x192', '512x512']));
		expect(sizes('maskable')).toEqual(expect.arrayContaining(['192x192', '512x512']));
	});

	test('and opens where it works without a network', () => {
		expect([manifest.id, manifest.start_url, manifest.scope]).toEqual([paths.app(), paths.app(), '/']);
		expect(manifest.shortcuts.map((shortcut) => shortcut.url)).toEqual([
			paths.sellListing('new'),
			paths.orders()
		]);
	});

	test('sync 5: and is offered photos of other apps, in the form its worker reads', () => {
		expect(manifest.share_target).toEqual({
			action: sharePath,
			// Only a posted form of this kind carries files, and only a post is taken by the worker.
			method: 'POST',
			enctype: 'multipart/form-data',
			params: { files: [{ name: sharedField, accept: ['image/*'] }] }
		});
		// An address of the app, so that it stays inside the installed window.
		expect(sharePath.startsWith(`${paths.app()}/`)).toBe(true);
	});

	test('and shows itself on phones and desks', () => {
		expect(new Set(manifest.screenshots.map((shot) => shot.form_factor))).toEqual(
			new Set(['narrow', 'wide'])
		);
	});
});

test('a maskable icon keeps its letter inside the circle every system leaves', async () => {
	const size = 512;
	const { data, info } = await sharp(path.join(root, 'icons/maskable-512.png'))
		.flatten({ background: '#0c6b58' })
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	let farthest = 0;
	for (let y = 0; y < size; y++)
		for (let x = 0; x < size; x++)
			if ((data[(y * size + x) * info.channels] ?? 0) > 128)
				farthest = Math.max(farthest, Math.hypot(x - size / 2, y - size / 2));
	expect(farthest).toBeGreaterThan(size * 0.15);
	expect(farthest).toBeLessThan(size * 0.4);
});
