import { crc32, deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { maxUploadBytes } from '../picture.ts';

const text = (value: string): Buffer => Buffer.from(value);
const jpegMagic = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]);
const jfif = Buffer.concat([jpegMagic, text('JFIF\0'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 0, 0])]);
const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';

function chunk(type: string, body: Uint8Array): Buffer {
	const out = Buffer.alloc(body.length + 12);
	out.writeUInt32BE(body.length, 0);
	out.write(type, 4, 'latin1');
	out.set(body, 8);
	out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
	return out;
}

/** A PNG with this header and these compressed pixels, whether they agree or not. */
export function png(
	width: number,
	height: number,
	depth: number,
	colour: number,
	pixels: Uint8Array
): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([depth, colour, 0, 0, 0], 8);
	return Buffer.concat([
		pngMagic,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(pixels, { level: 9 })),
		chunk('IEND', new Uint8Array())
	]);
}

/** A JPEG whose frame header names this size. */
function jpegOfSize(jpeg: Buffer, width: number, height: number): Buffer {
	const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
	const changed = Buffer.from(jpeg);
	changed.writeUInt16BE(height, at + 5);
	changed.writeUInt16BE(width, at + 7);
	return changed;
}

function boxOf(brand: string): Buffer {
	const box = Buffer.alloc(24);
	box.writeUInt32BE(24, 0);
	box.write(`ftyp${brand}\0\0\0\0${brand}mif1`, 4, 'latin1');
	return Buffer.concat([box, Buffer.alloc(200, 7)]);
}

/** Files that are no picture we take, each by the trick it plays. None may be stored. */
export async function hostilePictures(): Promise<Record<string, Buffer>> {
	const photo = sharp({
		create: {
			width: 640,
			height: 480,
			channels: 3,
			background: '#8a6',
			noise: { type: 'gaussian', mean: 120, sigma: 40 }
		}
	});
	const jpeg = await photo.clone().jpeg().toBuffer();
	const pngPhoto = await photo.clone().png().toBuffer();
	const webp = await photo.clone().webp().toBuffer();
	const avif = await photo.clone().avif({ effort: 0 }).toBuffer();
	const gif = await photo.clone().gif().toBuffer();
	const tiff = await photo.clone().tiff().toBuffer();
	const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
	const flipped = (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i > 15 ? byte ^ 0x5a : byte)));

	return {
		'zero bytes': Buffer.alloc(0),
		'one byte': Buffer.from([0xff]),
		'a megabyte of zeros': Buffer.alloc(1_000_000),
		'more than twelve megabytes': Buffer.concat([jpeg, Buffer.alloc(maxUploadBytes)]),
		'an SVG with a script': text(svg),
		'an SVG with entities that multiply': text(
			`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${svg}`
		),
		'an SVG that reads a file': text(
			'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&f;</text></svg>'
		),
		'a compressed SVG': gzipSync(svg),
		'an SVG in UTF-16': Buffer.from(`\ufeff${svg}`, 'utf16le'),
		'HTML named as a picture': text('<!doctype html><script>fetch("/api/session")</script>'),
		'HTML behind the first bytes of a JPEG': Buffer.concat([jfif, text('<script>alert(1)</script>')]),
		'PHP behind the first bytes of a JPEG': Buffer.concat([jfif, text('<?php system($_GET[0]); ?>')]),
		'a script that begins as a GIF': text('GIF89a/*\0\0*/=1;alert(1)//'),
		'a real GIF': gif,
		'a TIFF': tiff,
		'a BMP': Buffer.concat([text('BM'), Buffer.alloc(120, 1)]),
		'a PDF': text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>'),
		'a ZIP': Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(100)]),
		'a program': Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46]), Buffer.alloc(400, 3)]),
		'an HEIC the decoder has no codec for': boxOf('heic'),
		'a film': boxOf('isom'),
		'an AVIF that is only its first box': boxOf('avif'),
		'a JPEG that ends at once': Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
		'half a JPEG': half(jpeg),
		'half a PNG': half(pngPhoto),
		'half a WebP': half(webp),
		'half an AVIF': half(avif),
		'a PNG of noise behind its header': flipped(pngPhoto),
		'a WebP of noise behind its header': flipped(webp),
		'a PNG of no size': png(0, 0, 8, 2, Buffer.alloc(10)),
		'a PNG whose pixels are missing': png(640, 480, 8, 2, Buffer.alloc(0)),
		'a PNG of 400 million pixels in 50 KB': png(20_000, 20_000, 1, 0, Buffer.alloc(2501 * 20_000)),
		'a PNG that claims four billion pixels': png(65_000, 65_000, 8, 6, Buffer.alloc(1000)),
		'a JPEG that claims four billion pixels': jpegOfSize(jpeg, 65_000, 65_000),
		'a JPEG of 41 million pixels': await sharp({
			create: { width: 6400, height: 6420, channels: 3, background: '#fff' }
		})
			.jpeg()
			.toBuffer()
	};
}
