import { dueDocuments, dueKey } from './due.ts';
import type { Snapshot, Story } from './story.ts';
import type { Truth } from './truth.ts';

const nameOf = (id: string): string => id.slice(0, 12);

/**
 * sync 8: nobody holds what is not theirs, on no device and in no row that a device might ask for. Judged without the
 * feed: by the tables, by who works where, and by the notices the story itself has sent.
 */
export function judgeReaders(story: Story, snapshots: readonly Snapshot[], truth: Truth): string[] {
	const { exchange } = story;
	const due = dueDocuments(truth);
	const may = (collection: string, audience: string, id: string): boolean =>
		collection === 'reference'
			? audience === 'public'
			: due.has(dueKey({ collection, audience, id })) ||
				(collection === 'notifications' && audience === `user:${exchange.sentNotices.get(id) ?? ''}`);
	const found: string[] = [];
	for (const { collection, audience, id, doc } of truth.feed)
		if (doc !== null && !may(collection, audience, id))
			found.push(`sync 8: ${collection} ${nameOf(id)} is published to ${audience}, whose it is not`);
	for (const shot of snapshots) {
		const theirs = new Set<string>(exchange.audiences(shot.person));
		for (const [collection, docs] of Object.entries(shot.docs))
			for (const { audience, id } of docs)
				if (!theirs.has(audience) || !may(collection, audience, id))
					found.push(`sync 8: ${shot.name} holds ${collection} ${nameOf(id)}, which is not theirs to see`);
	}
	return found;
}
