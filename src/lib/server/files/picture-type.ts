export type PictureType = 'jpeg' | 'png' | 'webp' | 'heif';

const startsWith = (bytes: Uint8Array, at: number, ...expected: number[]): boolean =>
	expected.every((byte, i) => bytes[at + i] === byte);

const ascii = (bytes: Uint8Array, at: number, length: number): string =>
	String.fromCharCode(...bytes.subarray(at, at + length));

/**
 * What the bytes say they are, whatever their name or type claims; null when it is nothing we take.
 * AVIF comes under `heif`, the decoder's name for it; an iPhone's HEIC has a codec the decoder lacks.
 */
export function pictureType(bytes: Uint8Array): PictureType | null {
	if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return 'jpeg';
	if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
	if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return 'webp';
	if (ascii(bytes, 4, 4) === 'ftyp' && ['avif', 'mif1'].includes(ascii(bytes, 8, 4))) return 'heif';
	return null;
}
