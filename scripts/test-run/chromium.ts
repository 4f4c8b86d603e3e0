import { spawnSync } from 'node:child_process';
import { findChromium } from '../../tests/world/chromium.ts';

/** Finds Chromium, installs Debian's as root, or says how to. `null` = the browser tests cannot run. */
export function ensureChromium(log: (line: string) => void): string | null {
	const found = findChromium();
	if (found) return found;
	if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
		log('Installing chromium with apt-get…');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
		spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
			stdio: 'inherit',
			env
		});
		const installed = findChromium();
		if (installed) return installed;
	}
	log(
		'No Chromium found. Install it (Debian: sudo apt-get install chromium) or set SAN_CHROMIUM to its path.'
	);
	return null;
}
