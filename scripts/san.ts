import path from 'node:path';
import { defineCommand, runMain } from 'citty';
import { audit } from './commands/audit.ts';
import { backup, restore, restored } from './commands/backup.ts';
import { migrate, reset, seed } from './commands/database.ts';
import { doctor } from './commands/doctor.ts';
import { due } from './commands/due.ts';
import { id } from './commands/id.ts';
import { keys } from './commands/keys.ts';
import { rights } from './commands/rights.ts';
import { user } from './commands/user.ts';

/** `npm run san -- <command>`: what an operator does from a terminal. */
process.chdir(path.resolve(import.meta.dirname, '..'));

await runMain(
	defineCommand({
		meta: { name: 'san', description: 'Sàn Tỉnh, dòng lệnh của người vận hành' },
		subCommands: {
			migrate,
			seed,
			reset,
			user,
			doctor,
			due,
			id,
			keys,
			audit,
			backup,
			restore,
			restored,
			rights
		}
	})
);
