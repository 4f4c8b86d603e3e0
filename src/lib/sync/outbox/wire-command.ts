import type { WireCommand } from '../protocol/wire.ts';
import type { OutboxRow } from '../store/local.ts';

/**
 * What leaves the device. `here` are the ids of the outbox: what a command builds on and is no longer here was accepted
 * long ago, or thrown away before it left, and the exchange would wait for that one for ever.
 */
export const wireOf = (row: OutboxRow, here: ReadonlySet<string>): WireCommand => ({
	id: row.id,
	seq: row.seq,
	name: row.name,
	input: row.input,
	deviceTime: row.deviceTime,
	after: row.after.filter((id) => here.has(id)),
	...(row.again && { again: true })
});
