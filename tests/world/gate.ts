import http from 'node:http';
import { builtName, nextBuild, type NextBuild } from './next-build.ts';

/** A door before the program, as a network is: it can be shut, and it can bring the next version. */
export type Gate = {
	readonly origin: string;
	/** What was asked and answered so far: `POST /api/trpc/sync.push 200`. */
	readonly answered: readonly string[];
	/** The bodies of pushed commands, as they came. */
	readonly pushed: readonly string[];
	/** Whoever knocks while it is shut is cut off. */
	shut(): void;
	open(): void;
	/** What is pushed is taken by the exchange, and nobody hears of it, as where the line breaks behind the commit. */
	keepPushAnswers(kept: boolean): void;
	/** Cuts the line that many times, each time after about so many bytes of uploads went through. */
	cutUploads(times: number, everyBytes: number): void;
	readonly uploads: { readonly uploaded: number; readonly cutsMade: number };
	/**
	 * From now on another build is served, as after every deploy: files of the one before are gone (404). Its worker takes
	 * `startMs` to start, as on a slow phone.
	 */
	bringNextVersion(startMs?: number): void;
	close(): Promise<void>;
};

const isPush = ({ url }: http.IncomingMessage): boolean => url?.startsWith('/api/trpc/sync.push') ?? false;

export async function openGate(program: { readonly port: number }): Promise<Gate> {
	let isShut = false;
	let keepsAnswers = false;
	const built = await builtName(program.port);
	let builds = 0;
	let build: NextBuild | null = null;
	let startsFor = 0;
	const answered: string[] = [];
	const pushed: string[] = [];
	const uploads = { uploaded: 0, cutsMade: 0 };
	let cuts = { left: 0, every: Infinity, since: 0 };
	const count = (request: http.IncomingMessage, bytes: number): void => {
		uploads.uploaded += bytes;
		cuts.since += bytes;
		if (cuts.left === 0 || cuts.since < cuts.every) return;
		cuts = { ...cuts, left: cuts.left - 1, since: 0 };
		uploads.cutsMade += 1;
		request.socket.destroy();
	};
	const server = http.createServer((request, response) => {
		if (isShut) return void request.socket.destroy();
		const next = build;
		const path = next ? next.addressOf(request.url ?? '/') : request.url;
		if (path === null) {
			answered.push(`${request.method} ${request.url} 404`);
			response.writeHead(404, { 'cache-control': 'no-store' }).end();
			return;
		}
		const worker = path === '/service-worker.js';
		const { 'if-none-match': _, ...asked } = request.headers;
		// What the browser has kept of the build before is no longer what is served.
		const headers = next ? { ...asked, 'accept-encoding': 'identity' } : request.headers;
		const passed = http.request(
			{ host: '127.0.0.1', port: program.port, path, method: request.method, headers },
			(answer) => {
				const status = answer.statusCode ?? 502;
				answered.push(`${request.method} ${request.url} ${status}`);
				if (keepsAnswers && isPush(request)) return void answer.resume();
				if (!next?.speaksOfFiles(path ?? '/', answer.headers)) {
					response.writeHead(status, answer.headers);
					answer.pipe(response);
					return;
				}
				const pieces: Buffer[] = [];
				answer.on('data', (piece: Buffer) => pieces.push(piece));
				answer.on('end', () => {
					const slow = `for (const until = Date.now() + ${startsFor}; Date.now() < until; );\n`;
					response.writeHead(status, next.headers(answer.headers));
					response.end((worker ? slow : '') + next.text(Buffer.concat(pieces).toString()));
				});
			}
		);
		passed.on('error', () => response.destroy());
		// What went through before the cut arrives, also where the machine is busy.
		response.on('close', () => setTimeout(() => passed.destroy(), 500));
		if (request.url?.startsWith('/api/files/uploads'))
			request.on('data', (piece: Buffer) => count(request, piece.length));
		if (isPush(request)) {
			const pieces: Buffer[] = [];
			request.on('data', (piece: Buffer) => pieces.push(piece));
			request.on('end', () => pushed.push(Buffer.concat(pieces).toString()));
		}
		request.pipe(passed);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		origin: `http://localhost:${port}`,
		answered,
		pushed,
		uploads,
		keepPushAnswers(kept) {
			keepsAnswers = kept;
		},
		cutUploads(times, everyBytes) {
			cuts = { left: times, every: everyBytes, since: 0 };
		},
		shut() {
			isShut = true;
			server.closeAllConnections();
		},
		open() {
			isShut = false;
		},
		bringNextVersion(startMs = 0) {
			builds += 1;
			build = nextBuild(built, builds);
			startsFor = startMs;
		},
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			})
	};
}
