import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import express from 'express';
import expressPouchDb from 'express-pouchdb';
import postgres from 'postgres';
import PouchDB from 'pouchdb';
import { tellAddress } from './server.ts';

/** express-pouchdb as its documentation sets it up, on LevelDB, filled with the same rows. */
const url = process.env.BENCH_DATABASE_URL;
if (!url) throw new Error('BENCH_DATABASE_URL is missing');
const sql = postgres(url, { max: 1 });
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'san-bench-pouch-'));
process.on('SIGTERM', () => {
	fs.rmSync(dir, { recursive: true, force: true });
	process.exit(0);
});

const OnDisk = PouchDB.defaults({ prefix: `${dir}/` });
const rows = await sql<{ doc: { id: string } }[]>`
	select doc from sync_feed where audience = 'public' and collection = 'listings' and doc is not null`;
const listings = new OnDisk('listings');
await listings.bulkDocs(rows.map(({ doc }) => ({ _id: doc.id, ...doc })));
await sql.end();

const app = express();
const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${dir}/log.txt` } as const;
app.use('/db', expressPouchDb(OnDisk, options));
const server = app.listen(0, '127.0.0.1', () => tellAddress(server));
