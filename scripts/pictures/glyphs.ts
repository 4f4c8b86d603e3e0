import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** Read at run time: as a typed import its 11 MB would slow every type check. */
const icons = z
	.object({ icons: z.record(z.string(), z.object({ body: z.string() })) })
	.parse(
		JSON.parse(
			readFileSync(
				createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji-flat/icons.json'),
				'utf8'
			)
		)
	).icons;

/** SVG of things of the delta that no emoji shows, drawn in a 32×32 box in the flat manner of the others. */
const drawn: Readonly<Record<string, string>> = {
	durian: `<path d="M15 2h3l-.4 5h-2.2z" fill="#7a5a3a"/>${spikyBall(16, 18, 11, 11.5, '#7f9a3c', '#a7bd58')}`,
	'durian-open': `${spikyBall(16, 17, 13, 11, '#7f9a3c', '#94ad4b')}<ellipse cx="16" cy="17" rx="10.4" ry="8.4" fill="#f4efd2"/>
		<path d="M8 17c0-4 2.6-6.4 4.6-6.4 2.4 0 2.8 3 2.8 6.4s-.4 6.4-2.8 6.4C10.600 23.400 8 21 8 17z" fill="#f7c83c"/>
		<path d="M24 17c0-4-2.600-6.400-4.600-6.400-2.400 0-2.800 3-2.800 6.400s.4 6.400 2.800 6.400c2 0 4.600-2.400 4.600-6.400z" fill="#f2b82a"/>
		<path d="M10.500 14c.6-1 1.400-1.500 2.200-1.500M20 12.500c.8.1 1.600.6 2 1.500" stroke="#fde28a" stroke-width="1" stroke-linecap="round" fill="none"/>`,
	'dragon-fruit': `<path d="M16 5c6 0 10 5 10 11.500S21.500 29 16 29 6 23 6 16.500 10 5 16 5z" fill="#d8306f"/>
		${[
			[16, 1, 13, 9, 19, 9],
			[8, 3, 10, 11, 14, 7],
			[24, 3, 18, 7, 22, 11],
			[3, 11, 7, 18, 10, 12],
			[29, 11, 22, 12, 25, 18],
			[4, 21, 8, 25, 11, 19],
			[28, 21, 21, 19, 24, 25],
			[16, 12, 12, 19, 20, 19]
		]
			.map(([a, b, c, d, e, f]) => `<path d="M${a} ${b}L${c} ${d}L${e} ${f}z" fill="#7dbb4b"/>`)
			.join(
				''
			)}<path d="M10 13c-1.500 3-1.500 7 .5 10" stroke="#f06a9b" stroke-width="1.400" stroke-linecap="round" fill="none"/>`,
	'dragon-fruit-cut': `<path d="M3 6l5 2-2 4zM29 6l-5 2 2 4zM2 24l6-1-2-4zM30 24l-6-1 2-4z" fill="#7dbb4b"/><circle cx="16" cy="16" r="12.500" fill="#d8306f"/><circle cx="16" cy="16" r="10" fill="#fbf7f4"/>
		${dots(16, 16, 8, 34, 0.52, '#2f2a2c')}`,
	'dragon-fruit-red-cut': `<path d="M3 6l5 2-2 4zM29 6l-5 2 2 4zM2 24l6-1-2-4zM30 24l-6-1 2-4z" fill="#7dbb4b"/><circle cx="16" cy="16" r="12.500" fill="#d8306f"/><circle cx="16" cy="16" r="10" fill="#b3175a"/>
		${dots(16, 16, 8, 34, 0.52, '#2a0d1c')}`,
	'star-apple': `<path d="M16 2c1 2 .6 4 0 5.400" stroke="#6f5138" stroke-width="1.600" stroke-linecap="round" fill="none"/><circle cx="16" cy="18" r="11.500" fill="#b9c58a"/>
		<path d="M16 6.500a11.500 11.500 0 0 1 0 23c5-2 7.500-6 7.500-11.500S21 8.500 16 6.500z" fill="#a07a9c" opacity=".75"/><path d="M16 6l3 2.200L16 9.600l-3-1.400z" fill="#6e8b45"/>
		<path d="M9 13.500c1-2 2.600-3.300 4.500-4" stroke="#e3eac6" stroke-width="1.500" stroke-linecap="round" fill="none"/>`,
	'star-apple-cut': `<circle cx="16" cy="16" r="12.500" fill="#9aa86c"/><circle cx="16" cy="16" r="11" fill="#c9b2cb"/><circle cx="16" cy="16" r="8.600" fill="#f7f2f4"/>
		${petals(16, 16, 8, 3.1, 1.15, 4.1, '#3d2a26')}<circle cx="16" cy="16" r="1.500" fill="#e9dbe7"/>`,
	pomelo: `<path d="M16.500 6c.5-2.200 2-3.600 4.500-4-.4 2.400-1.800 3.900-4.500 4z" fill="#3f8f45"/><path d="M16 5.500c3 0 4.500 2 6.500 4.500 2.600 2.500 4.500 5 4.500 8.700C27 25 22 29.500 16 29.500S5 25 5 18.700c0-3.700 1.900-6.200 4.500-8.700 2-2.500 3.500-4.500 6.500-4.500z" fill="#9dbb4c"/>
		<path d="M9.500 14.500c.8-2 2-3.300 3.500-4.200" stroke="#c9dc8c" stroke-width="1.800" stroke-linecap="round" fill="none"/>${dots(18, 20, 7, 16, 0.34, '#7d9a35')}`,
	'pomelo-cut': `<circle cx="16" cy="16" r="13" fill="#9dbb4c"/><circle cx="16" cy="16" r="11.600" fill="#f6f0dc"/>${wedges(16, 16, 9.4, 9, '#e8828a')}`,
	rambutan: `${hairs(16, 17, 10, 14, 40, '#6f9d3a')}${hairs(16, 17, 8.5, 12.4, 34, '#e2553d')}<circle cx="16" cy="17" r="9.600" fill="#d13a30"/><path d="M10.500 14c.9-2.200 2.600-3.600 4.700-4" stroke="#f08a73" stroke-width="1.500" stroke-linecap="round" fill="none"/>`,
	longan: `<path d="M16 2v8M16 6l-6 5M16 6l6 5M16 9l0 10M11 10l-3 8M21 10l3 8" stroke="#7a5a3a" stroke-width="1.200" fill="none" stroke-linecap="round"/>
		${[
			[9, 14],
			[16, 13],
			[23, 14],
			[6.5, 20],
			[13, 20],
			[19.5, 20],
			[25.5, 20],
			[10, 26],
			[16.5, 26],
			[22.5, 26]
		]
			.map(
				([x, y]) =>
					`<circle cx="${x}" cy="${y}" r="3.700" fill="#c99a5b"/><circle cx="${(x ?? 0) - 1.1}" cy="${(y ?? 0) - 1.2}" r=".9" fill="#e3c08c"/>`
			)
			.join('')}`,
	jackfruit: `<path d="M15 1.500h2.400l-.3 4.500h-1.800z" fill="#7a5a3a"/><ellipse cx="16" cy="18" rx="10.500" ry="12.500" fill="#a8a63c"/>${dots(16, 18, 9.4, 60, 0.62, '#8a8a2c')}<path d="M9 14c.7-2.600 2-4.500 3.800-5.700" stroke="#cdcb6d" stroke-width="1.500" stroke-linecap="round" fill="none"/>`,
	'rose-apple': `<path d="M16 3.500v4" stroke="#6f5138" stroke-width="1.500" stroke-linecap="round"/><path d="M16 6c3 0 4 2.500 5.500 6 1.700 4 4.500 7 4.500 11 0 4-4.500 6-10 6S6 27 6 23c0-4 2.800-7 4.500-11C12 8.500 13 6 16 6z" fill="#c8383f"/>
		<path d="M10 27.500c1.500-1.800 3.500-2.500 6-2.500s4.500.7 6 2.500c-1.600.9-3.700 1.500-6 1.500s-4.400-.6-6-1.500z" fill="#8f2430"/><path d="M11.500 14c-1.300 2.600-2.700 4.600-3 7" stroke="#ea7d79" stroke-width="1.600" stroke-linecap="round" fill="none"/>`,
	guava: `<path d="M16 6.500c.3-2.200 1.800-3.700 4.500-4-.3 2.500-1.800 4-4.500 4z" fill="#3f8f45"/><path d="M16 6c4 0 6 2.500 8 6s3 6 2.400 9.400C25.600 26.500 21.500 29.500 16 29.500S6.400 26.500 5.600 21.400C5 18 6 15.500 8 12s4-6 8-6z" fill="#a9cf72"/>
		<path d="M14 29.300l2-2 2 2z" fill="#6d8f3d"/><path d="M9.500 16c1-2.800 2.500-4.700 4.500-5.700" stroke="#d3e9ac" stroke-width="1.700" stroke-linecap="round" fill="none"/>`,
	'sauce-bottle': `<rect x="13.500" y="1.500" width="5" height="4.500" rx="1" fill="#c23b30"/><path d="M13.800 6h4.400v3.500c0 1.500 3.300 2.500 3.300 6V28a2.500 2.500 0 0 1-2.500 2.500h-6A2.500 2.500 0 0 1 10.500 28V15.500c0-3.500 3.300-4.500 3.300-6z" fill="#a04f1e"/>
		<path d="M10.500 17h11v9h-11z" fill="#f6e7c6"/><path d="M12 20.500c1.500-1.600 4.500-1.800 6.500 0l1.800-1.300v3.600l-1.800-1.300c-2 1.800-5 1.600-6.500-1z" fill="#c23b30"/><path d="M12.200 12.800v2.700" stroke="#d08a4f" stroke-width="1.200" stroke-linecap="round"/>`,
	'wine-jar': `<path d="M12 3h8v3h-8z" fill="#b5302a"/><path d="M11 6h10l-.8 2.800c3.800 1.700 6.300 5 6.300 9.700 0 6-4.500 11-10.500 11S5.500 24.500 5.500 18.500c0-4.700 2.500-8 6.300-9.700z" fill="#8d5a37"/><path d="M6 15.500h20v7H6z" fill="#f1dfbd"/><circle cx="16" cy="19" r="2.600" fill="#b5302a"/>`,
	'rice-bag': `<path d="M9 4c2.500 1.200 11.500 1.200 14 0l-1.500 4c3.500 3 5 8 5 13 0 6-3 8.500-10.500 8.500S5.500 27 5.500 21c0-5 1.500-10 5-13z" fill="#ead9b0"/><path d="M9.800 7.600c4 1 8.400 1 12.400 0" stroke="#b98d4d" stroke-width="1.500" fill="none" stroke-linecap="round"/>
		<rect x="9.500" y="14" width="13" height="10.500" rx="1.500" fill="#2f7d4f"/><path d="M16 23v-6.500M16 18c-1.800 0-2.800-.9-3-2.400 1.800 0 2.800.9 3 2.400zm0 0c1.800 0 2.800-.9 3-2.400-1.800 0-2.800.9-3 2.400zm0 2.800c-1.800 0-2.800-.9-3-2.400 1.800 0 2.800.9 3 2.400zm0 0c1.800 0 2.800-.9 3-2.400-1.800 0-2.800.9-3 2.400z" fill="#f6d774" stroke="#f6d774" stroke-width=".5"/>`,
	'paper-pouch': `<path d="M8 3.500h16l1.500 25a1.500 1.500 0 0 1-1.500 1.500H8a1.500 1.500 0 0 1-1.500-1.500z" fill="#c99e6a"/><path d="M8 3.500h16l.3 4.500H7.700z" fill="#b3854f"/><rect x="10" y="12.500" width="12" height="12" rx="2" fill="#fbf3e2"/><path d="M16 15c2.800 1 3.800 3.200 2.600 6.500-3.300-.5-4.500-2.800-2.600-6.500z" fill="#5c9a48"/><path d="M16 15c-2.600 1.200-3.500 3.300-2.500 6 2.800-.4 3.900-2.600 2.500-6z" fill="#7fb566"/>`,
	'sleeping-mat': `<path d="M8 9h19v16H8z" fill="#e9d9a2"/>${[0, 1, 2, 3, 4]
		.map(
			(i) =>
				`<path d="M${11 + i * 3.4} 9h1.500v16h-1.500z" fill="${['#c0392b', '#2e7d4f', '#7a3b8c', '#c0392b', '#2e7d4f'][i]}"/>`
		)
		.join(
			''
		)}<ellipse cx="8" cy="17" rx="3.600" ry="8" fill="#d8c583"/><path d="M8 11.500c1.600 0 2.300 2.500 2.300 5.500s-.7 5-2 5-1.600-2-1.600-4.500.5-3.500 1.300-3.500.9 1.500.9 3" stroke="#a78b45" stroke-width=".9" fill="none"/><path d="M27 9c1.600 0 2.500 3.600 2.500 8s-.9 8-2.500 8z" fill="#cdb871"/>`,
	'altar-cabinet': `<path d="M3 6h26v3H3z" fill="#7b3f22"/><path d="M5 9h22v17H5z" fill="#93502c"/><path d="M5 26h3v4H5zm19 0h3v4h-3z" fill="#6a3419"/>${[
		0, 1, 2
	]
		.map(
			(i) =>
				`<rect x="${6.5 + i * 6.6}" y="11" width="5.800" height="13" rx=".6" fill="#6a3419"/><path d="M${9.4 + i * 6.6} 13.500l1.500 2-1.500 2-1.500-2zM${9.4 + i * 6.6} 18.500c1.300.5 1.600 1.600 1 3-1.300-.2-1.900-1.300-1-3z" fill="#e8e3d2"/>`
		)
		.join('')}`,
	'dried-fish': `<path d="M27 5l-6 5c-5-1-11 1-14.500 5.500C4 18.500 3.500 21 4 26c5 .5 7.500-.5 10.500-3 4.500-3.500 6.500-9.500 5.500-14.500z" fill="#b98a55"/><path d="M27 5l3 1-3.500 4L21 10z" fill="#96683a"/><path d="M7 23L20 10.500M10.500 15l1 4.500M14 12l1.500 4.500M8 19l4.500 1.500M12.500 16.500L17 18" stroke="#8a5f34" stroke-width=".9" stroke-linecap="round" fill="none"/><circle cx="7" cy="21" r="1" fill="#3c2a1a"/>`,
	'lotus-pod': `<path d="M15 19h2.500l.5 12h-3.500z" fill="#6f8f3f"/><path d="M4 12c0 6 5 10 12 10s12-4 12-10z" fill="#7fa650"/><ellipse cx="16" cy="12" rx="12" ry="6.500" fill="#a4c573"/>${[
		[16, 12],
		[10.5, 11],
		[21.5, 11],
		[13, 15],
		[19, 15],
		[16, 8.4],
		[7.4, 13],
		[24.6, 13]
	]
		.map(
			([x, y]) =>
				`<ellipse cx="${x}" cy="${y}" rx="1.900" ry="1.350" fill="#5f7f35"/><ellipse cx="${x}" cy="${y}" rx="1.200" ry=".8" fill="#d9e8b2"/>`
		)
		.join('')}`,
	clam: `${shell(16, 28, 1, '#d9c3a2', '#a98d67')}`,
	'rice-paper': `${[0, 1, 2, 3].map((i) => `<ellipse cx="16" cy="${24 - i * 3}" rx="13" ry="5" fill="${i % 2 ? '#fbf6e8' : '#e6dcc2'}"/>`).join('')}<ellipse cx="16" cy="14.500" rx="13" ry="5" fill="#fdfaf0"/>${dots(16, 14.5, 4.4, 14, 0.4, '#6b5a3c')}`,
	'leaf-parcel': `<path d="M6 8h20v17a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2z" fill="#3f8a46"/><path d="M6 8l10 5 10-5-2-3H8z" fill="#56a65a"/><path d="M15 8h2v19h-2zM6 16.500h20v2H6z" fill="#e6d6a3"/><path d="M16 16c-2-3-5-3-5-1s3 2 5 1zm0 0c2-3 5-3 5-1s-3 2-5 1z" fill="#e6d6a3"/>`,
	noodles: `<path d="M5 9h22v4H5z" fill="#fbf4e2"/>${[0, 1, 2, 3, 4, 5, 6]
		.map(
			(i) =>
				`<path d="M${6 + i * 3.3} 12c-1.500 4 1.500 6 0 10s1.500 5 0 7" stroke="${i % 2 ? '#efe2c2' : '#fbf4e2'}" stroke-width="2.600" fill="none" stroke-linecap="round"/>`
		)
		.join('')}<path d="M4 8.500h24v3H4z" fill="#c23b30"/>`,
	'cut-coconut': `<path d="M16 4c7 0 12 5 12 12 0 8-5 13-12 13S4 24 4 16C4 9 9 4 16 4z" fill="#7da746"/><ellipse cx="16" cy="9.500" rx="8.500" ry="4.500" fill="#efe7cf"/><ellipse cx="16" cy="9.500" rx="6" ry="2.900" fill="#cfe3e3"/><path d="M18 9l5-8" stroke="#d8594a" stroke-width="1.500" stroke-linecap="round"/><path d="M7.500 17c0 4 1.600 7 4 8.600" stroke="#a5c873" stroke-width="1.600" stroke-linecap="round" fill="none"/>`,
	'salinity-meter': `<rect x="10" y="2" width="12" height="18" rx="3" fill="#2f6f8f"/><rect x="12" y="4.500" width="8" height="5.500" rx="1" fill="#d9efe3"/><path d="M13.500 8.500h1.200V6.200h-1.200zM16 8.500h2.500" stroke="#22505f" stroke-width=".9" fill="none"/><circle cx="16" cy="14.500" r="2" fill="#f2b23c"/><path d="M14.500 20h3v6h-3z" fill="#b8c4c8"/><path d="M3 26c2.200-1.800 4.300-1.800 6.500 0s4.300 1.800 6.500 0 4.300-1.800 6.500 0 4.300 1.800 6.500 0v5H3z" fill="#6fb0d6"/>`
};

