import { unpack } from './pack.ts';

/** Whether the client takes gzip; `gzip;q=0` says that it does not. */
const takesGzip = (request: Request): boolean =>
	/(?:^|[\s,])(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(
		request.headers.get('accept-encoding') ?? ''
	);

/** The manifest: of this moment, kept nowhere on the way. */
export const manifestResponse = (request: Request, body: Buffer): Promise<Response> =>
	compressed(request, body, { 'content-type': 'application/json', 'cache-control': 'no-store' });

/** A pack never changes, so it is kept for ever; one that may not be handed out is 410, and that is kept nowhere. */
export async function packResponse(request: Request, hash: string, body: Buffer | null): Promise<Response> {
	if (body === null) return superseded();
	const headers = {
		'content-type': 'application/x-ndjson; charset=utf-8',
		'cache-control': kept,
		etag: `W/"${hash}"`
	};
	const known = request.headers.get('if-none-match') ?? '';
	if (known.includes(headers.etag))
		return new Response(null, { status: 304, headers: { ...headers, vary: 'accept-encoding' } });
	return compressed(request, body, headers);
}

/** The same as a file that stays compressed where it is kept; nothing on the way may unpack it. */
export function packFileResponse(body: Buffer | null): Response {
	if (body === null) return superseded();
	return new Response(new Uint8Array(body), {
		headers: {
			'content-type': 'application/gzip',
			'cache-control': kept,
			'content-length': String(body.byteLength)
		}
	});
}

const kept = 'public, max-age=31536000, immutable';
const superseded = () => new Response(null, { status: 410, headers: { 'cache-control': 'no-store' } });

async function compressed(
	request: Request,
	body: Buffer,
	headers: Readonly<Record<string, string>>
): Promise<Response> {
	const gzip = takesGzip(request);
	const bytes = new Uint8Array(gzip ? body : await unpack(body));
	return new Response(bytes, {
		headers: {
			...headers,
			vary: 'accept-encoding',
			'content-length': String(bytes.byteLength),
			...(gzip && { 'content-encoding': 'gzip' })
		}
	});
}
