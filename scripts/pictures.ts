/**
 * Draws the demo pictures into src/lib/server/seed/pictures, always the same from the same glyphs, as the two
 * renditions the server keeps of an upload. Run with `npx tsx scripts/pictures.ts`; the result is committed, since
 * drawing and encoding them would take half a minute of every first start.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { renderPicture } from '../src/lib/server/files/picture.ts';
import { compositions } from './pictures/compositions.ts';

const maxBytes = 25_000;
const maxTotal = 2_000_000;
const folder = fileURLToPath(new URL('../src/lib/server/seed/pictures/', import.meta.url));

async function draw(): Promise<void> {
	mkdirSync(folder, { recursive: true });
	for (const name of readdirSync(folder)) rmSync(join(folder, name));

	let total = 0;
	for (const { id, svg } of compositions) {
		const drawn = await sharp(Buffer.from(svg)).png().toBuffer();
		const picture = await renderPicture(drawn);
		if (!picture.ok) throw new Error(`${id}: ${picture.refusal.code}`);
		const { detail, thumb } = picture.value;
		if (detail.length > maxBytes) throw new Error(`${id}: ${detail.length} bytes, at most ${maxBytes}`);
		total += detail.length + thumb.length;
		writeFileSync(join(folder, `${id}.webp`), detail);
		writeFileSync(join(folder, `${id}.thumb.webp`), thumb);
	}
	if (total > maxTotal) throw new Error(`${total} bytes in all, at most ${maxTotal}`);
	console.log(`${compositions.length} pictures, ${Math.round(total / 1000)} kB`);
}

await draw();
