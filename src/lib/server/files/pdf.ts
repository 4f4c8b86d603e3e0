import { inflateSync } from 'node:zlib';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { sha256Of } from './picture.ts';

/** A PDF as it is kept: the very bytes that came. */
export type Pdf = {
	readonly sha256: string;
	readonly bytes: number;
	readonly document: Uint8Array;
	readonly pages: number;
};

export const maxPdfPages = 30;
/** What the packed objects of one file may grow to. */
const maxUnpacked = 48 * 1024 * 1024;

export const isPdf = (bytes: Uint8Array): boolean => latin1(bytes.subarray(0, 5)) === '%PDF-';

/** Does something by itself, reaches out of the file or carries another one: long enough never to occur by chance. */
const active = new Set([
	'JavaScript',
	'Launch',
	'EmbeddedFile',
	'EmbeddedFiles',
	'RichMedia',
	'SubmitForm',
	'ImportData',
	'Rendition',
	'GoToR',
	'GoToE'
]);
/** The same, too short to be looked for in compressed data. */
const activeShort = new Set(['JS', 'AA', 'XFA', 'Movie', 'Sound']);

/**
 * Looks at an untrusted PDF as a department may get it: whole, readable without a password, at most thirty pages, and with
 * nothing that runs, opens or carries another file, also not inside packed objects or behind `#`-escaped names. It is not
 * shown by the exchange either way, only handed out as an attachment; this keeps what would act in an officer's viewer out.
 * Refusals `pdf_locked`, `pdf_active`, `pdf_unusable`.
 */
export function checkPdf(bytes: Uint8Array): Result<Pdf> {
	const text = latin1(bytes);
	if (!/^%PDF-(?:1\.[0-7]|2\.0)\s/.test(text)) return no('pdf_unusable');
	// A file that was cut has lost its end.
	if (!/startxref\s+\d+\s+%%EOF\s*$/.test(text.slice(-1100))) return no('pdf_unusable');
	const split = apart(text);
	if (!split) return no('pdf_unusable');
	const outside = namesIn(split.objects);
	if (outside.some(({ name }) => name === 'Encrypt')) return no('pdf_locked');
	const unpacked = unpack(split.packed, bytes);
	if (unpacked === null) return no('pdf_unusable');
	const inside = unpacked.flatMap(namesIn);
	const acts = [...outside, ...inside].some(isActive) || namesIn(text).some(({ name }) => active.has(name));
	if (acts) return no('pdf_active');
	const pages = [split.objects, ...unpacked].reduce((sum, one) => sum + pagesIn(one), 0);
	if (pages === 0 || pages > maxPdfPages) return no('pdf_unusable');
	return ok({ sha256: sha256Of(bytes), bytes: bytes.byteLength, document: bytes, pages });
}

const latin1 = (bytes: Uint8Array): string =>
	Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

type Name = { readonly name: string; /** What comes next, blanks left out. */ readonly next: string };

/** Every name in a piece of PDF, its escapes read: `/J#61vaScript` is one of them. */
function namesIn(text: string): Name[] {
	return [...text.matchAll(/\/([^\s\0()<>[\]{}/%]{1,127})(?=\s{0,8}(.?))/gs)].map(
		([, raw = '', next = '']) => ({
			name: raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
				String.fromCharCode(Number.parseInt(hex, 16))
			),
			next
		})
	);
}

/** Opening at a place of the document is no deed: most word processors write that. */
const isActive = ({ name, next }: Name): boolean =>
	active.has(name) || activeShort.has(name) || (name === 'OpenAction' && next !== '[');

const pagesIn = (text: string): number => [...text.matchAll(/\/Type\s*\/Page(?![A-Za-z#])/g)].length;

type Packed = { readonly from: number; readonly to: number; readonly names: readonly string[] };

/** The objects without what lies in streams, and the streams that hold objects; null = one of them has no end. */
function apart(text: string): { objects: string; packed: Packed[] } | null {
	const begin = /\bstream\r?\n/g;
	const packed: Packed[] = [];
	let objects = '';
	let at = 0;
	for (;;) {
		begin.lastIndex = at;
		const found = begin.exec(text);
		if (!found) return { objects: objects + text.slice(at), packed };
		const from = found.index + found[0].length;
		const to = text.indexOf('endstream', from);
		if (to < 0) return null;
		objects += text.slice(at, found.index);
		const before = text.slice(Math.max(at, found.index - 4096), found.index);
		const names = namesIn(before.slice(before.lastIndexOf(' obj'))).map(({ name }) => name);
		if (names.includes('ObjStm') || (names.includes('First') && names.includes('N')))
			packed.push({ from, to, names });
		at = to + 'endstream'.length;
	}
}

const otherFilters = [
	'LZWDecode',
	'ASCIIHexDecode',
	'ASCII85Decode',
	'RunLengthDecode',
	'Crypt',
	'DecodeParms'
];

/** The text of packed objects; null = they are packed in a way no ordinary program uses, or too large. */
function unpack(packed: readonly Packed[], bytes: Uint8Array): string[] | null {
	let left = maxUnpacked;
	const texts: string[] = [];
	for (const { from, to, names } of packed) {
		if (names.some((name) => otherFilters.includes(name))) return null;
		const data = bytes.subarray(from, to);
		try {
			const plain = names.includes('FlateDecode') ? inflateSync(data, { maxOutputLength: left }) : data;
			left -= plain.byteLength;
			texts.push(latin1(plain));
		} catch {
			return null;
		}
		if (left <= 0) return null;
	}
	return texts;
}
