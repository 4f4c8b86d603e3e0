import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openDb } from '../db/pool.ts';
import { roles } from '../db/roles.ts';
import { beginEpoch, readPlace, wentBack, type LastNumbers, type Place } from '../sync/epoch.ts';
import { pokeEverybody } from '../sync/poker.ts';

const everyMs = 5_000;
const placeSchema = z.strictObject({
	epoch: z.string(),
	xid: z.int(),
	timeline: z.int(),
	/** Not written down before 0.5. */
	begunAt: z.string().nullable().default(null),
	numbers: z.record(z.string(), z.int()).default({})
});

/** Beside Postgres' own directory, so that putting an older one back does not put this back with it. */
export const highWaterFile = (dataDir: string): string => path.join(dataDir, 'high-water.json');

export function readHighWater(dataDir: string): Place | null {
	try {
		return placeSchema.parse(JSON.parse(fs.readFileSync(highWaterFile(dataDir), 'utf8')));
	} catch {
		return null;
	}
}

export function writeHighWater(dataDir: string, place: Place): void {
	const file = highWaterFile(dataDir);
	// With a database elsewhere nothing has needed the directory before.
	fs.mkdirSync(dataDir, { recursive: true });
	fs.writeFileSync(`${file}.new`, JSON.stringify(place), { mode: 0o600 });
	fs.renameSync(`${file}.new`, file);
}

/** A number that was given out stays given out, whatever the database says of itself since. */
const highest = (before: LastNumbers, now: LastNumbers): LastNumbers =>
	Object.fromEntries(
		[...new Set([...Object.keys(before), ...Object.keys(now)])].map((name) => [
			name,
			Math.max(before[name] ?? 0, now[name] ?? 0)
		])
	);

/**
 * Looks whether the database went back behind what was written down of it, by a hand that did not say so, and then
 * begins a new epoch before anything is served (sync 13). Goes on looking every few seconds: a standby may take over
 * under a running program. Returns how to stop.
 */
export async function watchHighWater(options: {
	ownerUrl: string;
	dataDir: string;
	log: (line: string) => void;
	everyMs?: number;
}): Promise<() => Promise<void>> {
	const { dataDir, log } = options;
	const owner = openDb({ url: options.ownerUrl, role: roles.owner, max: 1, name: 'san-high-water' });

	async function look(): Promise<void> {
		const before = readHighWater(dataDir);
		const place = await readPlace(owner);
		if (before && wentBack(before, place)) {
			const why = `transaction ${before.xid} on timeline ${before.timeline} became ${place.xid} on ${place.timeline}`;
			await beginEpoch(owner, {
				from: place.epoch,
				now: new Date().toISOString(),
				why,
				numbers: before.numbers
			});
			log(`Cơ sở dữ liệu đã lùi về trước (${why}). Mọi máy sẽ đọc lại và gửi lại phần còn giữ.`);
			writeHighWater(dataDir, await readPlace(owner));
			await pokeEverybody(owner);
		} else writeHighWater(dataDir, { ...place, numbers: highest(before?.numbers ?? {}, place.numbers) });
	}

	try {
		await look();
	} catch (error) {
		await owner.end();
		throw error;
	}
	let looking: Promise<void> | null = null;
	const timer = setInterval(() => {
		// The database being away is told by others; what matters is looking again when it is back.
		looking ??= look()
			.catch(() => undefined)
			.finally(() => (looking = null));
	}, options.everyMs ?? everyMs);
	timer.unref();
	return async () => {
		clearInterval(timer);
		await looking;
		await owner.end();
	};
}
