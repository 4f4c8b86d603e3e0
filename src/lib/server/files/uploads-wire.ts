import { Metadata } from '@tus/server';
import { sha256 as sha256Schema } from '$lib/domain/kernel/fields.ts';
import { no, ok, type Refusal, type RefusalCode, type Result } from '$lib/domain/kernel/refusal.ts';
import { maxUploadBytes } from './picture.ts';
import type { UploadRow } from './queries.ts';

const version = { 'tus-resumable': '1.0.0' } as const;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The upload an address ends with, or null. */
export function uploadIdIn(url: string): string | null {
	const last = new URL(url).pathname.split('/').at(-1) ?? '';
	return uuid.test(last) ? last : null;
}

/** What a POST asks for. Of the metadata only the hash is read; a type or an owner a client claims is not. */
export function readCreation(headers: Headers): Result<{ sha256: string; length: number }> {
	const length = headers.get('upload-length') ?? '';
	if (!/^\d{1,12}$/.test(length))
		return no('invalid_input', { fields: { 'upload-length': 'invalid_input' } });
	if (Number(length) === 0) return no('upload_not_an_image');
	if (Number(length) > maxUploadBytes) return no('upload_too_large', { facts: { max: maxUploadBytes } });
	const sha256 = sha256Schema.safeParse(metadataIn(headers).sha256);
	if (!sha256.success) return no('invalid_input', { fields: { 'upload-metadata': 'invalid_input' } });
	return ok({ sha256: sha256.data, length: Number(length) });
}

function metadataIn(headers: Headers): Record<string, string | null> {
	try {
		return Metadata.parse(headers.get('upload-metadata') ?? '');
	} catch {
		return {};
	}
}

/** Statuses a tus client does not try again, except the one that is worth it. */
export function statusOf(code: RefusalCode): number {
	if (code === 'upload_too_large') return 413;
	if (code === 'too_many_attempts') return 429;
	if (code === 'not_found') return 404;
	return code === 'invalid_input' ? 400 : 422;
}

export const answerRefused = (refusal: Refusal): Response =>
	Response.json({ refusal }, { status: statusOf(refusal.code), headers: version });

/** The upload exists, with this many bytes of it; a client that looks need not send them. */
export const answerCreated = (location: string, offset: number): Response =>
	new Response(null, { status: 201, headers: { ...version, location, 'upload-offset': String(offset) } });

export const answerHead = (length: number): Response =>
	new Response(null, {
		headers: {
			...version,
			'cache-control': 'no-store',
			'upload-offset': String(length),
			'upload-length': String(length)
		}
	});

/** An upload that is stored or refused takes nothing more; the answer is the same however often it is asked. */
export function answerDecided(method: string, row: UploadRow): Response {
	if (row.refusal) return answerRefused({ code: row.refusal });
	if (method === 'HEAD') return answerHead(row.bytes);
	if (method === 'PATCH')
		return new Response(null, { status: 204, headers: { ...version, 'upload-offset': String(row.bytes) } });
	return new Response('stored', { status: 403, headers: version });
}

/**
 * The same request, except that a body whose line breaks ends there instead of failing: a failure would throw away what
 * has come and is not on the disk yet, and it would be sent twice (sync 5).
 */
export function keptWhenCut(request: Request): Request {
	const reader = request.body?.getReader();
	if (!reader) return request;
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const piece = await reader.read().catch(() => null);
			if (piece?.value) controller.enqueue(piece.value);
			else controller.close();
		},
		cancel: (reason) => reader.cancel(reason)
	});
	const { url, method, headers } = request;
	// Node takes no streamed body without it; the type of browsers does not know it.
	const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' };
	return new Request(url, init);
}
