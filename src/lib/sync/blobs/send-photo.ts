import { DetailedError, Upload } from 'tus-js-client';
import { z } from 'zod';
import { refusalCodes, type Refusal } from '$lib/domain/kernel/refusal.ts';
import type { PhotoRow } from '../store/local.ts';

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
};

const actorHeader = 'x-san-actor';
/** A cut costs at most one piece. */
const pieceBytes = 256 * 1024;

const refusalSchema = z.object({
	code: z.enum(refusalCodes),
	clause: z.string().optional(),
	facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
	retry: z.boolean().optional()
});
const stateSchema = z.object({
	state: z.enum(['unknown', 'receiving', 'stored', 'refused']),
	refusal: refusalSchema.optional()
});
const aboutThePhoto: readonly Refusal['code'][] = [
	'upload_too_large',
	'upload_not_an_image',
	'upload_hash_mismatch',
	'voice_unusable',
	'voice_too_long'
];
const bodySchema = z.object({ refusal: refusalSchema });

/** Asks what the server has of this photo, so that nothing is sent twice. null = no usable answer. */
export async function askPhoto(hash: string, options: SendOptions): Promise<Sent | 'send'> {
	const response = await fetch(`${options.endpoint}?hash=${hash}`, {
		headers: { [actorHeader]: options.actorId },
		cache: 'no-store',
		signal: options.signal
	}).catch(() => null);
	if (!response) return { outcome: 'later', reached: false };
	if (response.status === 401 || response.status === 403) return { outcome: 'stop' };
	const answer = stateSchema.safeParse(await response.json().catch(() => null));
	if (!response.ok || !answer.success) return { outcome: 'later', reached: true };
	if (answer.data.state === 'stored') return { outcome: 'stored' };
	// A damaged transfer is worth another; the same picture refused for itself is not.
	const refusal = answer.data.refusal;
	if (answer.data.state === 'refused' && refusal && refusal.code !== 'upload_hash_mismatch')
		return { outcome: 'refused', refusal };
	return 'send';
}

/** Sends a photo, or the rest of it, from where the server stands (tus 1.0). Never rejects. */
export function sendPhoto(
	photo: Pick<PhotoRow, 'hash' | 'type' | 'uploadUrl'>,
	file: Blob | Buffer,
	options: SendOptions
): Promise<Sent> {
	return new Promise((resolve) => {
		const upload = new Upload(file, {
			endpoint: options.endpoint,
			uploadUrl: photo.uploadUrl,
			chunkSize: pieceBytes,
			// When to try again is decided by the uploader, which knows about the network and the session.
			retryDelays: null,
			storeFingerprintForResuming: false,
			metadata: { sha256: photo.hash, type: photo.type },
			headers: { [actorHeader]: options.actorId },
			onUploadUrlAvailable: () => {
				if (upload.url) options.address(upload.url);
			},
			onChunkComplete: (_, accepted) => options.progress(accepted),
			onSuccess: () => resolve({ outcome: 'stored' }),
			onError: (error) => resolve(whatWentWrong(error))
		});
		options.signal.addEventListener('abort', () => {
			void upload.abort().finally(() => resolve({ outcome: 'later', reached: false }));
		});
		upload.start();
	});
}

function whatWentWrong(error: Error): Sent {
	const response = error instanceof DetailedError ? error.originalResponse : null;
	if (!response) return { outcome: 'later', reached: false };
	const status = response.getStatus();
	if (status === 401 || status === 403) return { outcome: 'stop' };
	const body = bodySchema.safeParse(readJson(response.getBody()));
	if (!body.success || body.data.refusal.retry || status >= 500) return { outcome: 'later', reached: true };
	const { refusal } = body.data;
	// An upload that was forgotten meanwhile, or too many at once: no word about the photo itself.
	return aboutThePhoto.includes(refusal.code)
		? { outcome: 'refused', refusal }
		: { outcome: 'later', reached: true };
}

function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
