import { loadKeyRoot } from '$lib/server/accounts/key-rotation.ts';
import { forgetSessions } from '$lib/server/accounts/sessions.ts';
import { useMasterKey } from './accounts/sealing.ts';
import { ownSigner } from './audit/record.ts';
import { startSealer } from './audit/sealer.ts';
import { openWitness } from './audit/witness.ts';
import type { ServerConfig } from './config.ts';
import { httpIdentity } from './businesses/identity/http.ts';
import { useIdentityProvider } from './businesses/identity/provider.ts';
import { openDb, type Sql } from './db/pool.ts';
import { openDiskStore, type FileStore } from './files/store.ts';
import { openUploads, type UploadReceiver } from './files/uploads.ts';
import { startJobs } from './jobs/start.ts';
import { log } from './log.ts';
import { deliverDue } from './messages/deliver.ts';
import { smtpTransport } from './messages/mail.ts';
import { usePostOffice } from './messages/office.ts';
import { smsTransport } from './messages/sms.ts';
import { webPusher } from './notifications/web-push.ts';
import { createHub, type Hub } from './sync/hub.ts';
import { watchLag, type LagWatch } from './sync/lag.ts';
import { loadPack } from './rulepacks/load.ts';
import { startPoker } from './sync/poker.ts';
import type { Poke } from '$lib/sync/protocol/wire.ts';

/** Everything a running server holds. State lives in Postgres and the file store alone, so any number may run. */
export type Runtime = {
	readonly config: ServerConfig;
	/** The app's pool: owns nothing, row-level security applies. */
	readonly db: Sql;
	/** The sign-in tables' pool, and nothing else's. */
	readonly auth: Sql;
	readonly hub: Hub;
	readonly lag: LagWatch['lag'];
	readonly files: FileStore;
	readonly uploads: UploadReceiver;
	readonly now: () => string;
	/** Ends streams, jobs and pools, in this order. */
	stop(): Promise<void>;
};

let running: Runtime | null = null;

/** Opens the pools and starts what runs beside requests: pokes and jobs. Once a process. */
export async function startRuntime(config: ServerConfig): Promise<Runtime> {
	if (running) return running;
	useMasterKey(config.masterKey, config.otherMasterKeys);
	const db = openDb({ url: config.appUrl, role: 'san_app', name: 'san-tinh app' });
	await loadKeyRoot(db);
	const auth = openDb({ url: config.appUrl, role: 'san_auth', max: 4, name: 'san-tinh sign-in' });
	const hub = createHub();
	const files = openDiskStore(config.dataDir);
	const now = () => new Date().toISOString();
	const uploads = openUploads({ db, files, dataDir: config.dataDir, now, log });
	const pusher = webPusher({
		db,
		contact: config.origin.startsWith('https:') ? config.origin : 'mailto:van-hanh@localhost',
		failed: (err) => log.warn({ err }, 'web push')
	});
	const { mail, sms } = config.messages;
	const office = {
		sender: { name: loadPack(config.pack).siteName, origin: config.origin },
		transports: { ...(mail && { email: smtpTransport(mail) }), ...(sms && { sms: smsTransport(sms) }) }
	};
	usePostOffice(office);
	useIdentityProvider(config.identity && httpIdentity(config.identity));
	const jobs = await startJobs({
		db,
		files,
		now,
		log,
		appUrl: config.appUrl,
		expireUploads: uploads.expire,
		forgetSessions: (at) => forgetSessions(auth, at),
		deliverMessages: () => deliverDue({ db, now, log, ...office })
	});
	const stopSealing = startSealer({
		db,
		signer: ownSigner(),
		witness: openWitness(config.dataDir),
		now,
		log
	});
	const watch = watchLag(db, log);
	const poker = await startPoker(
		db,
		{
			deliver(pokes) {
				hub.deliver(pokes);
				if (pokes.some(isOfCatalogue)) jobs.catalogueChanged();
			}
		},
		(ids) => void pusher.wake(ids)
	);
	running = {
		config,
		db,
		auth,
		hub,
		lag: watch.lag,
		files,
		uploads,
		now,
		async stop() {
			running = null;
			hub.close();
			watch.stop();
			await jobs.stop();
			await poker.stop();
			await stopSealing();
			await Promise.all([db.end({ timeout: 5 }), auth.end({ timeout: 5 })]);
		}
	};
	return running;
}

const isOfCatalogue = ({ audience, collections }: Poke): boolean =>
	audience === '*' || (audience === 'public' && collections.includes('listings'));

/** The running server; throws before `startRuntime`. */
export function runtime(): Runtime {
	if (!running) throw new Error('the server has not been started');
	return running;
}
