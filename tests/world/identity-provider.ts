import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { signatureOf } from '../../src/lib/server/businesses/identity/http.ts';

const question = z.object({ requestId: z.string(), number: z.string(), name: z.string() });

/**
 * A provider of electronic identity for a program, over real HTTP as docs/operations.md says: it answers whoever signs
 * right, and signs what it answers. A number is verified under the name it bears here, and unknown without one.
 */
export async function openIdentityProvider() {
	const secret = 'a secret of the exchange and its provider';
	const people = new Map<string, string>();
	const asked: z.output<typeof question>[] = [];

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await text(request);
		const sent = String(request.headers['x-san-timestamp']);
		if (request.headers['x-san-signature'] !== signatureOf(secret, sent, body))
			return void response.writeHead(401).end();
		const { requestId, number, name } = question.parse(JSON.parse(body));
		asked.push({ requestId, number, name });
		const bears = people.get(number);
		const result = bears === undefined ? 'unavailable' : bears === name ? 'verified' : 'not_matched';
		const said = JSON.stringify({ requestId, result, reference: `VN-${asked.length}` });
		const now = new Date().toISOString();
		response
			.writeHead(200, { 'x-san-timestamp': now, 'x-san-signature': signatureOf(secret, now, said) })
			.end(said);
	}
	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.writeHead(500).end());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	return {
		/** What the program is started with. */
		env: { IDENTITY_URL: `http://127.0.0.1:${port}/verifications`, IDENTITY_SECRET: secret },
		/** From now on this number bears this name. */
		knows: (number: string, name: string): void => void people.set(number, name),
		asked: asked as readonly z.output<typeof question>[],
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
export type IdentityProviderWorld = Awaited<ReturnType<typeof openIdentityProvider>>;
