import { manifestPath, type PackManifest } from '../src/lib/sync/protocol/packs.ts';
import type { Program } from '../tests/world/program.ts';

/** Waits until the program has packed so many listings. Returns how many packs they are; 0 where it makes none. */
export async function untilPacked(program: Program, rows: number): Promise<number> {
	for (let tries = 0; tries < 300; tries += 1) {
		const answer = await fetch(`${program.origin}${manifestPath}`);
		if (answer.status === 404) return 0;
		const { packs }: PackManifest = await answer.json();
		if (packs.reduce((sum, pack) => sum + pack.rows, 0) === rows) return packs.length;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error('the catalogue was not packed within 150 s');
}
