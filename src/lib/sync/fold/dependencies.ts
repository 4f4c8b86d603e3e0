import type { AnyCommand } from '../protocol/commands.ts';
import type { OutboxRow } from '../store/local.ts';
import type { Said } from './merge.ts';

/** True while nobody can say yet how the command will end. */
export const isUnsettled = (row: OutboxRow): boolean =>
	row.state === 'waiting' || row.state === 'sending' || row.state === 'quarantined';

/** It has never left, or its last answer was that it was not taken: it may be taken away or replaced. */
export const isOnlyHere = (row: OutboxRow): boolean =>
	(row.state === 'waiting' && !row.sent) || row.state === 'quarantined';

/** Commands of one listing carry its `rev` as `base`, which moves with every accepted one. */
export const carriesBase = (command: AnyCommand): boolean =>
	command.name === 'draft.save' ||
	command.name === 'draft.discard' ||
	command.name === 'listing.submit' ||
	command.name === 'listing.withdraw' ||
	command.name === 'listing.restock';

/** What a command says of a listing, and the `rev` it was said on; null = nothing of its text. */
export function saidIn(command: AnyCommand): Said | null {
	if (command.name === 'draft.save') return { base: command.input.base, words: command.input.fields };
	if (command.name === 'listing.submit') return { base: command.input.base, words: command.input.content };
	return null;
}

/**
 * Whether a command makes no sense without an earlier unsettled one of its subject (sync 2). Texts are whole
 * in themselves: a submission carries everything and does not need the save before it.
 */
export function buildsOn(command: AnyCommand, earlier: OutboxRow): boolean {
	if (command.name === 'order.advance')
		return earlier.name === 'order.place' || earlier.name === 'order.advance';
	if (command.name === 'need.close') return earlier.name === 'need.submit';
	if (command.name === 'offer.withdraw') return earlier.name === 'offer.send';
	return command.name === 'listing.withdraw' && earlier.name === 'listing.submit';
}

/** Whether a new command takes the place of an older one that has never left the device. */
export function supersedes(command: AnyCommand, earlier: OutboxRow): boolean {
	if (command.name === 'draft.save') return earlier.name === 'draft.save';
	if (command.name === 'listing.submit') return earlier.name === 'draft.save';
	if (command.name === 'listing.restock') return earlier.name === 'listing.restock';
	if (command.name === 'need.submit') return earlier.name === 'need.submit';
	return (
		command.name === 'draft.discard' && (earlier.name === 'draft.save' || earlier.name === 'listing.submit')
	);
}

/** Whether acting again settles an earlier refusal: the person has seen it and decided anew. */
export function answersRefusal(command: AnyCommand, refused: OutboxRow): boolean {
	return (
		command.name === refused.name ||
		command.name === 'draft.discard' ||
		(command.name === 'listing.submit' && refused.name === 'draft.save')
	);
}
