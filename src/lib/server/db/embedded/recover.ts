import fs from 'node:fs';
import path from 'node:path';
import { dataOf, launch, runningPort, shutDown, type Cluster } from './cluster.ts';

/** Long: every change since the base copy is read again before the server answers. */
const recoverWithinS = 3_600;

/**
 * Puts a copied cluster in the place of whatever is there, and lets it read its changes up to the last one. `fill` writes
 * the copy, its log included, into the directory it is given. What stood there before is moved beside, and `moved` told
 * where before anything else can fail.
 */
export async function recover(
	cluster: Cluster,
	fill: (pgDir: string) => Promise<void>,
	moved: (path: string) => void
): Promise<void> {
	if ((await runningPort(cluster)) !== null) await shutDown(cluster);
	const making = `${dataOf(cluster)}.restoring`;
	fs.rmSync(making, { recursive: true, force: true });
	fs.mkdirSync(making, { recursive: true, mode: 0o700 });
	await fill(making);
	fs.writeFileSync(path.join(making, 'recovery.signal'), '', { mode: 0o600 });
	if (cluster.user) ownAll(making, cluster.user.uid, cluster.user.gid);

	const aside = fs.existsSync(dataOf(cluster)) ? `${dataOf(cluster)}.before-${Date.now()}` : null;
	if (aside !== null) {
		fs.renameSync(dataOf(cluster), aside);
		moved(aside);
	}
	fs.renameSync(making, dataOf(cluster));
	// Everything there is lies in pg_wal already; a signal of recovery without this command is refused.
	await launch(cluster, {
		settings: { restore_command: 'false', hot_standby: 'off' },
		withinS: recoverWithinS
	});
	await shutDown(cluster);
}

function ownAll(entry: string, uid: number, gid: number): void {
	fs.chownSync(entry, uid, gid);
	if (!fs.statSync(entry).isDirectory()) return;
	for (const name of fs.readdirSync(entry)) ownAll(path.join(entry, name), uid, gid);
}
