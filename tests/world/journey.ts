import { test as base } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';
import { destroyEmbedded } from '../../src/lib/server/db/embedded.ts';
import { openIdentityProvider, type IdentityProviderWorld } from './identity-provider.ts';
import { openMailbox, type Mailbox } from './mail.ts';
import { newDataDir, startProgram, type Program } from './program.ts';

export { expect } from '@playwright/test';

type Shared = {
	readonly mailbox: Mailbox;
	readonly provider: IdentityProviderWorld;
	readonly program: Program;
};

/**
 * Journeys that share one built program with its demo people and goods; pages open at its address. Its mail comes to a
 * real SMTP server, and it asks a real provider who a seller is.
 */
export const test = base.extend<{ baseURL: string }, Shared>({
	mailbox: [
		async ({}, use) => {
			const mailbox = await openMailbox();
			await use(mailbox);
			await mailbox.close();
		},
		{ scope: 'worker' }
	],
	provider: [
		async ({}, use) => {
			const provider = await openIdentityProvider();
			await use(provider);
			await provider.close();
		},
		{ scope: 'worker' }
	],
	program: [
		async ({ mailbox, provider }, use) => {
			const dataDir = newDataDir();
			const program = await startProgram({ dataDir, env: { ...mailbox.env, ...provider.env } });
			await use(program);
			await program.stop();
			await destroyEmbedded(dataDir);
			fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
		},
		{ scope: 'worker', timeout: 240_000 }
	],
	baseURL: async ({ program }, use) => use(program.origin)
});
