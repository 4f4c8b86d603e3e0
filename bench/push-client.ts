import { randomUUID } from 'node:crypto';
import type { AnyCommand } from '../src/lib/sync/protocol/commands.ts';
import { protocolVersion } from '../src/lib/sync/protocol/version.ts';
import type { CommandAnswer, PushAnswer, WireCommand } from '../src/lib/sync/protocol/wire.ts';
import type { Program } from '../tests/world/program.ts';
import type { BenchMember } from './exchange.ts';

let counter = 0;

export const wireOf = ({ name, input }: AnyCommand): WireCommand => ({
	id: randomUUID(),
	seq: (counter += 1),
	name,
	input,
	deviceTime: new Date().toISOString(),
	after: []
});

/** One push over HTTP, as the device's transport sends it. Rejects unless every command was answered. */
export async function sendCommands(
	program: Program,
	member: BenchMember,
	commands: readonly WireCommand[]
): Promise<readonly CommandAnswer[]> {
	const response = await fetch(`${program.origin}/api/trpc/sync.push`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: program.origin, cookie: member.cookie },
		body: JSON.stringify({
			protocol: protocolVersion,
			actorId: member.id,
			deviceId: member.deviceId,
			commands
		})
	});
	if (!response.ok) throw new Error(`a push was answered ${response.status}: ${await response.text()}`);
	const { result }: { result: { data: PushAnswer } } = await response.json();
	if (result.data.outcome !== 'answers') throw new Error(`a push was answered ${result.data.outcome}`);
	return result.data.answers;
}