/** The inner SVG of a glyph in its 32×32 box. */
export function glyph(name: string): string {
	const own = drawn[name];
	if (own !== undefined) return own;
	const found = icons[name];
	if (!found) throw new Error(`No glyph "${name}"`);
	return found.body;
}

function around(count: number, place: (angle: number, i: number) => string): string {
	return Array.from({ length: count }, (_, i) => place((i / count) * Math.PI * 2, i)).join('');
}

function spikyBall(x: number, y: number, rx: number, ry: number, dark: string, light: string): string {
	const points = Array.from({ length: 48 }, (_, i) => {
		const a = (i / 48) * Math.PI * 2;
		const k = i % 2 === 0 ? 1.1 : 0.96;
		return `${(x + Math.cos(a) * rx * k).toFixed(2)},${(y + Math.sin(a) * ry * k).toFixed(2)}`;
	});
	const spikes = [0.82, 0.52, 0.2].flatMap((ring, r) =>
		Array.from({ length: [16, 10, 4][r] ?? 0 }, (_, i) => {
			const a = ((i + (r % 2) / 2) / ([16, 10, 4][r] ?? 1)) * Math.PI * 2;
			const cx = x + Math.cos(a) * rx * ring;
			const cy = y + Math.sin(a) * ry * ring;
			return `<path d="M${(cx - 1.1).toFixed(2)} ${(cy + 0.9).toFixed(2)}l1.1-2.200 1.100 2.200z" fill="${light}"/>`;
		})
	);
	return `<polygon points="${points.join(' ')}" fill="${dark}"/>${spikes.join('')}`;
}

