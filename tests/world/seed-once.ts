import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { newDataDir, removeData, startProgram } from './program.ts';

/** Tells the workers, which are processes of their own, where it lies. */
const variable = 'JOURNEYS_SEEDED';

/** What a first start leaves behind, made once for all journeys: each program would spend twenty seconds of a processor on it. */
export default async (): Promise<() => Promise<void>> => {
	const dataDir = newDataDir();
	const program = await startProgram({ dataDir });
	await program.stop();
	process.env[variable] = dataDir;
	return () => removeData(dataDir);
};

/** A data directory of one's own, as a first start leaves it; `removeData` takes it away. */
export function seededDataDir(): string {
	const seeded = process.env[variable];
	if (seeded === undefined) throw new Error('nothing was seeded for the journeys');
	const dataDir = newDataDir();
	// Postgres' files go on belonging to Postgres.
	execFileSync('cp', ['-a', seeded, dataDir]);
	const file = path.join(dataDir, 'database.json');
	const settings: { home: string } = JSON.parse(fs.readFileSync(file, 'utf8'));
	if (settings.home !== seeded) throw new Error(`Postgres lies in ${settings.home}, out of the copy's reach`);
	fs.writeFileSync(file, JSON.stringify({ ...settings, home: dataDir }), { mode: 0o600 });
	return dataDir;
}
