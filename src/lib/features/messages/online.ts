import type { Result } from '$lib/domain/kernel/refusal.ts';
import type {
	KeptDaysBack,
	MessageKey,
	MessagePage,
	MessageState,
	OpenedMessage
} from '$lib/domain/messages/schema.ts';
import type { LetterPurpose } from '$lib/domain/personal-data/looks.ts';

/** What the page asks of the server; nothing of it is kept on a device. */
export type MessagesOnline = {
	list(states: readonly MessageState[], after: MessageKey | null): Promise<MessagePage>;
	open(id: string, said: LetterPurpose): Promise<Result<OpenedMessage>>;
	again(id: string): Promise<Result<void>>;
	sendKept(days: KeptDaysBack): Promise<Result<{ readonly queued: number }>>;
};
