import { test as base } from '@playwright/test';
import { openIdentityProvider, type IdentityProviderWorld } from './identity-provider.ts';
import { openMailbox, type Mailbox } from './mail.ts';
import { removeData, startProgram, type Program } from './program.ts';
import { seededDataDir } from './seed-once.ts';

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
			const dataDir = seededDataDir();
			const program = await startProgram({ dataDir, env: { ...mailbox.env, ...provider.env } });
			await use(program);
			await program.stop();
			await removeData(dataDir);
		},
		{ scope: 'worker', timeout: 240_000 }
	],
	baseURL: async ({ program }, use) => use(program.origin)
});
