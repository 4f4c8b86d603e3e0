import http from 'node:http';
import postgres from 'postgres';
import { tellAddress } from './server.ts';

/** The bare path: LISTEN, one event with an id to whom it concerns, one row by its key. */
const url = process.env.BENCH_DATABASE_URL;
if (!url) throw new Error('BENCH_DATABASE_URL is missing');
const sql = postgres(url, { max: 10 });
const streams = new Map<http.ServerResponse, string>();

await sql.listen('bench_live', (id) => {
	for (const [stream, of] of streams) if (of === 'target') stream.write(`data: ${id}\n\n`);
});

const server = http.createServer(async (request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
	if (pathname === '/events') {
		response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		response.write(': open\n\n');
		streams.set(response, searchParams.get('of') ?? '');
		request.once('close', () => streams.delete(response));
		return;
	}
	const [row] = await sql`select id, text from bench_live where id = ${pathname.slice('/row/'.length)}`;
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify(row ?? null));
});
server.listen(0, '127.0.0.1', () => tellAddress(server));
