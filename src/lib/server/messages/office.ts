import type { Sender } from '$lib/domain/messages/render.ts';
import type { Channel } from '$lib/domain/messages/template.ts';
import type { Transport } from './transport.ts';

/** Who writes and by what it leaves. */
export type PostOffice = {
	readonly sender: Sender;
	/** A channel without one keeps its messages. */
	readonly transports: Readonly<Partial<Record<Channel, Transport>>>;
};

let office: PostOffice = { sender: { name: 'Sàn Tỉnh', origin: 'http://localhost' }, transports: {} };

/** Set once at boot from the configuration; until then everything is kept. */
export function usePostOffice(configured: PostOffice): void {
	office = configured;
}

export const postOffice = (): PostOffice => office;
