import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import type { UploadReceiver } from '../uploads.ts';

export type UploadServer = {
	readonly endpoint: string;
	readonly received: () => number;
	close(): Promise<void>;
};

/**
 * A real HTTP server before the receiver, in which `ownerId` is signed in. It reads requests and writes answers
 * with the same functions as the built program and the development server.
 */
export async function serveUploads(
	receiver: UploadReceiver,
	ownerId: string,
	options: { cutAfter?: (nthRequest: number) => number | null } = {}
): Promise<UploadServer> {
	let requests = 0;
	let bytes = 0;
	const server = http.createServer((req, res) => {
		let left = options.cutAfter?.(++requests) ?? Infinity;
		req.on('data', (piece: Buffer) => {
			bytes += piece.length;
			left -= piece.length;
			if (left <= 0) req.socket.destroy();
		});
		void answer(req, res).catch(() => res.destroy());
	});
	async function answer(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
		const request = await getRequest({ request: req, base: endpointOf(server), bodySizeLimit: Infinity });
		await setResponse(res, await receiver.handle(request, ownerId));
	}
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		endpoint: `${endpointOf(server)}/api/files/uploads`,
		received: () => bytes,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			})
	};
}

function endpointOf(server: http.Server): string {
	const address = server.address();
	return `http://127.0.0.1:${isPort(address) ? address.port : 0}`;
}

const isPort = (address: AddressInfo | string | null): address is AddressInfo =>
	typeof address === 'object' && address !== null;
