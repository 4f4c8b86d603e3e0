import { commandSchemas } from '$lib/sync/protocol/commands.ts';
import { log } from '../log.ts';
import { commands, positionsAhead, pulls, shed } from './registry.ts';

/** Counts one answered pull. */
export const observePull = (collection: string, outcome: string): void => pulls.inc({ collection, outcome });

/** Counts a question of a device that was told to come again later. */
export const observeShed = (): void => shed.inc();

/** A device has read what this exchange never wrote: it went back without saying so (sync 13). */
export function observePositionAhead(horizon: number): void {
	positionsAhead.inc();
	const now = performance.now();
	if (now - aheadSaidAt < 60_000) return;
	aheadSaidAt = now;
	log.error({ horizon }, 'a device stands ahead of the feed: was an older state restored?');
}
/** The counter tells how many; one line a minute is enough to wake somebody. */
let aheadSaidAt = -Infinity;

/** Counts one command. A fault is written down with its error; its input is not. */
export function observeCommand(name: string, outcome: string, error?: unknown): void {
	// The name comes from outside: an invented one must not make a label of its own.
	const known = Object.hasOwn(commandSchemas, name) ? name : 'unknown';
	commands.inc({ name: known, outcome });
	if (error !== undefined) log.error({ command: known, err: error }, 'command failed');
}
