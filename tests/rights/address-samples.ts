import { createHash, randomBytes, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import type { Subject } from '$lib/domain/accounts/permissions.ts';
import { transaction } from '$lib/server/db/pool.ts';
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

/** Something bà Tư has begun to send and not finished. */
async function begun(): Promise<string> {
	const id = randomUUID();
	const sha256 = createHash('sha256').update(randomBytes(16)).digest('hex');
	await transaction(
		runtime().db,
		batu.id,
		(tx) => tx`
			insert into uploads (id, owner_id, sha256, state) values (${id}, ${batu.id}, ${sha256}, 'receiving')`
	);
	return id;
}

type Samples = {
	readonly [A in AddressName]?: (stage: {
		readonly uploadId: string;
	}) => Promise<readonly AddressCase[]> | readonly AddressCase[];
};

/** What is asked of an address. One without a line is asked with nothing, which shows its guard. */
export const addressSamples: Samples = {
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
