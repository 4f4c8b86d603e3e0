import { commandSchemas } from '$lib/sync/protocol/commands.ts';
import { log } from '../log.ts';
import { commands, pulls } from './registry.ts';

/** Counts one answered pull. */
export const observePull = (collection: string, outcome: string): void => pulls.inc({ collection, outcome });

/** Counts one command. A fault is written down with its error; its input is not. */
export function observeCommand(name: string, outcome: string, error?: unknown): void {
	// The name comes from outside: an invented one must not make a label of its own.
	const known = Object.hasOwn(commandSchemas, name) ? name : 'unknown';
	commands.inc({ name: known, outcome });
	if (error !== undefined) log.error({ command: known, err: error }, 'command failed');
}
