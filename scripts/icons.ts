import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { icons, type IconName } from '../src/lib/ui/icons.ts';

/** Draws every icon of the installed program from one mark. Run it after changing the mark: `npx tsx scripts/icons.ts`. */

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'static', 'icons');
const leaf = '#0c6b58';
const paper = '#ffffff';

/** The S of the sign, as one stroke on a 512 px square. */
const letter =
	'M331 193c-12-36-42-55-77-55-45 0-77 24-77 60 0 79 162 37 162 122 0 36-33 61-80 61-43 0-75-22-86-60';

const square = (inside: string, corner: number): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="${corner}" fill="${leaf}"/>${inside}</svg>\n`;

const stroke = (d: string, width: number, transform = ''): string =>
	`<path d="${d}" fill="none" stroke="${paper}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${transform && ` transform="${transform}"`}/>`;

/** The mark on its rounded square, as people see it in the program. */
const mark = square(stroke(letter, 52), 116);
/** Edge to edge, the letter within the inner circle: each system cuts its own shape out of it. */
const maskable = square(stroke(letter, 52, 'translate(256 256) scale(.82) translate(-256 -256)'), 0);
/** What a shortcut does, in the icons of the screens themselves. */
const shortcut = (name: IconName): string =>
	square(stroke(icons[name], 1.9, 'translate(112 112) scale(12)'), 256);

const png = async (name: string, svg: string, size: number): Promise<void> => {
	const bytes = await sharp(Buffer.from(svg), { density: 300 })
		.resize(size, size)
		.png({ compressionLevel: 9, palette: true, quality: 90 })
		.toBuffer();
	await fs.writeFile(path.join(folder, name), bytes);
};

await fs.mkdir(folder, { recursive: true });
await fs.writeFile(path.join(folder, 'icon.svg'), mark);
await png('icon-180.png', maskable, 180);
await png('icon-192.png', mark, 192);
await png('icon-512.png', mark, 512);
await png('maskable-192.png', maskable, 192);
await png('maskable-512.png', maskable, 512);
await png('shortcut-sell.png', shortcut('plus'), 96);
await png('shortcut-orders.png', shortcut('bag'), 96);
