import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { maxVoiceSeconds } from '$lib/domain/listings/schema.ts';
import { sha256Of } from './picture.ts';
import type { CleanedSound } from './sound/cleaned.ts';
import { cleanMp4 } from './sound/mp4.ts';
import { cleanOgg } from './sound/ogg.ts';
import { cleanWebm } from './sound/webm.ts';

export const soundTypes = ['webm', 'ogg', 'm4a'] as const;
export type SoundType = (typeof soundTypes)[number];

/** How each is given out, by the ending of its file. */
export const contentTypes: Readonly<Record<string, string>> = {
	webm: 'audio/webm',
	ogg: 'audio/ogg',
	m4a: 'audio/mp4'
} satisfies Record<SoundType, string>;

export const maxSoundBytes = 1024 * 1024;
/** The last piece of a recorder ends a moment after its minute. */
const slackSeconds = 2;
const mp4Brands = ['isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'M4A ', 'dash'];

/** A voice note as it is kept. */
export type Sound = {
	/** Of the bytes as they came: the name the device gave them. */
	readonly sha256: string;
	/** Size of the bytes as they came. */
	readonly bytes: number;
	readonly type: SoundType;
	readonly sound: Uint8Array;
	readonly seconds: number | null;
};

/** What the bytes say they are, whatever their name or type claims; null when they are no sound we take. */
export function soundType(bytes: Uint8Array): SoundType | null {
	const ascii = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
	if (ascii(0, 4) === '\u001aEß£') return 'webm';
	if (ascii(0, 4) === 'OggS') return 'ogg';
	if (ascii(4, 4) === 'ftyp' && mp4Brands.includes(ascii(8, 4))) return 'm4a';
	return null;
}

const cleaners: Readonly<Record<SoundType, (bytes: Buffer) => CleanedSound | null>> = {
	webm: cleanWebm,
	ogg: cleanOgg,
	m4a: cleanMp4
};

/**
 * A voice note from an untrusted file: its container is taken apart and only the sound put together again. The
 * sound itself is not decoded, since nothing here can; it is only ever given out as sound (docs/decisions/013).
 */
export function cleanSound(bytes: Uint8Array, type: SoundType): Result<Sound> {
	if (bytes.byteLength > maxSoundBytes) return no('voice_too_long', { facts: { max: maxSoundBytes } });
	const cleaned = readSound(bytes, type);
	if (!cleaned) return no('voice_unusable');
	const { seconds } = cleaned;
	if (seconds !== null && seconds > maxVoiceSeconds + slackSeconds)
		return no('voice_too_long', { facts: { seconds: Math.ceil(seconds) } });
	return ok({
		sha256: sha256Of(bytes),
		bytes: bytes.byteLength,
		type,
		sound: cleaned.bytes,
		seconds: seconds === null ? null : Math.round(seconds * 10) / 10
	});
}

function readSound(bytes: Uint8Array, type: SoundType): CleanedSound | null {
	try {
		return cleaners[type](Buffer.from(bytes));
	} catch (error) {
		// Read beyond its end: its head promised more than there is.
		if (error instanceof RangeError) return null;
		throw error;
	}
}
