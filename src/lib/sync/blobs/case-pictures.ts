import type { CaseDoc } from '$lib/domain/moderation/schema.ts';
import type { Store } from '../store/store.ts';

/** Thumbnails are ≤ 12 KB: a queue of two hundred cases with three photos each stays under 8 MB. */
const kept = 600;
/** Some 200 KB each: those of the cases due first. */
const keptVoices = 40;

/**
 * Keeps the thumbnails and the first voice notes of open cases for work without a network, and lets those of others go. They are private
 * files: they lie in this user's own database and never in Cache Storage (sync 5).
 */
export async function keepCasePictures(
	store: Store,
	get: (path: string) => Promise<Blob | null>
): Promise<void> {
	const { local } = store;
	const docs = await store.docs.cases.find({ sort: [{ order: 'asc' }] }).exec();
	const wanted = new Map<string, string>();
	let voices = 0;
	for (const doc of docs) {
		if (doc.data.decision !== null) continue;
		const { data } = doc;
		for (const { thumb } of picturesOf(data))
			if (thumb !== null && wanted.size < kept) wanted.set(thumb, doc.id);
		if (data.kind === 'listing' && data.voice && (voices += 1) <= keptVoices)
			wanted.set(data.voice.src, doc.id);
	}
	const here = new Set(await local.files.toCollection().primaryKeys());
	await local.files.bulkDelete([...here].filter((path) => !wanted.has(path)));
	for (const [path, caseId] of wanted) {
		if (here.has(path)) continue;
		const picture = await get(path);
		if (!picture) return;
		await local.files.put({ path, caseId, type: picture.type, bytes: await picture.arrayBuffer() });
	}
}

function picturesOf(data: CaseDoc): readonly { readonly thumb: string | null }[] {
	if (data.kind === 'need') return [];
	return data.kind === 'listing' ? data.photos : data.files;
}

/** Fetches a private picture; null when the server does not give it now. */
export async function fetchPicture(path: string): Promise<Blob | null> {
	const response = await fetch(path, { cache: 'no-store' }).catch(() => null);
	return response?.ok ? response.blob() : null;
}
