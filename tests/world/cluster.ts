import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { destroyEmbedded, startEmbedded } from '../../src/lib/server/db/embedded.ts';
import { isAlive } from '../../src/lib/server/db/embedded/lock.ts';
import { migrate } from '../../src/lib/server/db/migrate.ts';

/** What a test needs to make itself a database: see `database.ts`. */
export type TestCluster = { adminUrl: string; ownerUrl: string; appUrl: string };

declare module 'vitest' {
	export interface ProvidedContext {
		cluster: TestCluster;
	}
}

/** Name of the migrated database every fresh one is copied from. */
export const templateName = 'san_template';

const prefix = 'san-test-';

/** A run that was killed leaves its Postgres behind; the next one takes it away. */
async function sweepAbandoned(): Promise<void> {
	for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(prefix))) {
		const dataDir = path.join(os.tmpdir(), name);
		try {
			const users = path.join(dataDir, 'database-users');
			const holders = fs.readdirSync(users).map((file) => fs.readFileSync(path.join(users, file), 'utf8'));
			if (holders.length === 0 || holders.some(isAlive)) continue;
			await destroyEmbedded(dataDir);
			fs.rmSync(dataDir, { recursive: true, force: true });
		} catch {
			// Another run is starting or sweeping the same one.
		}
	}
}

/** Starts a Postgres with the migrated template, in a directory of its own; `stop` takes it away. */
export async function startTestCluster(): Promise<{
	readonly cluster: TestCluster;
	readonly stop: () => Promise<void>;
}> {
	const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
	const { adminUrl, ownerUrl, appUrl, release } = await startEmbedded({
		dataDir,
		database: templateName,
		durable: false
	});
	await migrate({ ownerUrl });
	return {
		cluster: { adminUrl, ownerUrl, appUrl },
		stop: async () => {
			await release();
			fs.rmSync(dataDir, { recursive: true, force: true });
		}
	};
}

/** One Postgres for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	await sweepAbandoned();
	const { cluster, stop } = await startTestCluster();
	project.provide('cluster', cluster);
	return stop;
}
