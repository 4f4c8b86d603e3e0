/**
 * Draws the demo pictures into src/lib/server/seed/pictures, always the same from the same glyphs.
 * Run with `npx tsx scripts/pictures.ts`; the result is committed, so that a seed needs no drawing.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { compositions } from './pictures/compositions.ts';

const maxBytes = 25_000;
const maxTotal = 2_000_000;
const folder = fileURLToPath(new URL('../src/lib/server/seed/pictures/', import.meta.url));

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) rmSync(join(folder, name));

let total = 0;
for (const { id, svg } of compositions) {
	const picture = await sharp(Buffer.from(svg)).webp({ quality: 82, effort: 6 }).toBuffer();
	if (picture.length > maxBytes) throw new Error(`${id}: ${picture.length} bytes, at most ${maxBytes}`);
	total += picture.length;
	writeFileSync(join(folder, `${id}.webp`), picture);
}
if (total > maxTotal) throw new Error(`${total} bytes in all, at most ${maxTotal}`);
console.log(`${compositions.length} pictures, ${Math.round(total / 1000)} kB`);
