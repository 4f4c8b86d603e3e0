import { setTimeout as sleep } from 'node:timers/promises';
import { serveMail } from '../../src/lib/server/messages/testing/smtp.ts';

/** Words that travel as `=?UTF-8?Q?…?=` or `=?UTF-8?B?…?=`, also in several pieces. */
const readable = (header: string): string =>
	header
		.replace(/\?=\s+=\?/g, '?==?')
		.replace(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_all, how: string, words: string) =>
			how.toUpperCase() === 'B'
				? Buffer.from(words, 'base64').toString('latin1')
				: words
						.replaceAll('_', ' ')
						.replace(/=([0-9A-F]{2})/gi, (_sign, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		)
		// A letter may be cut in the middle, so the bytes are put together before they are read.
		.replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString());

/** A post office for a program: what it sends is received by a real SMTP server and read here. */
export async function openMailbox() {
	const server = await serveMail();
	/** The subjects of what came to an address, oldest first, as a person reads them. */
	const subjectsTo = (address: string): string[] =>
		server.received
			.filter(({ to }) => to.includes(address))
			.map(({ source }) => readable(/^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(source)?.[1] ?? ''));

	return {
		/** What the program is started with. */
		env: {
			SMTP_URL: `smtp://127.0.0.1:${server.port}`,
			SMTP_FROM: 'San Tinh <khong-tra-loi@san.example>'
		},
		subjectsTo,
		/** The newest one-time code that came to an address, once there are `count` of them. */
		async codeTo(address: string, count = 1): Promise<string> {
			for (let waited = 0; waited < 60_000; waited += 100) {
				const codes = subjectsTo(address).flatMap((subject) => /(?<!\d)\d{6}(?!\d)/.exec(subject)?.[0] ?? []);
				const last = codes.at(-1);
				if (codes.length >= count && last !== undefined) return last;
				await sleep(100);
			}
			throw new Error(`no code came to ${address}`);
		},
		close: () => server.close()
	};
}
export type Mailbox = Awaited<ReturnType<typeof openMailbox>>;
