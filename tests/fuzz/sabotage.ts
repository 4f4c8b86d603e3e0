/** Bugs on purpose, one a run: a fuzzer that does not see them would see no other either. */
export const sabotages = [
	/** A repeat goes out under a new id. */
	'new ids',
	/** The exchange says it has a command and does not. */
	'empty promise',
	/** Positions run ahead of transactions that have not committed yet. */
	'no horizon',
	/** What a person lost the right to see is still served. */
	'old posts',
	/** Deleted documents stay on the disk. */
	'no purge',
	/** Tombstones go and no floor tells who missed them. */
	'no floor'
] as const;
export type Sabotage = (typeof sabotages)[number];
