import nodemailer, { type NodemailerError } from 'nodemailer';
import type { MailSettings } from './settings.ts';
import { SendFailed, type Transport } from './transport.ts';

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Mail by SMTP, one connection a mail. A password goes over an encrypted line or, on this machine alone, without.
 * The Message-ID is made of the message's id, so that whoever gets a second copy after a crash recognises it.
 */
export function smtpTransport(settings: MailSettings): Transport {
	const { host, port, secure, user, password, from } = settings;
	const mailer = nodemailer.createTransport({
		host,
		port,
		secure,
		requireTLS: user !== null && !loopback.has(host),
		...(user !== null && { auth: { user, pass: password ?? '' } }),
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		dnsTimeout: 10_000,
		socketTimeout: 60_000,
		disableFileAccess: true,
		disableUrlAccess: true
	});
	const domain = from.address.slice(from.address.lastIndexOf('@') + 1);

	return {
		channel: 'email',
		async send({ id, address, subject, text, html }) {
			try {
				await mailer.sendMail({
					from,
					// As objects: what is in an address is never read as a list of them.
					to: { name: '', address },
					envelope: { from: from.address, to: [address] },
					messageId: `<${id}@${domain}>`,
					subject,
					text,
					html,
					headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
				});
			} catch (error) {
				throw readFailure(error);
			}
		},
		async verify() {
			try {
				await mailer.verify();
				return null;
			} catch (error) {
				return readFailure(error).code;
			}
		}
	};
}

const isOfMailer = (error: unknown): error is NodemailerError => error instanceof Error;

/** A wrong password or certificate is the operator's to mend: the mail itself is fine and waits. */
const ours = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'ECONFIG']);

function readFailure(error: unknown): SendFailed {
	if (!isOfMailer(error)) return new SendFailed('unknown', false);
	const { code = 'unknown', responseCode, permanent = false } = error;
	if (ours.has(code)) return new SendFailed(code.toLowerCase(), false);
	// Found wrong before anything was dialled.
	if (code === 'EENVELOPE' && responseCode === undefined) return new SendFailed('bad_address', true);
	return new SendFailed(responseCode ? `smtp_${responseCode}` : code.toLowerCase(), permanent);
}
