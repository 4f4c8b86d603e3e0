import { randomUUID } from 'node:crypto';
import http from 'node:http';
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

/** The body of a push, as the device's transport writes it. */
export const pushBody = (member: BenchMember, commands: readonly WireCommand[]): Buffer =>
	Buffer.from(
		JSON.stringify({
			protocol: protocolVersion,
			actorId: member.id,
			deviceId: member.deviceId,
			commands
		})
	);

/** Every device keeps its connection, as a browser does. */
const connections = new http.Agent({ keepAlive: true });

/**
 * One push over HTTP; gives the body of the answer. Rejects when it is not answered with 200. On a connection that the server
 * has just closed, since nothing came over it for a while, it is sent anew, as a browser does.
 */
export const sendPush = (program: Program, member: BenchMember, body: Buffer): Promise<string> =>
	new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': body.length,
			origin: program.origin,
			cookie: member.cookie
		};
		const request = http
			.request(
				`${program.origin}/api/trpc/sync.push`,
				{ method: 'POST', agent: connections, headers },
				(response) => {
					const parts: Buffer[] = [];
					response.on('data', (part: Buffer) => parts.push(part));
					response.once('error', reject);
					response.once('end', () => {
						const text = Buffer.concat(parts).toString();
						if (response.statusCode === 200) resolve(text);
						else reject(new Error(`a push was answered ${response.statusCode}: ${text}`));
					});
				}
			)
			.once('error', (error) => {
				if (request.reusedSocket) resolve(sendPush(program, member, body));
				else reject(error);
			})
			.end(body);
	});

/** What became of each command. Throws unless all were answered. */
export function answersIn(body: string): readonly CommandAnswer[] {
	const { result }: { result: { data: PushAnswer } } = JSON.parse(body);
	if (result.data.outcome !== 'answers') throw new Error(`a push was answered ${result.data.outcome}`);
	return result.data.answers;
}

/** All of it for a few commands. */
export const sendCommands = async (
	program: Program,
	member: BenchMember,
	commands: readonly WireCommand[]
): Promise<readonly CommandAnswer[]> =>
	answersIn(await sendPush(program, member, pushBody(member, commands)));
