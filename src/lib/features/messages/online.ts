import type { Result } from '$lib/domain/kernel/refusal.ts';
import type {
	KeptDaysBack,
	MessageKey,
	MessagePage,
	MessageState,
	OpenedMessage
} from '$lib/domain/messages/schema.ts';

/** What the page asks of the server; nothing of it is kept on a device. */
export type MessagesOnline = {
	list(states: readonly MessageState[], after: MessageKey | null): Promise<MessagePage>;
	open(id: string): Promise<Result<OpenedMessage>>;
	again(id: string): Promise<Result<void>>;
	sendKept(days: KeptDaysBack): Promise<Result<{ readonly queued: number }>>;
};
