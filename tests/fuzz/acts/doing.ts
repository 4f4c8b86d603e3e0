import { enqueue } from '$lib/sync/outbox/outbox.ts';
import type { AnyCommand } from '$lib/sync/protocol/commands.ts';
import type { FuzzDevice } from '../device.ts';
import type { Random } from '../random.ts';
import type { Story } from '../story.ts';

/** Does one thing on a device and says what. Whatever is chosen comes from `random`. */
export type Doing = (story: Story, on: FuzzDevice, random: Random) => Promise<string>;

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
export const nothing = 'nothing to do';
export const short = (id: string): string => id.slice(0, 4);

/** Puts a command into the outbox as a screen does. */
export async function say(on: FuzzDevice, command: AnyCommand): Promise<string> {
	const row = await enqueue(on.store.local, command, { id: on.here.newId(), deviceTime: on.here.now() });
	return `${command.name} ${short(row.id)} on ${row.subject.slice(0, 12)}`;
}
