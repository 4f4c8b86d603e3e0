import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import type { ShrunkPhoto } from './photos.ts';
import { shrinkPhoto } from './shrink.ts';

export const documentType = 'application/pdf';
/** As the exchange takes: what is larger is told here, before anybody waits for it. */
const maxBytes = 12 * 1024 * 1024;

/** TG-6.3: a paper as it is kept until it is sent: a picture made small, or a PDF as it is. What it is, its bytes say. */
export async function readyEvidence(file: Blob): Promise<Result<ShrunkPhoto>> {
	if ((await file.slice(0, 5).text()) !== '%PDF-') return shrinkPhoto(file);
	if (file.size > maxBytes) return no('upload_too_large', { facts: { max: maxBytes } });
	return ok({ bytes: await file.arrayBuffer(), type: documentType, thumb: null });
}
