/** Bugs on purpose, one a story: a fuzzer that does not see them would see no other either. */
export const sabotages = [
	/** sync 1: a repeat goes out under a new id. */
	'new ids',
	/** sync 1: the exchange says it has a command and does not. */
	'empty promise',
	/** sync 1: the exchange forgets which commands it had, so that one that comes again is done again. */
	'forgotten ids',
	/** sync 1: one order becomes two. */
	'done twice',
	/** sync 1: one step leaves two lines. */
	'written twice',
	/** sync 1: what a command would make is not made, though it is logged. */
	'empty beginnings',
	/** sync 1: what a command would change stays as it was, though it is logged. */
	'empty steps',
	/** sync 1: what is written down is not what was sent. */
	'garbled',
	/** sync 1: the device calls a command refused that the exchange has carried out. */
	'false refusal',
	/** sync 1: no answer is taken for a good one. */
	'silence is consent',
	/** sync 1: what has not been sent is forgotten when the phone is off. */
	'short memory',
	/** sync 1: an answer speaks of a command that nobody has sent. */
	'strange answers',
	/** sync 1: signing out looks at nothing that is unsent. */
	'hasty sign-out',
	/** sync 1: a service throws. */
	'faulty service',
	/** sync 2: after a refusal nothing of this device is taken any more. */
	'blocked queue',
	/** sync 3: an acknowledged command leaves the outbox before its effect has come back. */
	'early release',
	/** sync 3: what somebody looks for is not shown before the exchange has it. */
	'needs forgotten',
	/** sync 3: what was changed behind a reading from the start is taken for gone. */
	'early sweep',
	/** sync 4: whoever comes last overwrites what others wrote meanwhile. */
	'last word wins',
	/** sync 4: what was typed is forgotten when the phone is off. */
	'forgotten words',
	/** sync 15: what went into a file is changed here under the same id. */
	'thawed rows',
	/** sync 15: what a file holds is taken for what is here. */
	'lost files',
	/** sync 5: a submission does not wait for its photos. */
	'photos forgotten',
	/** sync 5: the exchange takes no photo for the time being, and the time being does not end. */
	'deaf to photos',
	/** sync 5: the exchange calls every photo no photo. */
	'choosy about photos',
	/** sync 6: what one person did leaves under the name of the next who signs in. */
	'wrong name',
	/** sync 7: positions run ahead of transactions that have not committed yet. */
	'no horizon',
	/** sync 7: a step is written down and nobody is told. */
	'publish forgotten',
	/** sync 7: an answer cannot be read. */
	'torn pages',
	/** sync 8: what a person lost the right to see is still served. */
	'old posts',
	/** sync 8: an order is told to somebody who has no part in it. */
	'wrong reader',
	/** sync 8: deleted documents stay on the disk. */
	'no purge',
	/** sync 9: tombstones go and no floor tells who missed them. */
	'no floor',
	/** sync 10: the manifest says that its packs hold what they do not. */
	'packs too new',
	/** TG-6.6, TG-15.1: offers outlast the need, and the goods. */
	'lasting offers',
	/** TG-6.6: somebody's offer goes to themselves. */
	'own offers',
	/** TG-9.2: what a locked person looks for stays on the board. */
	'lasting needs',
	/** sync 12: what a device calls now is now. */
	"device's clock",
	/** sync 13: the exchange is restored from a backup and tells nobody. */
	'same epoch',
	/** sync 14: whoever begins to lead takes no term of its own. */
	'same term'
] as const;
export type Sabotage = (typeof sabotages)[number];
