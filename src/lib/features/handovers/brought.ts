import type { HandIn } from '$lib/domain/handovers/schema.ts';
import type { SavedCommand, WorkFile } from '$lib/sync/protocol/work-file.ts';

const asHandedIn = ({
	id,
	seq,
	name,
	input,
	deviceTime,
	after
}: SavedCommand): HandIn['commands'][number] => ({
	id,
	seq,
	name,
	input,
	deviceTime,
	after
});

/** What a file holds to hand in: work nobody has answered yet, and the text of working copies. */
export function broughtIn({ header }: WorkFile): HandIn {
	const waiting = header.commands.filter((command) => command.refusal === null);
	return {
		fileId: header.fileId,
		ownerId: header.owner.id,
		deviceId: header.deviceId,
		commands: [...waiting, ...header.saves].map(asHandedIn),
		photos: header.blobs.map((blob) => blob.hash)
	};
}

/** How many of each kind, in the order they were made. */
export function countsOf(commands: readonly { readonly name: string }[]): [name: string, count: number][] {
	const counts = new Map<string, number>();
	for (const { name } of commands) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts];
}
