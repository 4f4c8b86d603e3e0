import type { OpenedFile } from './service.ts';

/**
 * A picture, a voice note or a document on the wire. It is only ever that: nothing in it may run, whatever it once came from.
 * A part that is asked for is given alone (RFC 9110, 14): Safari plays no sound without.
 */
export function fileResponse(file: OpenedFile, cacheControl: string, range: string | null = null): Response {
	const { bytes, contentType } = file;
	const headers = {
		'content-type': contentType,
		'cache-control': cacheControl,
		'accept-ranges': 'bytes',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox",
		// Shown by whatever the reader has for documents, and never as a page of ours.
		...(contentType === 'application/pdf' && { 'content-disposition': 'attachment; filename="giay-to.pdf"' })
	};
	const part = range === null ? null : partOf(range, bytes.byteLength);
	if (part === 'beyond')
		return new Response(null, {
			status: 416,
			headers: { ...headers, 'content-range': `bytes */${bytes.byteLength}` }
		});
	const { from, to } = part ?? { from: 0, to: bytes.byteLength };
	return new Response(new Uint8Array(bytes.subarray(from, to)), {
		status: part ? 206 : 200,
		headers: {
			...headers,
			'content-length': String(to - from),
			...(part && { 'content-range': `bytes ${from}-${to - 1}/${bytes.byteLength}` })
		}
	});
}

/** One range as [from, to); null = not one we serve, and then the whole is the answer. */
function partOf(range: string, length: number): { from: number; to: number } | 'beyond' | null {
	const [, first = '', last = ''] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(range) ?? [];
	if (first === '' && last === '') return null;
	if (first === '')
		return Number(last) === 0 ? 'beyond' : { from: Math.max(0, length - Number(last)), to: length };
	if (Number(first) >= length) return 'beyond';
	if (last !== '' && Number(last) < Number(first)) return null;
	return { from: Number(first), to: last === '' ? length : Math.min(length, Number(last) + 1) };
}
