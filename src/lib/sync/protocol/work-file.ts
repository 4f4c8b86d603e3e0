import { z } from 'zod';
import { id, instant, sha256 } from '$lib/domain/kernel/fields.ts';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { emptyBusiness, emptyPerson } from '$lib/domain/businesses/empty.ts';
import type { BusinessContent, BusinessPerson } from '$lib/domain/businesses/schema.ts';
import { emptyListing, type ListingContent } from '$lib/domain/listings/schema.ts';
import { maxCommandBlobs } from './commands.ts';
import { sha256 as sha256Of } from './sha256.ts';
import { refusal } from './wire.ts';

/**
 * One person's unsent work as one file (sync 15, docs/work-file.md): a first line, a JSON header, then the bytes of
 * the parts the header names. The header has a check of its own and every part is named by its SHA-256, so that a
 * file cut short is known as one and what is whole in it can still be used.
 */
export const workFileVersion = 1;
export const workFileEnding = '.santinh';
const mark = 'SANTINH-WORK';
/** The first line is shorter than this; a header is far smaller than its limit. */
const longestLine = 120;
const largestHeader = 20_000_000;

/** Text being typed may not be valid yet: only the kinds of values are looked at, not their limits. */
const sameKind = (value: unknown, empty: unknown): boolean =>
	typeof empty === 'string'
		? typeof value === 'string'
		: Array.isArray(empty)
			? Array.isArray(value)
			: value === null || typeof value === 'number' || typeof value === 'object';

/** The voice note came later: absent, it takes nothing away; every other field is there. */
const { voice: _voice, ...required } = emptyListing;

function isLike(value: unknown, empty: object): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const given = new Map(Object.entries(value));
	return Object.entries(empty).every(([field, kind]) => sameKind(given.get(field), kind));
}
const isContent = (value: unknown): value is ListingContent => isLike(value, required);

const content = z
	.looseObject({})
	// A file of an older build may lack a field that came later.
	.transform((value): unknown => ({ ...required, ...value }))
	.pipe(z.custom<ListingContent>(isContent));

const someFields = z.custom<Partial<ListingContent>>((value) => typeof value === 'object' && value !== null);

export const savedDraft = z.object({
	listingId: id,
	base: z.int().min(0),
	ancestor: content,
	content,
	conflicts: someFields,
	next: someFields.optional(),
	/** The exchange was restored since, and nobody has looked yet what it still has (sync 13). */
	restored: z.string().max(40).optional(),
	createdAt: z.string().max(40),
	updatedAt: z.string().max(40)
});

export const savedBusiness = z.object({
	base: z.int().min(0),
	content: z.custom<BusinessContent>((value) => isLike(value, emptyBusiness)),
	person: z.custom<BusinessPerson>((value) => isLike(value, emptyPerson))
});

/** A command under its own id, its input as it was frozen: the exchange knows it again by both (sync 1). */
export const savedCommand = z.object({
	id,
	seq: z.int().min(1),
	name: z.string().max(60),
	input: z.unknown(),
	deviceTime: instant,
	after: z.array(id).max(20),
	blobs: z.array(sha256).max(maxCommandBlobs)
});
export type SavedCommand = z.output<typeof savedCommand>;

const keptCommand = savedCommand.extend({
	/** The device it was made on, when it was brought to the one that wrote the file. */
	broughtFrom: z.uuid().optional(),
	/** null = nobody has answered it yet. */
	refusal: refusal.nullable(),
	receivedAt: instant.nullable(),
	goods: z
		.object({
			listingId: id,
			title: z.string(),
			unit: z.string(),
			thumb: z.string().nullable(),
			sellerName: z.string(),
			sellerPhone: z.string()
		})
		.nullable()
});
export type KeptCommand = z.output<typeof keptCommand>;

