import http from 'node:http';
import type { AddressInfo } from 'node:net';

export type RequestHandler = (
	request: http.IncomingMessage,
	response: http.ServerResponse,
	next: (error?: unknown) => void
) => unknown;

export type HttpOptions = {
	readonly host: string;
	readonly port: number;
	readonly secure: boolean;
	/** Told of a request that failed in a way nobody foresaw. It costs that answer and nothing else. */
	readonly onFault?: (error: unknown) => void;
};

/** The header the wrapped handler trusts for the protocol; whatever a client sends in it is overwritten. */
export const protocolHeader = 'x-san-protocol';

/** Set on every answer, also on files that are served before any hook runs. */
export function securityHeaders(secure: boolean): Readonly<Record<string, string>> {
	return {
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'strict-origin-when-cross-origin',
		'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()',
		'x-frame-options': 'DENY',
		'cross-origin-opener-policy': 'same-origin',
		...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' })
	};
}

/** Fails with EADDRINUSE now, instead of after the build and the seed. */
export function assertPortFree(host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const probe = http.createServer().once('error', reject);
		probe.listen(port, host, () => probe.close(() => resolve()));
	});
}

export type HttpServer = {
	readonly port: number;
	/** Stops accepting, ends event streams, lets running requests finish, closes what is left after `timeoutMs`. */
	drain(timeoutMs: number): Promise<void>;
};

/** Serves `handler` behind the headers, and knows its open answers, so that it can end well. */
export async function serve(handler: RequestHandler, options: HttpOptions): Promise<HttpServer> {
	const headers = Object.entries(securityHeaders(options.secure));
	const open = new Set<http.ServerResponse>();
	let draining = false;

	const server = http.createServer((request, response) => {
		open.add(response);
		response.once('close', () => {
			open.delete(response);
			if (draining) server.closeIdleConnections();
		});
		for (const [name, value] of headers) response.setHeader(name, value);
		if (draining) response.setHeader('connection', 'close');
		request.headers[protocolHeader] = options.secure ? 'https' : 'http';
		if (!isRange(request.headers.range)) delete request.headers.range;
		const fail = (error: unknown): void => {
			options.onFault?.(error);
			endBadly(response);
		};
		// A file that is gone by the time it is read (a build made anew under a running program) fails here, where no
		// promise leads.
		response.on('pipe', (source) => source.on('error', fail));
		const next = (error?: unknown): void => {
			response.statusCode = error ? 500 : 404;
			response.end();
		};
		// Inside a promise, so that what is thrown at once is caught like what is thrown later.
		void new Promise((resolve) => resolve(handler(request, response, next))).catch(fail);
	});

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port, options.host, () => {
			server.off('error', reject);
			resolve();
		});
	});

	return {
		port: portOf(server.address()) ?? options.port,
		async drain(timeoutMs) {
			draining = true;
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeIdleConnections();
			// A stream never ends by itself; its device reconnects, to the next process.
			for (const response of open) if (isStream(response)) response.destroy();
			const force = setTimeout(() => server.closeAllConnections(), timeoutMs);
			await closed;
			clearTimeout(force);
		}
	};
}

/** The file server throws at a range that ends before it begins; one that makes no sense is ignored (RFC 9110, 14.2). */
function isRange(header: string | undefined): boolean {
	const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
	return start !== undefined && (!end || Number(start) <= Number(end));
}

/** What was promised in the head cannot be kept any more: the connection is cut, so that nobody takes half for all. */
function endBadly(response: http.ServerResponse): void {
	if (response.headersSent) return void response.destroy();
	response.statusCode = 500;
	response.end();
}

const isStream = (response: http.ServerResponse): boolean =>
	String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

const portOf = (address: AddressInfo | string | null): number | null =>
	address !== null && typeof address === 'object' ? address.port : null;
