import type { Tx } from '$lib/server/db/pool.ts';
import {
	projectionFor,
	type Audience,
	type CollectionDoc,
	type CollectionName
} from '$lib/sync/protocol/collections.ts';
import type { WriteContext } from './write.ts';

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
	const { tx } = ctx;
	// Each step that can ride on another does: this runs once or more in every command.
	const [before] = await tx<{ held: Audience[] }[]>`
		select set_config('san.actor', 'system:publish', true), array(
			select audience from sync_feed
			where collection = ${collection} and doc_id = ${id} and doc is not null) as held`;
	const rows = await dueProjections(ctx, collection, () => project(tx, id));
	const left = (before?.held ?? []).filter((a) => !rows.some((row) => row.audience === a));
	const [written] = await tx<{ version: number }[]>`
		select feed_publish(
			${collection}, ${id},
			${rows.map((row) => row.audience)}::text[],
			${rows.map((row) => JSON.stringify(row.doc))}::text[]::jsonb[]
		) as version, set_config('san.actor', ${ctx.actorId}, true)`;
	if (!written) throw new Error('feed_publish returned nothing');
	const { version } = written;
	ctx.touched.version = version;
	for (const audience of [...rows.map((row) => row.audience), ...left]) {
		const collections = ctx.touched.audiences.get(audience) ?? new Set();
		collections.add(collection);
		ctx.touched.audiences.set(audience, collections);
	}
	return version;
}

/** Nobody may go on as the system: what fails here becomes the actor again first. */
async function dueProjections<C extends CollectionName>(
	ctx: WriteContext,
	collection: C,
	project: () => Promise<Projection<C>[]>
): Promise<Projection<C>[]> {
	try {
		const rows = await project();
		for (const row of rows) assertFits(collection, row.audience, row.doc);
		return rows;
	} catch (error) {
		await ctx.tx`select set_config('san.actor', ${ctx.actorId}, true)`.catch(() => undefined);
		throw error;
	}
}

function assertFits(collection: CollectionName, audience: Audience, doc: unknown): void {
	const schema = projectionFor(collection, audience);
	if (!schema) throw new Error(`${collection} has no projection for ${audience}`);
	const parsed = schema.safeParse(doc);
	if (!parsed.success) throw new Error(`${collection} for ${audience}: ${parsed.error.message}`);
}
