import { z } from 'zod';
import { position } from './wire.ts';

/**
 * Where the list of packs is; `no-store`. A pack lies below it under its hash and never changes. 410 = superseded, or
 * something in it has just left the catalogue and it is being made anew, which takes seconds: the other packs can be
 * taken meanwhile, then the list is asked for again.
 */
export const manifestPath = '/api/catalogue/manifest';
export const packPath = (hash: string): string => `/api/catalogue/packs/${hash}`;
/** The same pack as a gzip file: for who keeps it as it came. */
export const packFilePath = (hash: string): string => `${packPath(hash)}.gz`;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One chunk of the approved catalogue: goods of one sector, of wards that lie next to each other. */
export const packEntry = z.object({
	/** SHA-256 of the pack's text, its name and its check. */
	hash,
	sectorId: z.string().max(60),
	/** Codes of the wards its goods come from. */
	wards: z.array(z.string().max(20)),
	rows: z.int().min(1),
	/** Compressed, as it travels. */
	bytes: z.int().min(1)
});
export type PackEntry = z.output<typeof packEntry>;

/**
 * What the catalogue is made of at this moment (sync 10). Every public change below `position` is in the packs or in
 * `hidden`; the pull goes on from there.
 */
export const packManifest = z.object({
	epoch: z.string().max(80),
	serverTime: z.iso.datetime({ offset: true }),
	position,
	/** The newest goods once more, small, for the first screen; its rows are also in the others. */
	first: packEntry.nullable(),
	packs: z.array(packEntry),
	/** Listings that stand in a pack and are public no more: withdrawn, locked, gone since it was made. */
	hidden: z.array(z.string().max(80))
});
export type PackManifest = z.output<typeof packManifest>;

/** The distinct values of a column, and which of them each row has. */
const column = z.object({ names: z.array(z.string()), of: z.array(z.int().min(0)) });

/**
 * The first line of a pack's text: what lists are made by, one value a row, so that a device reads a row only when
 * somebody looks at it. A pack made before there were heads begins with its first row.
 */
export const packHead = z.object({
	/** Bytes of each row's line, without its line feed. */
	lengths: z.array(z.int().min(1)),
	/** Where in its line a row's id begins, in bytes; a quotation mark ends it. */
	idAt: z.array(z.int().min(1)),
	versions: z.array(z.int().min(0)),
	/** Milliseconds since 1970. */
	approvedAt: z.array(z.int()),
	sectors: column,
	categories: column,
	wards: column,
	sellers: column
});
export type PackHead = z.output<typeof packHead>;

/** Every other line of a pack's text is one such value, as JSON: the feed's version and the public projection. */
export const packRow = z.object({ v: z.int().min(0), d: z.looseObject({ id: z.string() }) });
export type PackRow = z.output<typeof packRow>;
