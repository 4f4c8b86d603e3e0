import { allEnded, type Tx } from '$lib/server/db/pool.ts';
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

/**
 * Reads a document's due projections, after the caller has locked what decides them. One with `many` reads those of
 * several documents together, a list for each id in their order.
 */
export type Projector<C extends CollectionName> = ((tx: Tx, id: string) => Promise<Projection<C>[]>) & {
	readonly many?: (tx: Tx, ids: readonly string[]) => Promise<Projection<C>[][]>;
};

/** A projector that costs many documents no more statements than one. */
export const inOneGo = <C extends CollectionName>(
	many: (tx: Tx, ids: readonly string[]) => Promise<Projection<C>[][]>
): Projector<C> => Object.assign(async (tx: Tx, id: string) => (await many(tx, [id]))[0] ?? [], { many });

/** A document whose feed rows are to be brought up to date. */
export type Due = {
	readonly collection: CollectionName;
	readonly id: string;
	readonly project: ((tx: Tx, id: string) => Promise<readonly ProjectedRow[]>) & {
		readonly many?: (tx: Tx, ids: readonly string[]) => Promise<(readonly ProjectedRow[])[]>;
	};
};
/** Of whatever collection: `assertFits` says whether it is one. */
type ProjectedRow = { readonly audience: Audience; readonly doc: unknown };

/**
 * Brings a document's feed rows up to date in the writing transaction: the due audiences get the projection,
 * every other audience that held it gets a tombstone. Throws when a projection does not fit its strict schema
 * (an unknown key would be a leak), which rolls the whole write back. In a shared transaction it is only noted, and
 * done for all commands together (`publishAll`).
 */
export async function publish<C extends CollectionName>(
	ctx: WriteContext,
	collection: C,
	id: string,
	project: Projector<C>
): Promise<void> {
	await publishEach(ctx, [{ collection, id, project }]);
}

/** The same for several documents that change together. */
export async function publishEach(ctx: WriteContext, due: readonly Due[]): Promise<void> {
	if (ctx.due) ctx.due.push(...due);
	else await publishAll(ctx, due);
}

/** The same for many documents, in as many statements: what may ride on another statement does. */
export async function publishAll(ctx: WriteContext, asked: readonly Due[]): Promise<void> {
	if (asked.length === 0) return;
	const due = [...new Map(asked.map((doc) => [`${doc.collection} ${doc.id}`, doc])).values()];
	const { tx } = ctx;
	// In this order on one connection: the projections are read by who the first statement becomes.
	const become = tx`select set_config('san.actor', 'system:publish', true)`.execute();
	const [projected] = await allEnded([projectAll(ctx, due), become]);
	const [written] = await tx<
		{ version: number; gone: { audience: Audience; collection: CollectionName }[] }[]
	>`
		select version, gone, set_config('san.actor', ${ctx.actorId}, true)
		from feed_publish_together(${JSON.stringify(
			due.map(({ collection, id }, at) => ({
				collection,
				id,
				audiences: projected[at]?.map((row) => row.audience),
				docs: projected[at]?.map((row) => row.doc)
			}))
		)}::text::jsonb)`;
	if (!written) throw new Error('feed_publish returned nothing');
	ctx.touched.version = written.version;
	const touch = (audience: Audience, collection: CollectionName) => {
		const collections = ctx.touched.audiences.get(audience) ?? new Set();
		collections.add(collection);
		ctx.touched.audiences.set(audience, collections);
	};
	due.forEach(({ collection }, at) => {
		for (const { audience } of projected[at] ?? []) touch(audience, collection);
	});
	for (const { audience, collection } of written.gone) touch(audience, collection);
}

/** Nobody may go on as the system: when one fails, the others are awaited and the actor comes back first. */
async function projectAll(ctx: WriteContext, due: readonly Due[]): Promise<(readonly ProjectedRow[])[]> {
	const together = new Map<Due['project'], Due[]>();
	for (const doc of due) together.set(doc.project, [...(together.get(doc.project) ?? []), doc]);
	const projected = new Map<Due, readonly ProjectedRow[]>();
	const all = await Promise.allSettled(
		[...together].flatMap(([project, docs]): Promise<void>[] => {
			const { many } = project;
			if (!many) return docs.map(async (doc) => void projected.set(doc, await project(ctx.tx, doc.id)));
			const put = (rows: (readonly ProjectedRow[])[]) =>
				docs.forEach((doc, at) => projected.set(doc, rows[at] ?? []));
			return [
				many(
					ctx.tx,
					docs.map((doc) => doc.id)
				).then(put)
			];
		})
	);
	try {
		for (const one of all) if (one.status === 'rejected') throw one.reason;
		return due.map((doc) => {
			const rows = projected.get(doc) ?? [];
			for (const row of rows) assertFits(doc.collection, row.audience, row.doc);
			return rows;
		});
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
