import { test as base } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';
import { destroyEmbedded } from '../../src/lib/server/db/embedded.ts';
import { newDataDir, startProgram, type Program } from './program.ts';

export { expect } from '@playwright/test';

/** Journeys that share one built program with its demo people and goods; pages open at its address. */
export const test = base.extend<{ baseURL: string }, { program: Program }>({
	program: [
		async ({}, use) => {
			const dataDir = newDataDir();
			const program = await startProgram({ dataDir });
			await use(program);
			await program.stop();
			await destroyEmbedded(dataDir);
			fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
		},
		{ scope: 'worker', timeout: 240_000 }
	],
	baseURL: async ({ program }, use) => use(program.origin)
});
