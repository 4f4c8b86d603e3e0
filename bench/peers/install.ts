import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { say } from '../report.ts';

const folder = path.resolve(import.meta.dirname, '..');

/** PouchDB's browser build. */
export const pouchBrowserFile = path.join(folder, 'node_modules/pouchdb/dist/pouchdb.min.js');

/** The programs compared with are no part of the product: they are fetched the first time somebody measures. */
export function installPeers(): void {
	if (fs.existsSync(pouchBrowserFile)) return;
	say('Lần đầu: npm install --prefix bench (PouchDB, express-pouchdb, chỉ để so sánh)');
	const done = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder], {
		cwd: folder,
		stdio: ['ignore', 2, 2]
	});
	if (done.status !== 0) throw new Error('npm install --prefix bench did not succeed');
}
