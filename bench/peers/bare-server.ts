import http from 'node:http';
import postgres from 'postgres';
import { tellAddress } from './server.ts';

/** The least that brings all public listings out of Postgres over HTTP: one select, one answer. */
const url = process.env.BENCH_DATABASE_URL;
if (!url) throw new Error('BENCH_DATABASE_URL is missing');
const sql = postgres(url, { max: 10 });

const server = http.createServer(async (_request, response) => {
	const rows = await sql<{ doc: string }[]>`
		select doc::text as doc from sync_feed
		where audience = 'public' and collection = 'listings' and doc is not null`;
	response.setHeader('content-type', 'application/json');
	response.end(`[${rows.map((row) => row.doc).join()}]`);
});
server.listen(0, '127.0.0.1', () => tellAddress(server));
