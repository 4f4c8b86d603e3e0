import type { Channel } from '$lib/domain/messages/template.ts';

/** What goes over the wire. `id` is the message's: a second copy of it carries the same. */
export type Outbound = {
	readonly id: string;
	readonly address: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	readonly sms: string;
};

export type Transport = {
	readonly channel: Channel;
	/** Resolves when the other side has taken it. Rejects with `SendFailed` alone. */
	send(message: Outbound): Promise<void>;
	/** Whether the other side can be spoken to as configured; null = yes, else a code. */
	verify(): Promise<string | null>;
};

/** `code` is safe to store and to show: it never repeats the other side's words, which name the address. */
export class SendFailed extends Error {
	constructor(
		readonly code: string,
		/** Trying again would get the same answer. */
		readonly permanent: boolean
	) {
		super(code);
		this.name = 'SendFailed';
	}
}
