// Dexie looks for IndexedDB, and for its channel to other tabs, when it is loaded: this comes before it.
import 'fake-indexeddb/auto';
import { types } from 'node:util';

/*
 * The disks of a story lie in the memory of a process that tells hundreds of them. What a browser has in native
 * code or at once, and Node does dearly or late, is done here at about the price it has there. None means anything else.
 */

/** Every value that goes to a disk or comes from it is copied: a sixth of a story's time. */
const copy = globalThis.structuredClone;

/** What documents are made of is copied here; anything else, and what must not be copied, is left to the platform. */
function quickCopy(value: unknown): unknown {
	if (typeof value !== 'object' || value === null)
		return typeof value === 'function' || typeof value === 'symbol' ? copy(value) : value;
	if (types.isProxy(value)) return copy(value);
	if (Array.isArray(value)) return value.map(quickCopy);
	if (Object.getPrototypeOf(value) !== Object.prototype) return copy(value);
	const made: Record<string, unknown> = {};
	for (const [key, one] of Object.entries(value)) made[key] = quickCopy(one);
	return made;
}
globalThis.structuredClone = <T>(value: T, options?: StructuredSerializeOptions): T =>
	options ? copy(value, options) : (quickCopy(value) as T);

/** Dexie ends one with each writing transaction; an exception of its own, with its stack, is made every time. */
const ended = new DOMException('This operation was aborted', 'AbortError');
const { abort } = AbortController.prototype;
AbortController.prototype.abort = function (reason: unknown = ended) {
	abort.call(this, reason);
};

/** A turn that is given up comes back at once; the page would make a channel and two ports for each. */
Object.assign(globalThis, { scheduler: { yield: () => new Promise((resolve) => setImmediate(resolve)) } });

/**
 * No time at all is a millisecond to a timer of Node. RxDB waits for some of them, one after the other, until it takes
 * itself for idle: a store was closed in twenty milliseconds in which nothing happened.
 */
const { setTimeout: later, clearTimeout: forget } = globalThis;
const soon = new WeakMap<object, NodeJS.Immediate>();
function wait(run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): object {
	if (ms) return later(run, ms, ...args);
	const turn = setImmediate(run, ...args);
	soon.set(turn, turn);
	return turn;
}
globalThis.setTimeout = Object.assign(wait, later);
globalThis.clearTimeout = (timer) => {
	const turn = typeof timer === 'object' ? soon.get(timer) : undefined;
	if (turn) clearImmediate(turn);
	else forget(timer);
};

/** There is no other process that shares these disks; tabs of one story meet in this one. */
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
