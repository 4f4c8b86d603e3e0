import { bytesOf, excessOf, type HandoverExcess } from '$lib/domain/handovers/limits.ts';
import type { HandIn } from '$lib/domain/handovers/schema.ts';
import type { SavedCommand, WorkFile } from '$lib/sync/protocol/work-file.ts';

/** `here` are the ids of the file: what a command builds on and is not among them was done long ago, or never left. */
const asHandedIn = (
	{ id, seq, name, input, deviceTime, after }: SavedCommand,
	here: ReadonlySet<string>
): HandIn['commands'][number] => ({
	id,
	seq,
	name,
	input,
	deviceTime,
	after: after.filter((needed) => here.has(needed))
});

/** What a file holds to hand in: work nobody has answered yet, and the text of working copies. */
export function broughtIn({ header }: WorkFile): HandIn {
	const here = new Set(header.commands.map((command) => command.id));
	const waiting = header.commands.filter((command) => command.refusal === null);
	return {
		fileId: header.fileId,
		ownerId: header.owner.id,
		deviceId: header.deviceId,
		commands: [...waiting, ...header.saves].map((command) => asHandedIn(command, here)),
		photos: header.blobs.map((blob) => blob.hash)
	};
}

/** What of a file is too much for one hand-over, before anything of it is sent. */
export function excessIn({ header }: WorkFile, { commands, photos }: HandIn): HandoverExcess | null {
	const sizes = new Map(header.parts.map((part) => [part.sha256, part.bytes]));
	const photoBytes = photos.reduce((sum, hash) => sum + (sizes.get(hash) ?? 0), 0);
	return excessOf({
		commands: commands.length,
		commandBytes: bytesOf(commands),
		photos: photos.length,
		photoBytes
	});
}

/** How many of each kind, in the order they were made. */
export function countsOf(commands: readonly { readonly name: string }[]): [name: string, count: number][] {
	const counts = new Map<string, number>();
	for (const { name } of commands) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts];
}
