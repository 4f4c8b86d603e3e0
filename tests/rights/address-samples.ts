import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Subject } from '$lib/domain/accounts/permissions.ts';
import { storePicture } from '$lib/server/files/service.ts';
import type { addressRights } from '$lib/server/rights.ts';
import { runtime } from '$lib/server/runtime.ts';
import { people, type Exchange } from '../world/exchange.ts';
import type { AddressSample } from './ask-address.ts';

export type AddressName = keyof typeof addressRights;

/** One thing to ask for, and whose it is; `subject` null = nothing of anybody's. */
export type AddressCase = AddressSample & { readonly whose: string; readonly subject: Subject | null };

const { batu } = people;
const tus = { 'tus-resumable': '1.0.0' };
const ofBatu: Subject = { ownerId: batu.id };

/** A photo of bà Tư's that a case of so-nnmt is about, and what it takes to ask for each address. */
export async function setAddressStage(exchange: Exchange) {
	const { db, files } = runtime();
	const bytes = await sharp({
		create: { width: 64, height: 48, channels: 3, background: { r: 90, g: 140, b: 60 } }
	})
		.png()
		.toBuffer();
	const kept = await storePicture(db, files, { ownerId: batu.id, bytes, now: new Date().toISOString() });
	if (!kept.ok) throw new Error(kept.refusal.code);
	const content = exchange.goods({ title: 'Ổi ruby', photos: [kept.value.sha256] });
	await exchange.must(batu, {
		name: 'listing.submit',
		input: { listingId: randomUUID(), base: 0, content: { ...content, price: content.price ?? 0 } }
	});
	return { uploadId: kept.value.uploadId };
}

/** What bà Tư has begun to send and not finished; begun again when it is gone. */
async function begun(): Promise<string> {
	const sha256 = Buffer.from('5'.repeat(64)).toString('base64');
	const request = new Request('http://localhost:3000/api/files/uploads', {
		method: 'POST',
		headers: { ...tus, 'upload-length': '10', 'upload-metadata': `sha256 ${sha256}` }
	});
	const answer = await runtime().uploads.handle(request, batu.id);
	return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

type Samples = {
	readonly [A in AddressName]?: (stage: {
		readonly uploadId: string;
	}) => Promise<readonly AddressCase[]> | readonly AddressCase[];
};

/** What is asked of an address. One without a line is asked with nothing, which shows its guard. */
export const addressSamples: Samples = {
	'GET /api/catalogue/packs/[hash]': () => [
		{ whose: 'a pack nobody has', params: { hash: 'a'.repeat(64) }, subject: null }
	],
	'HEAD /api/files/uploads/[id]': ({ uploadId }) => [
		{ whose: 'bà Tư’s upload', params: { id: uploadId }, headers: tus, subject: ofBatu }
	],
	'PATCH /api/files/uploads/[id]': ({ uploadId }) => [
		{
			whose: 'bà Tư’s upload',
			params: { id: uploadId },
			headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
			body: 'x',
			subject: ofBatu
		}
	],
	'DELETE /api/files/uploads/[id]': async () => [
		{ whose: 'what bà Tư began', params: { id: await begun() }, headers: tus, subject: ofBatu }
	],
	'GET /api/files/private/[uploadId]/[kind]': ({ uploadId }) => [
		{
			whose: 'bà Tư’s photo, in a case of so-nnmt',
			params: { uploadId, kind: 'thumb' },
			subject: { ...ofBatu, agencyId: 'so-nnmt' }
		}
	],
	'PUT /api/handovers/photos': () => [
		{
			whose: 'of a file a clerk holds',
			search: `?file=${randomUUID()}&hash=${'a'.repeat(64)}`,
			body: 'no picture',
			subject: null
		}
	]
};
