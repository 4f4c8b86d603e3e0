import fs from 'node:fs';
import path from 'node:path';

/** Quiet, offline and without a GPU: the same on every machine. */
export const chromiumFlags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** A microphone that hears a tone, and a person who allows it. */
export const microphoneFlags = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** The Chromium of this machine: SAN_CHROMIUM, Debian's place, or the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
	const places = (env.PATH ?? '').split(path.delimiter).filter((place) => place !== '');
	const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
	const candidates = [
		env.SAN_CHROMIUM,
		'/usr/bin/chromium',
		...places.flatMap((place) => names.map((name) => path.join(place, name)))
	];
	return candidates.find((file) => file !== undefined && isProgram(file)) ?? null;
}

function isProgram(file: string): boolean {
	try {
		fs.accessSync(file, fs.constants.X_OK);
		return fs.statSync(file).isFile();
	} catch {
		return false;
	}
}
