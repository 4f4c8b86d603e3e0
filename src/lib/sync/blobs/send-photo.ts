import { z } from 'zod';
import type { Refusal } from '$lib/domain/kernel/refusal.ts';
import { refusal } from '../protocol/wire.ts';
import type { PhotoRow } from '../store/local.ts';
import { requestTimeoutMs } from '../transport/transport.ts';

/**
 * What became of one attempt. `later` = nobody knows, or not now (`reached`: the server said so, so that others may be
 * tried); `stop` = the session must be cleared first.
 */
export type Sent =
	| { readonly outcome: 'stored' }
	| { readonly outcome: 'refused'; readonly refusal: Refusal }
	| { readonly outcome: 'later'; readonly reached: boolean }
	| { readonly outcome: 'stop' };

export type SendOptions = {
	readonly endpoint: string;
	/** Whose photo it is: the server refuses it when somebody else is signed in by now (sync 6). */
	readonly actorId: string;
	readonly progress: (bytesSent: number) => void;
	readonly address: (uploadUrl: string) => void;
	/** Ends the attempt; what was received stays received. */
	readonly signal: AbortSignal;
	/** A signal that comes after so many milliseconds. */
	readonly limit?: (ms: number) => AbortSignal;
};

const actorHeader = 'x-san-actor';
/** A cut costs at most one piece, and a line of 10 kbit/s carries one within the time a request has. */
const pieceBytes = 64 * 1024;

const stateSchema = z.object({
	state: z.enum(['unknown', 'receiving', 'stored', 'refused']),
	refusal: refusal.optional()
});
const aboutThePhoto: readonly Refusal['code'][] = [
	'upload_too_large',
	'upload_not_an_image',
	'upload_hash_mismatch',
	'pdf_locked',
	'pdf_active',
	'pdf_unusable',
	'voice_unusable',
	'voice_too_long'
];
const bodySchema = z.object({ refusal });

/** Asks what the server has of this photo, so that nothing is sent twice. null = no usable answer. */
export async function askPhoto(hash: string, options: SendOptions): Promise<Sent | 'send'> {
	const response = await fetch(`${options.endpoint}?hash=${hash}`, {
		headers: { [actorHeader]: options.actorId },
		cache: 'no-store',
		signal: patience(options)
	}).catch(() => null);
	if (!response) return { outcome: 'later', reached: false };
	if (response.status === 401 || response.status === 403) return { outcome: 'stop' };
	const answer = stateSchema.safeParse(await response.json().catch(() => null));
	if (!response.ok || !answer.success) return { outcome: 'later', reached: true };
	if (answer.data.state === 'stored') return { outcome: 'stored' };
	// A damaged transfer is worth another; the same picture refused for itself is not.
	const said = answer.data.refusal;
	if (answer.data.state === 'refused' && said && said.code !== 'upload_hash_mismatch')
		return { outcome: 'refused', refusal: said };
	return 'send';
}

/** Ends with the attempt or when a request's time is over (`AbortSignal.any` is younger than many phones). */
function patience({ signal, limit = (ms) => AbortSignal.timeout(ms) }: SendOptions): AbortSignal {
	const either = new AbortController();
	for (const one of [signal, limit(requestTimeoutMs)]) {
		if (one.aborted) either.abort();
		else one.addEventListener('abort', () => either.abort(), { signal: either.signal });
	}
	return either.signal;
}

/** A request of this protocol; null = no answer came. */
type Ask = (url: string, init: RequestInit) => Promise<Response | null>;
/** Where an upload stands, or why it cannot go on. */
type Standing = { readonly url: string; readonly offset: number } | Sent;

/**
 * Sends a photo, or the rest of it, from where the server stands (tus 1.0). When to try again is decided by the
 * uploader, which knows about the network and the session. Never rejects.
 */
export async function sendPhoto(
	photo: Pick<PhotoRow, 'hash' | 'type' | 'uploadUrl'>,
	bytes: ArrayBuffer,
	options: SendOptions
): Promise<Sent> {
	const ask: Ask = (url, { headers, ...init }) =>
		fetch(url, {
			...init,
			headers: { 'tus-resumable': '1.0.0', [actorHeader]: options.actorId, ...headers },
			cache: 'no-store',
			signal: patience(options)
		}).catch(() => null);
	const standing =
		(photo.uploadUrl && (await goOn(photo.uploadUrl, ask))) || (await begin(photo, bytes, ask, options));
	if ('outcome' in standing) return standing;
	options.address(standing.url);
	return sendRest(standing.url, standing.offset, bytes, ask, options);
}

/** Held by another request, or not ours to ask about; any other "no" means that it must begin anew. */
const noWordOnTheUpload: readonly number[] = [401, 403, 423, 429];

/** Where the server stands with an upload begun earlier; null = it is forgotten, or arrived damaged. */
async function goOn(url: string, ask: Ask): Promise<Standing | null> {
	const response = await ask(url, { method: 'HEAD' });
	if (!response || response.status >= 500) return whatWentWrong(response);
	if (!response.ok) return noWordOnTheUpload.includes(response.status) ? whatWentWrong(response) : null;
	const offset = offsetIn(response);
	return offset === null ? { outcome: 'later', reached: true } : { url, offset };
}

async function begin(
	{ hash, type }: Pick<PhotoRow, 'hash' | 'type'>,
	bytes: ArrayBuffer,
	ask: Ask,
	{ endpoint }: SendOptions
): Promise<Standing> {
	const response = await ask(endpoint, {
		method: 'POST',
		headers: {
			'upload-length': String(bytes.byteLength),
			'upload-metadata': `sha256 ${btoa(hash)},type ${btoa(type)}`
		}
	});
	const location = response?.headers.get('location');
	if (!response?.ok || !location) return whatWentWrong(response);
	// An upload the server had begun, or finished, before its answer was lost.
	return { url: new URL(location, response.url).href, offset: offsetIn(response) ?? 0 };
}

async function sendRest(
	url: string,
	from: number,
	bytes: ArrayBuffer,
	ask: Ask,
	{ progress }: SendOptions
): Promise<Sent> {
	let offset = from;
	while (offset < bytes.byteLength) {
		const response = await ask(url, {
			method: 'PATCH',
			headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
			body: new Uint8Array(bytes, offset, Math.min(pieceBytes, bytes.byteLength - offset))
		});
		if (!response?.ok) return whatWentWrong(response);
		const taken = offsetIn(response);
		// Without progress this would go on for ever.
		if (taken === null || taken <= offset) return { outcome: 'later', reached: true };
		offset = taken;
		progress(offset);
	}
	return { outcome: 'stored' };
}

function offsetIn(response: Response): number | null {
	const offset = response.headers.get('upload-offset');
	return offset !== null && /^\d{1,12}$/.test(offset) ? Number(offset) : null;
}

async function whatWentWrong(response: Response | null): Promise<Sent> {
	if (!response) return { outcome: 'later', reached: false };
	if (response.status === 401 || response.status === 403) return { outcome: 'stop' };
	const body = bodySchema.safeParse(await response.json().catch(() => null));
	if (!body.success || body.data.refusal.retry || response.status >= 500)
		return { outcome: 'later', reached: true };
	const said = body.data.refusal;
	// An upload that was forgotten meanwhile, or too many at once: no word about the photo itself. What a newer exchange
	// says of it comes with the next question.
	return aboutThePhoto.includes(said.code)
		? { outcome: 'refused', refusal: said }
		: { outcome: 'later', reached: true };
}