/** Seeds or pores on a sunflower spiral: even, and the same every time. */
function dots(x: number, y: number, radius: number, count: number, size: number, colour: string): string {
	return around(count, (_, i) => {
		const r = radius * Math.sqrt((i + 0.5) / count);
		const a = i * 2.39996;
		return `<circle cx="${(x + Math.cos(a) * r).toFixed(2)}" cy="${(y + Math.sin(a) * r).toFixed(2)}" r="${size}" fill="${colour}"/>`;
	});
}

function petals(x: number, y: number, n: number, rx: number, ry: number, at: number, colour: string): string {
	return around(n, (a) => {
		const deg = (a * 180) / Math.PI;
		return `<ellipse cx="${x + at}" cy="${y}" rx="${rx * 0.62}" ry="${ry}" fill="${colour}" transform="rotate(${deg.toFixed(1)} ${x} ${y})"/>`;
	});
}

function wedges(x: number, y: number, radius: number, n: number, colour: string): string {
	return around(n, (a) => {
		const w = (Math.PI / n) * 0.84;
		const p = (angle: number, r: number) =>
			`${(x + Math.cos(angle) * r).toFixed(2)} ${(y + Math.sin(angle) * r).toFixed(2)}`;
		return `<path d="M${p(a, 1.4)}L${p(a - w, radius)}A${radius} ${radius} 0 0 1 ${p(a + w, radius)}z" fill="${colour}"/>`;
	});
}

