import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listingMachine } from '../listings/states.ts';
import { caseMachine } from '../moderation/states.ts';
import { orderMachine } from '../orders/states.ts';
import { legalEvents, machineDiagram, nextState, type Machine } from './machine.ts';

type AnyMachine = Machine<string, string>;
const machines: AnyMachine[] = [listingMachine, caseMachine, orderMachine];

/** Everything reachable from the beginning by legal events. */
function reachable(machine: AnyMachine): Set<string> {
	const seen = new Set([machine.initial]);
	for (const state of seen)
		for (const event of legalEvents(machine, state)) {
			const to = machine.table[state]?.[event];
			if (to) seen.add(to);
		}
	return seen;
}

describe.each(machines)('$name', (machine) => {
	const states = Object.keys(machine.table);
	const events = Object.keys(machine.table[machine.initial] ?? {});

	test('every state answers every event: a state, or the refusal that names both', () => {
		for (const state of states)
			for (const event of events) {
				const cell = machine.table[state]?.[event];
				expect(cell, `${state} × ${event}`).not.toBeUndefined();
				expect(nextState(machine, state, event)).toEqual(
					cell === null
						? { ok: false, refusal: { code: 'illegal_transition', facts: { state, event } } }
						: { ok: true, value: cell }
				);
			}
	});

	test('no state is there for nothing, and no event leads outside the table', () => {
		expect([...reachable(machine)].sort()).toEqual([...states].sort());
		for (const state of states) expect(Object.keys(machine.table[state] ?? {})).toEqual(events);
	});

	test('any walk of events, legal or not, stays on states of the table', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (walk) => {
				let state = machine.initial;
				for (const event of walk) {
					const to = nextState(machine, state, event);
					expect(to.ok).toBe(legalEvents(machine, state).includes(event));
					if (to.ok) state = to.value;
				}
				expect(states).toContain(state);
			})
		);
	});

	test('its diagram draws each legal step once', () => {
		const drawn = machineDiagram(machine)
			.split('\n')
			.filter((line) => line.includes(': '));
		const legal = states.flatMap((state) => legalEvents(machine, state));
		expect(drawn).toHaveLength(legal.length);
		expect(new Set(drawn).size).toBe(drawn.length);
	});
});
