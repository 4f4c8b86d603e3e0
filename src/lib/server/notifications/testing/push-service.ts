import fs from 'node:fs';
import https from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** The certificate and its key are made for these tests and worth nothing elsewhere. */
const read = (name: string): string => fs.readFileSync(path.join(import.meta.dirname, name), 'utf8');

export type Pushed = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

/** A push service of a browser's maker, as far as a sender can tell: HTTPS, an address a browser, an answer. */
export async function servePushes() {
	const pushed: Pushed[] = [];
	let answer = 201;
	let open = 0;
	let mostAtOnce = 0;
	const certificate = read('push-service.crt');
	const server = https.createServer(
		{ key: read('push-service.key'), cert: certificate },
		(request, response) => {
			const pieces: Buffer[] = [];
			mostAtOnce = Math.max(mostAtOnce, ++open);
			request.on('data', (piece: Buffer) => pieces.push(piece));
			request.on('end', () => {
				pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces) });
				setTimeout(() => {
					open -= 1;
					response.writeHead(answer).end();
				}, 200);
			});
		}
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port }: AddressInfo = Object(server.address());
	return {
		origin: `https://localhost:${port}`,
		/** Trusts this server's certificate. */
		agent: new https.Agent({ ca: certificate }),
		pushed,
		/** How many requests were open at one time. */
		mostAtOnce: () => mostAtOnce,
		answersWith(status: number) {
			answer = status;
		},
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			})
	};
}
