import { no, ok, type Result } from './refusal.ts';

/**
 * A state machine as a complete table: every state × every event has a cell, `null` = illegal.
 * The type leaves no gap, so a new state or event does not compile until each cell is decided.
 */
export type Machine<S extends string, E extends string> = {
	readonly name: string;
	readonly initial: S;
	readonly table: Readonly<Record<S, Readonly<Record<E, S | null>>>>;
};

/** The state after `event`, or the refusal `illegal_transition` with both named. */
export function nextState<S extends string, E extends string>(
	machine: Machine<S, E>,
	state: S,
	event: E
): Result<S> {
	const to = machine.table[state][event];
	return to === null ? no('illegal_transition', { facts: { state, event } }) : ok(to);
}

/** The events that are legal in `state`, in the order of the table. */
export function legalEvents<S extends string, E extends string>(machine: Machine<S, E>, state: S): E[] {
	const row = machine.table[state];
	return (Object.keys(row) as E[]).filter((event) => row[event] !== null);
}

/** A mermaid `stateDiagram-v2` of the table, for docs/. */
export function machineDiagram<S extends string, E extends string>(machine: Machine<S, E>): string {
	const lines = ['stateDiagram-v2', `    [*] --> ${machine.initial}`];
	for (const [from, row] of Object.entries(machine.table) as [S, Record<E, S | null>][])
		for (const [event, to] of Object.entries(row) as [E, S | null][])
			if (to !== null) lines.push(`    ${from} --> ${to}: ${event}`);
	return lines.join('\n');
}
