import http from 'node:http';

/** A door before the program, as a network is: it can be shut, and it can bring the next version. */
export type Gate = {
	readonly origin: string;
	/** What was asked and answered so far: `POST /api/trpc/sync.push 200`. */
	readonly answered: readonly string[];
	/** Whoever knocks while it is shut is cut off. */
	shut(): void;
	open(): void;
	/** From now on the worker's script differs, as it does after every build. */
	bringNextVersion(): void;
	close(): Promise<void>;
};

export async function openGate(program: { readonly port: number }): Promise<Gate> {
	let isShut = false;
	let version = 0;
	const answered: string[] = [];
	const server = http.createServer((request, response) => {
		if (isShut) return void request.socket.destroy();
		const worker = version > 0 && request.url === '/service-worker.js';
		const headers = { ...request.headers, ...(worker && { 'accept-encoding': 'identity' }) };
		const passed = http.request(
			{ host: '127.0.0.1', port: program.port, path: request.url, method: request.method, headers },
			(answer) => {
				answered.push(`${request.method} ${request.url} ${answer.statusCode}`);
				if (!worker) {
					response.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(response);
					return;
				}
				const pieces: Buffer[] = [];
				answer.on('data', (piece: Buffer) => pieces.push(piece));
				answer.on('end', () => {
					const script = `${Buffer.concat(pieces).toString()}\n// version ${version}`;
					response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
					response.end(script);
				});
			}
		);
		passed.on('error', () => response.destroy());
		response.on('close', () => passed.destroy());
		request.pipe(passed);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		origin: `http://localhost:${port}`,
		answered,
		shut() {
			isShut = true;
			server.closeAllConnections();
		},
		open() {
			isShut = false;
		},
		bringNextVersion() {
			version += 1;
		},
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			})
	};
}
