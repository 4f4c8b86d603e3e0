import {
	clock,
	drop,
	kill,
	live,
	oldRequest,
	read,
	restart,
	retry,
	secondTab,
	sessionEnds,
	shareDevice,
	signIn,
	signOut,
	sync
} from './acts/devices.ts';
import { bring } from './acts/bring.ts';
import type { Doing } from './acts/doing.ts';
import {
	backup,
	compact,
	lockAccount,
	lockSeller,
	newEpoch,
	packGoods,
	restore,
	slowWriter
} from './acts/exchange.ts';
import { photoArrives, resolve, restock, submit, throwAway, type, withdraw } from './acts/goods.ts';
import { closeNeed, need, offer, withdrawOffer } from './acts/needs.ts';
import { decide, otherOfficer, postChanges } from './acts/officers.ts';
import { advance, order } from './acts/orders.ts';
import type { Act } from './plan.ts';

/** What can be done in a story, by its name. */
export const acts: Readonly<Record<Act, Doing>> = {
	type,
	submit,
	withdraw,
	restock,
	discard: throwAway,
	need,
	closeNeed,
	offer,
	withdrawOffer,
	decide,
	order,
	advance,
	read,
	resolve,
	bring,
	retry,
	drop,
	sync,
	kill,
	clock,
	shareDevice,
	signOut,
	sessionEnds,
	signIn,
	postChanges,
	otherOfficer,
	lockSeller,
	lockAccount,
	newEpoch,
	slowWriter,
	photoArrives,
	oldRequest,
	restart,
	secondTab,
	live,
	backup,
	restore,
	packGoods,
	compact
};
