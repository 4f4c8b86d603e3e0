import { collectionNames, type CollectionName } from '../protocol/collections.ts';

const besideAtMost = 3;
const publicCollections: readonly CollectionName[] = ['reference', 'needs', 'listings'];

/**
 * In which order what is wanted is pulled, and what beside each other. The few that a poke names are asked for together; a
 * whole reading takes one place at the server's gate.
 */
export function inTurn(
	wantedNames: ReadonlySet<CollectionName>,
	who: 'somebody' | 'nobody'
): CollectionName[][] {
	const wanted = collectionNames.filter(
		(name) => wantedNames.has(name) && (who === 'somebody' || publicCollections.includes(name))
	);
	// Nobody's few: what is needed first of a first sync.
	if (who === 'nobody') return [wanted];
	// A notice speaks of what comes with it: that is there first.
	const few = [
		...wanted.filter((name) => name !== 'listings' && name !== 'notifications'),
		...wanted.filter((name) => name === 'notifications')
	];
	if (few.length > besideAtMost || few.length < 2) return wanted.map((name) => [name]);
	return [few, ...(wanted.includes('listings') ? [['listings' as const]] : [])];
}