export const workHeader = z.object({
	version: z.int().min(1),
	/** The same file is known again by it. */
	fileId: id,
	/** The clock of the device that wrote it. */
	exportedAt: instant,
	protocol: z.int(),
	owner: z.object({ id, name: z.string().max(200) }),
	deviceId: id,
	/** The exchange, between two restores, the working copies build on (sync 13); null = an older build wrote it, or none was met. */
	epoch: z.string().max(40).nullable().default(null),
	commands: z.array(keptCommand).max(5_000),
	drafts: z.array(savedDraft).max(2_000),
	/** Commands for working copies that none of `commands` brings: for whoever hands the file in (not for a device). */
	saves: z.array(savedCommand).max(2_000),
	/** `hash` names the bytes and the part they are in; `thumb` = the part of the small picture. */
	blobs: z
		.array(
			z.object({
				hash: sha256,
				type: z.string().max(100),
				thumb: sha256.nullable(),
				addedAt: z.string().max(40)
			})
		)
		.max(2_000),
	/** Voice notes that were being recorded: what is in the part of that name is the beginning, in one piece. */
	recordings: z
		.array(z.object({ listingId: id, type: z.string().max(100), sha256 }))
		.max(2_000)
		.default([]),
	/** The registration of the own business while it is written. */
	business: savedBusiness.nullable().default(null),
	/** In the order they follow the header. */
	parts: z.array(z.object({ sha256, bytes: z.int().min(0) })).max(4_000),
	/** Stores of the device that could not be read. */
	unread: z.array(z.string()),
	/** Rows that were read and fit nothing this build knows, for a person to look at. */
	unfit: z.array(z.object({ store: z.string(), row: z.unknown() }))
});
export type WorkHeader = z.output<typeof workHeader>;

export type WorkFile = {
	readonly header: WorkHeader;
	/** Some parts are missing or damaged; the header is whole. */
	readonly cut: boolean;
	/** A part's bytes, checked against its name; null = not whole in this file. */
	part(sha256: string): Promise<ArrayBuffer | null>;
};

/** A UUID (version 8, of one's own making) that is the same for the same text. */
export async function idFrom(said: string): Promise<string> {
	const hex = await sha256Of(new TextEncoder().encode(said).buffer);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Writes the file; `parts` in the order of `header.parts`. */
export async function writeWorkFile(header: WorkHeader, parts: readonly ArrayBuffer[]): Promise<Blob> {
	const json = new TextEncoder().encode(JSON.stringify(header));
	const line = `${mark} ${workFileVersion} ${json.byteLength} ${await sha256Of(json.buffer)}\n`;
	return new Blob([line, json, ...parts], { type: 'application/octet-stream' });
}

/**
 * Reads a file of unsent work. `file_not_work` = something else; `file_too_new` = written by a newer build;
 * `file_cut` = so much is missing that not even the header is whole.
 */
export async function readWorkFile(file: Blob): Promise<Result<WorkFile>> {
	const line = (await file.slice(0, longestLine).text()).split('\n')[0] ?? '';
	const [word, version, length, check] = line.split(' ');
	if (word !== mark || !/^\d+$/.test(version ?? '')) return no('file_not_work');
	if (Number(version) > workFileVersion) return no('file_too_new');
	const from = line.length + 1;
	const headerBytes = Number(length);
	if (!Number.isInteger(headerBytes) || headerBytes > largestHeader) return no('file_not_work');
	if (file.size < from + headerBytes) return no('file_cut');
	const json = await file.slice(from, from + headerBytes).arrayBuffer();
	if ((await sha256Of(json)) !== check) return no('file_cut');
	const parsed = workHeader.safeParse(JSON.parse(new TextDecoder().decode(json)));
	if (!parsed.success) return no('file_not_work');

	const places = new Map<string, { from: number; to: number }>();
	let at = from + headerBytes;
	for (const { sha256, bytes } of parsed.data.parts) {
		places.set(sha256, { from: at, to: at + bytes });
		at += bytes;
	}
	return ok({
		header: parsed.data,
		cut: file.size < at,
		part: async (name) => {
			const place = places.get(name);
			if (!place || file.size < place.to) return null;
			const bytes = await file.slice(place.from, place.to).arrayBuffer();
			return (await sha256Of(bytes)) === name ? bytes : null;
		}
	});
}
