/** Bugs on purpose, one a story: a fuzzer that does not see them would see no other either. */
export const sabotages = [
	/** sync 1: a repeat goes out under a new id. */
	'new ids',
	/** sync 1: the exchange says it has a command and does not. */
	'empty promise',
	/** sync 2: after a refusal nothing of this device is taken any more. */
	'blocked queue',
	/** sync 3: an acknowledged command leaves the outbox before its effect has come back. */
	'early release',
	/** sync 3: what somebody looks for is not shown before the exchange has it. */
	'needs forgotten',
	/** sync 4: whoever comes last overwrites what others wrote meanwhile. */
	'last word wins',
	/** sync 5: a submission does not wait for its photos. */
	'photos forgotten',
	/** sync 6: what one person did leaves under the name of the next who signs in. */
	'wrong name',
	/** sync 7: positions run ahead of transactions that have not committed yet. */
	'no horizon',
	/** sync 8: what a person lost the right to see is still served. */
	'old posts',
	/** sync 8: deleted documents stay on the disk. */
	'no purge',
	/** sync 9: tombstones go and no floor tells who missed them. */
	'no floor',
	/** sync 10: the manifest says that its packs hold what they do not. */
	'packs too new',
	/** TG-9.2: what a locked person looks for stays on the board. */
	'lasting needs',
	/** sync 13: the exchange is restored from a backup and tells nobody. */
	'same epoch'
] as const;
export type Sabotage = (typeof sabotages)[number];