function hairs(x: number, y: number, from: number, to: number, n: number, colour: string): string {
	return around(n, (a, i) => {
		const bend = a + (i % 2 ? 0.12 : -0.1);
		return `<path d="M${(x + Math.cos(a) * from * 0.8).toFixed(2)} ${(y + Math.sin(a) * from * 0.8).toFixed(2)}L${(x + Math.cos(bend) * to).toFixed(2)} ${(y + Math.sin(bend) * to * 0.98).toFixed(2)}" stroke="${colour}" stroke-width="1" stroke-linecap="round"/>`;
	});
}

function shell(x: number, y: number, scale: number, light: string, dark: string): string {
	const ribs = [-52, -35, -18, 0, 18, 35, 52]
		.map(
			(deg) =>
				`<path d="M${x} ${y}L${x} ${y - 19 * scale}" stroke="${dark}" stroke-width=".8" transform="rotate(${deg} ${x} ${y})"/>`
		)
		.join('');
	return `<path d="M${x} ${y}L${x - 14} ${y - 8}C${x - 15} ${y - 18} ${x - 7} ${y - 23} ${x} ${y - 23}S${x + 15} ${y - 18} ${x + 14} ${y - 8}z" fill="${light}"/>${ribs}<path d="M${x - 13} ${y - 11}C${x - 8} ${y - 16} ${x + 8} ${y - 16} ${x + 13} ${y - 11}" stroke="#f1e4cd" stroke-width="1.200" fill="none"/>`;
}
