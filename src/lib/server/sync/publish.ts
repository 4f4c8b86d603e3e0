import type { Tx } from '$lib/server/db/pool.ts';
import {
	projectionFor,
	type Audience,
	type CollectionDoc,
	type CollectionName
} from '$lib/sync/protocol/collections.ts';
import { asSystem, type WriteContext } from './write.ts';

/** One document as one audience sees it. */
export type Projection<C extends CollectionName> = {
	readonly audience: Audience;
	readonly doc: CollectionDoc<C>;
};

/** Reads a document's due projections, after the caller has locked what decides them. */
export type Projector<C extends CollectionName> = (tx: Tx, id: string) => Promise<Projection<C>[]>;

/**
 * Brings a document's feed rows up to date in the writing transaction: the due audiences get the projection,
 * every other audience that held it gets a tombstone. Throws when a projection does not fit its strict schema
 * (an unknown key would be a leak), which rolls the whole write back. Returns the feed version.
 */
export async function publish<C extends CollectionName>(
	ctx: WriteContext,
	collection: C,
	id: string,
	project: Projector<C>
): Promise<number> {
	const { rows, left, version } = await asSystem(ctx, 'publish', async (tx) => {
		const rows = await project(tx, id);
		for (const row of rows) assertFits(collection, row.audience, row.doc);
		const held = await tx<{ audience: Audience }[]>`
			select audience from sync_feed
			where collection = ${collection} and doc_id = ${id} and doc is not null`;
		const left = held.map((row) => row.audience).filter((a) => !rows.some((row) => row.audience === a));
		const [written] = await tx<{ version: number }[]>`
			select feed_publish(
				${collection}, ${id},
				${rows.map((row) => row.audience)}::text[],
				${rows.map((row) => JSON.stringify(row.doc))}::text[]::jsonb[]
			) as version`;
		if (!written) throw new Error('feed_publish returned nothing');
		return { rows, left, version: Number(written.version) };
	});
	ctx.touched.version = version;
	for (const audience of [...rows.map((row) => row.audience), ...left]) {
		const collections = ctx.touched.audiences.get(audience) ?? new Set();
		collections.add(collection);
		ctx.touched.audiences.set(audience, collections);
	}
	return version;
}

function assertFits(collection: CollectionName, audience: Audience, doc: unknown): void {
	const schema = projectionFor(collection, audience);
	if (!schema) throw new Error(`${collection} has no projection for ${audience}`);
	const parsed = schema.safeParse(doc);
	if (!parsed.success) throw new Error(`${collection} for ${audience}: ${parsed.error.message}`);
}
