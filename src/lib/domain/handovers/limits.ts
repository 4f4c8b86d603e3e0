import { maxCommands, maxHandoverPhotos } from './schema.ts';

/** Of one hand-over: the text of its commands as JSON in UTF-8, and its photos and voice notes as they are sent. */
export const maxCommandBytes = 4 * 1024 * 1024;
export const maxPhotoBytes = 200 * 1024 * 1024;
/** Of all files one clerk has sent photos of that were not answered yet. */
export const maxClerkBytes = 1024 * 1024 * 1024;
/** As many as the owner's screen shows. */
export const maxWaitingOfOwner = 20;

export type HandoverSize = {
	readonly commands: number;
	readonly commandBytes: number;
	readonly photos: number;
	readonly photoBytes: number;
};
export type HandoverExcess = 'commands' | 'photos' | 'bytes';

/** What is too much for one hand-over, or null. The file itself loses nothing: its owner takes it in without a limit. */
export function excessOf(size: HandoverSize): HandoverExcess | null {
	if (size.commands > maxCommands) return 'commands';
	if (size.photos > maxHandoverPhotos) return 'photos';
	return size.commandBytes > maxCommandBytes || size.photoBytes > maxPhotoBytes ? 'bytes' : null;
}

export const bytesOf = (commands: readonly unknown[]): number =>
	new TextEncoder().encode(JSON.stringify(commands)).byteLength;
