import { listed } from '../backup/keys.ts';
import { endBackups, startBackups, type BackupSource } from '../backup/service.ts';
import type { Config } from '../config.ts';
import type { OpenedDatabase } from './database.ts';
import { oldMasterKeys } from './master-key.ts';
import { onShutdown } from './shutdown.ts';

/** What a backup of this program's own cluster is made of; null where somebody else looks after the database. */
export function backupSource(
	config: Pick<Config, 'dataDir' | 'masterKey'>,
	database: Pick<OpenedDatabase, 'own' | 'ownerUrl' | 'masterKey' | 'otherMasterKeys'>,
	log: (line: string) => void
): BackupSource | null {
	const { own, ownerUrl, masterKey, otherMasterKeys } = database;
	if (own === null) return null;
	const generated = oldMasterKeys(config.dataDir);
	return {
		adminUrl: own.adminUrl,
		ownerUrl,
		pgDir: own.pgDir,
		dataDir: config.dataDir,
		// A key of the configuration is kept by the operator, apart from the copy; a generated one would be lost.
		keys: {
			...listed(masterKey, config.masterKey === null),
			others: otherMasterKeys.map((key) =>
				listed(
					key,
					generated.some((one) => one.equals(key))
				)
			),
			...own.passwords
		},
		log
	};
}

/** Backups run beside the program from its start to its end; without them devices are told to keep nothing (sync 13). */
export async function keepBackups(
	config: Config,
	database: OpenedDatabase,
	log: (line: string) => void
): Promise<void> {
	const source = backupSource(config, database, log);
	if (source && config.backupDir !== null)
		return onShutdown('backup', await startBackups(config.backupDir, source));
	// The operator of another database announces how far their own backup reaches, if they do.
	if (source) await endBackups({ adminUrl: source.adminUrl, ownerUrl: database.ownerUrl });
}
