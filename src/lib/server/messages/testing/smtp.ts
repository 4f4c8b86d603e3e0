import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../settings.ts';

export type ReceivedMail = { readonly from: string; readonly to: readonly string[]; readonly source: string };

/** What the server does with the next mails; `cut` = takes the mail and ends the line before saying so. */
export type Manner = 'accept' | 'cut' | { readonly code: number; readonly words: string };

/** A real SMTP server on this machine. `port` goes on with one that was closed. */
export async function serveMail(
	options: { port?: number; account?: { user: string; password: string } } = {}
) {
	const received: ReceivedMail[] = [];
	let manner: Manner = 'accept';
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		authOptional: options.account === undefined,
		allowInsecureAuth: true,
		logger: false,
		closeTimeout: 100,
		onAuth({ username, password }, _session, done) {
			const right = username === options.account?.user && password === options.account?.password;
			done(right ? null : new Error('who are you'), right ? { user: username } : undefined);
		},
		onRcptTo(address, _session, done) {
			if (typeof manner === 'object')
				done(
					Object.assign(new Error(`<${address.address}>: ${manner.words}`), { responseCode: manner.code })
				);
			else done();
		},
		onData(stream, session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				const { mailFrom, rcptTo } = session.envelope;
				received.push({
					from: mailFrom === false ? '' : mailFrom.address,
					to: rcptTo.map(({ address }) => address),
					source: Buffer.concat(parts).toString()
				});
				if (manner === 'cut') for (const line of server.connections) line.close();
				else done();
			});
		}
	});
	server.on('error', () => undefined);
	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server.server, 'listening');
	const address = server.server.address();
	const port = isInet(address) ? address.port : 0;
	const settings: MailSettings = {
		host: '127.0.0.1',
		port,
		secure: false,
		user: options.account?.user ?? null,
		password: options.account?.password ?? null,
		from: { name: 'Sàn Tỉnh', address: 'khong-tra-loi@san.example.vn' }
	};
	return {
		port,
		settings,
		received,
		behaves(next: Manner) {
			manner = next;
		},
		close: () => new Promise<void>((resolve) => server.close(() => resolve()))
	};
}

const isInet = (address: string | AddressInfo | null): address is AddressInfo =>
	typeof address === 'object' && address !== null;

/** A header of a mail as it stands, unfolded. */
export const headerOf = (mail: ReceivedMail, name: string): string | undefined =>
	new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(mail.source.split('\r\n\r\n')[0] ?? '')?.[1];
