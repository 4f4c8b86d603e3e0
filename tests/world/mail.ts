import { setTimeout as sleep } from 'node:timers/promises';
import { serveMail } from '../../src/lib/server/messages/testing/smtp.ts';

/** A post office for a program: what it sends is received by a real SMTP server and read here. */
export async function openMailbox() {
	const server = await serveMail();
	/** The subjects of what came to an address, oldest first, as they travel. */
	const subjectsTo = (address: string): string[] =>
		server.received
			.filter(({ to }) => to.includes(address))
			.map(({ source }) => /^Subject: (.*(?:\r?\n[ \t].*)*)/m.exec(source)?.[1] ?? '');

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
