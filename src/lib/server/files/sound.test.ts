import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sha256Of } from './picture.ts';
import { cleanSound, maxSoundBytes, soundType, type SoundType } from './sound.ts';
import { oggVoice } from './testing/ogg-voice.ts';

/** Two and a half seconds as Chromium records them. */
const recorded = (name: string): Buffer => fs.readFileSync(new URL(`testing/${name}`, import.meta.url));
const webm = recorded('voice.webm');
const mp4 = recorded('voice.m4a');

function cleaned(bytes: Buffer) {
	const type = soundType(bytes);
	if (!type) throw new Error('not taken for a sound');
	const done = cleanSound(bytes, type);
	if (!done.ok) throw new Error(done.refusal.code);
	return done.value;
}
const refused = (bytes: Buffer, type: SoundType) => {
	const done = cleanSound(bytes, type);
	return done.ok ? 'taken' : done.refusal.code;
};
/** An element of WebM by its name, with this inside. */
const element = (name: string, inside: Buffer): Buffer =>
	Buffer.concat([Buffer.from(name, 'hex'), Buffer.from([0x80 | inside.length]), inside]);
/** A box of MP4. */
function box(type: string, inside: Buffer): Buffer {
	const size = Buffer.alloc(4);
	size.writeUInt32BE(8 + inside.length);
	return Buffer.concat([size, Buffer.from(type), inside]);
}

describe('sync 5: voice notes', () => {
	test.each([
		['webm', webm, 2.5],
		['m4a', mp4, 2.5],
		['ogg', oggVoice(100), 2]
	] as const)('sync 5: %s: is told by its bytes, and its length by its container', (type, bytes, seconds) => {
		const sound = cleaned(bytes);
		expect(sound).toMatchObject({ type, sha256: sha256Of(bytes), bytes: bytes.length });
		expect(sound.seconds).toBeCloseTo(seconds, 0);
		// What was cleaned once stays as it is.
		expect(Buffer.from(cleaned(Buffer.from(sound.sound)).sound).equals(sound.sound)).toBe(true);
	});

	test('sync 5: of a WebM file nothing is kept but the sound', () => {
		const opening = webm.indexOf(Buffer.from('1549a966', 'hex'));
		const secret = Buffer.from('nha ba Tu 10.35 106.36');
		const told = Buffer.concat([
			webm.subarray(0, opening),
			element('1254c367', element('7373', element('67c8', secret))),
			element('1941a469', element('61a7', element('465c', secret))),
			webm.subarray(opening)
		]);
		const sound = cleaned(told);
		expect(Buffer.from(sound.sound).includes(secret)).toBe(false);
		expect(Buffer.from(sound.sound).includes('Chrome')).toBe(false);
		expect(Buffer.from(sound.sound).equals(cleaned(webm).sound)).toBe(true);
	});

	test('sync 5: in an MP4 file what is not the sound is blanked where it lies, dates as well', () => {
		const secret = Buffer.from('nha ba Tu 10.35 106.36');
		const told = Buffer.concat([mp4, box('udta', box('loci', secret)), box('uuid', secret)]);
		const sound = Buffer.from(cleaned(told).sound);
		expect(sound.length).toBe(told.length);
		expect(sound.includes(secret)).toBe(false);
		expect(sound.includes('SoundHandler')).toBe(false);
		const clock = sound.indexOf('mvhd') + 4;
		expect(sound.subarray(clock + 4, clock + 20).every((byte) => byte === 0)).toBe(true);
	});

	test('sync 5: the comments of an Ogg file are gone, however long they were', () => {
		for (const comment of ['TITLE=vuon ba Tu', `METADATA_BLOCK_PICTURE=${'vuon ba Tu'.repeat(90)}`])
			expect(Buffer.from(cleaned(oggVoice(50, comment)).sound).includes('vuon ba Tu')).toBe(false);
	});

	test('sync 5: what a killed recorder had written is a voice note, up to its last whole piece', () => {
		for (const at of [0.3, 0.5, 0.9]) {
			const sound = cleaned(webm.subarray(0, Math.round(webm.length * at)));
			expect(sound.seconds).toBeGreaterThan(0);
			expect(sound.seconds).toBeLessThan(2.5);
		}
		expect(cleaned(oggVoice(100).subarray(0, -500)).seconds).toBeLessThan(2);
		expect(cleaned(mp4.subarray(0, -5)).seconds).toBeLessThan(2.5);
	});

	test('sync 5: more than a minute, or more than a megabyte, is refused', () => {
		expect(refused(oggVoice(50 * 70), 'ogg')).toBe('voice_too_long');
		expect(refused(oggVoice(50 * 61), 'ogg')).toBe('taken');
		expect(refused(Buffer.concat([webm, Buffer.alloc(maxSoundBytes)]), 'webm')).toBe('voice_too_long');
	});

	test.each([
		['a head and nothing behind it', webm.subarray(0, 60), 'webm'],
		['another codec', replaced(webm, 'A_OPUS', 'A_VORB'), 'webm'],
		['a film', replaced(webm, Buffer.from([0x83, 0x81, 2]), Buffer.from([0x83, 0x81, 1])), 'webm'],
		['a page instead of the codec head', replaced(webm, 'OpusHead', '<script>'), 'webm'],
		['an Ogg of another codec', replaced(oggVoice(9), 'OpusHead', 'fishead0'), 'ogg'],
		['an Ogg that ends in its comments', oggVoice(0), 'ogg'],
		['a film in MP4', replaced(mp4, 'soun', 'vide'), 'm4a'],
		['MP4 of another codec', replaced(mp4, 'Opus', 'avc1'), 'm4a'],
		['MP4 without sound', mp4.subarray(0, mp4.indexOf('moof') - 4), 'm4a'],
		['text', Buffer.from('<html><script>alert(1)</script>'.repeat(9)), 'webm']
	] as const)('sync 5: %s is refused', (_, bytes, type) => {
		expect(refused(bytes, type)).toBe('voice_unusable');
	});

	test('sync 5: damaged files are refused or cleaned, never a fault', () => {
		let answered = 0;
		for (const [type, bytes] of [
			['webm', webm] as const,
			['m4a', mp4] as const,
			['ogg', oggVoice(30)] as const
		])
			for (let at = 0; at < Math.min(bytes.length, 600); at++) {
				const damaged = Buffer.from(bytes);
				damaged.writeUInt8(255 - damaged.readUInt8(at), at);
				if (!['taken', 'voice_unusable', 'voice_too_long'].includes(refused(damaged, type))) break;
				answered += 1;
			}
		expect(answered).toBe(1800);
	});
});

function replaced(bytes: Buffer, what: string | Buffer, by: string | Buffer): Buffer {
	const at = bytes.indexOf(what);
	if (at < 0) throw new Error('nothing to replace');
	const changed = Buffer.from(bytes);
	changed.set(Buffer.from(by), at);
	return changed;
}
