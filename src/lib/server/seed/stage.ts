import { randomUUID } from 'node:crypto';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { actorOf } from '$lib/server/accounts/members.ts';
import { dispatch } from '$lib/server/commands.ts';
import { transaction, type Sql } from '$lib/server/db/pool.ts';
import { push } from '$lib/server/sync/push.ts';
import type { CommandInput, CommandName } from '$lib/sync/protocol/commands.ts';
import { protocolVersion } from '$lib/sync/protocol/version.ts';
import { stableId, type Person } from './people.ts';

/** Lets the people of the demo act as their devices would: every step is a command with its receipt. */
export type Stage = {
	readonly db: Sql;
	/** Carries out one command at `when`; throws when it is refused, since the demo is written to be accepted. */
	act<N extends CommandName>(
		person: Person,
		step: {
			readonly when: string;
			readonly name: N;
			readonly input: CommandInput<N>;
			readonly deviceTime?: string;
		}
	): Promise<void>;
};

export function openStage(db: Sql, now: string): Stage {
	const actors = new Map<string, Promise<Actor>>();
	const counters = new Map<string, number>();

	const actorFor = (person: Person): Promise<Actor> => {
		const known = actors.get(person.id) ?? transaction(db, person.id, (tx) => actorOf(tx, person.id, now));
		actors.set(person.id, known);
		return known;
	};

	return {
		db,
		async act(person, { when, name, input, deviceTime }) {
			const actor = await actorFor(person);
			const seq = (counters.get(person.id) ?? 0) + 1;
			counters.set(person.id, seq);
			const command = { id: randomUUID(), seq, name, input, deviceTime: deviceTime ?? when, after: [] };
			let fault: unknown;
			for (let attempt = 1; ; attempt++) {
				const answer = await push(
					{ db, dispatch, now: () => when, observe: (_name, _outcome, error) => (fault = error) },
					{ kind: 'actor', actor, sessionId: 'demo' },
					{
						protocol: protocolVersion,
						actorId: person.id,
						deviceId: stableId(`device:${person.userName}`),
						commands: [command]
					}
				);
				const outcome = answer.outcome === 'answers' ? answer.answers[0]?.outcome : answer.outcome;
				if (outcome === 'applied') return;
				// Two that met at one row: the same command again, as a device would.
				if (outcome === 'retry' && attempt < 5) continue;
				throw new Error(`${person.userName}, ${name} at ${when}: ${JSON.stringify(answer)}`, {
					cause: fault
				});
			}
		}
	};
}
