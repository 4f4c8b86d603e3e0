import type { Config } from '../config.ts';
import { startEmbedded, type EmbeddedDatabase } from '../db/embedded.ts';
import { protocolHeader } from './http.ts';
import { embeddedMasterKey, oldMasterKeys } from './master-key.ts';

/** A database that answers, and the key for what is sealed in it. */
export type OpenedDatabase = {
	readonly kind: 'embedded' | 'external';
	readonly ownerUrl: string;
	readonly appUrl: string;
	readonly masterKey: Buffer;
	readonly otherMasterKeys: readonly Buffer[];
	/** Our own cluster, for its backup; null = somebody else looks after the database. */
	readonly own: Pick<EmbeddedDatabase, 'adminUrl' | 'pgDir' | 'passwords'> | null;
	/** Throws everything away; there is no such thing for a database that is not ours. */
	readonly empty: (() => Promise<void>) | null;
	release(): Promise<void>;
};

/** Starts or joins the embedded database, or takes the one of the configuration. */
export async function openDatabase(
	config: Config,
	log: (line: string) => void = () => undefined
): Promise<OpenedDatabase> {
	const { database } = config;
	if (database.kind === 'external') {
		if (config.masterKey === null) throw new Error('SAN_MASTER_KEY is missing');
		const { ownerUrl, appUrl } = database;
		return {
			kind: 'external',
			ownerUrl,
			appUrl,
			masterKey: config.masterKey,
			otherMasterKeys: config.otherMasterKeys,
			own: null,
			empty: null,
			release: async () => undefined
		};
	}
	const masterKey = config.masterKey ?? embeddedMasterKey(config.dataDir);
	const own = await startEmbedded({ dataDir: config.dataDir });
	const { ownerUrl, appUrl, empty, keepAlive, release } = own;
	keepAlive(log);
	const otherMasterKeys = [...config.otherMasterKeys, ...oldMasterKeys(config.dataDir)];
	return { kind: 'embedded', ownerUrl, appUrl, masterKey, otherMasterKeys, own, empty, release };
}

/**
 * Gives the program inside its part of the configuration. The owner's password is not among it: the app cannot
 * even reach what it may not change.
 */
export function completeEnvironment(env: NodeJS.ProcessEnv, config: Config, database: OpenedDatabase): void {
	env.DATABASE_APP_URL = database.appUrl;
	env.SAN_MASTER_KEY = database.masterKey.toString('base64');
	env.SAN_OTHER_MASTER_KEYS = database.otherMasterKeys.map((key) => key.toString('base64')).join(',');
	env.SAN_DATA_DIR = config.dataDir;
	env.SAN_PACK = config.pack;
	env.SAN_LOG = config.log;
	env.HOST = config.host;
	env.PORT = String(config.port);
	env.SAN_DATABASE = database.kind;
	// A photo part is at most 8 MB; the adapter's own limit of 512 KB is smaller than one picture.
	env.BODY_SIZE_LIMIT ??= '16M';
	if (config.originGiven) env.ORIGIN = config.origin;
	else {
		// Without a given address each request's own host is believed, so that localhost, 127.0.0.1 and a name on the
		// local network all work.
		delete env.ORIGIN;
		env.PROTOCOL_HEADER = protocolHeader;
	}
	delete env.DATABASE_URL;
}
