import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/lib/server/db/embedded.ts';
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

/** Starts one Postgres for the whole run, in a directory of its own, and takes it away afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-test-'));
	const database = await startEmbedded({ dataDir, database: templateName, durable: false });
	await migrate({ ownerUrl: database.ownerUrl });
	project.provide('cluster', {
		adminUrl: database.adminUrl,
		ownerUrl: database.ownerUrl,
		appUrl: database.appUrl
	});
	return async () => {
		await database.release();
		fs.rmSync(dataDir, { recursive: true, force: true });
	};
}
