import type { SmsSettings } from './settings.ts';
import { SendFailed, type Outbound, type Transport } from './transport.ts';

const timeoutMs = 15_000;
/** Too many, too slow, or our own key: the message is fine. */
const later = new Set([401, 402, 403, 407, 408, 425, 429]);

/**
 * SMS through an HTTP gateway: a POST of the configured JSON with the address, the text and the message's id put in.
 * 2xx = taken, another 4xx = refused for good, anything else is tried again.
 */
export function smsTransport(settings: SmsSettings): Transport {
	return {
		channel: 'sms',
		async send(message) {
			let status: number;
			try {
				const response = await fetch(settings.url, {
					method: 'POST',
					headers: {
						'content-type': 'application/json',
						// Gateways that know it do not send a second copy.
						'idempotency-key': message.id,
						...(settings.token !== null && { authorization: `Bearer ${settings.token}` })
					},
					body: JSON.stringify(filled(settings.template, message)),
					redirect: 'error',
					signal: AbortSignal.timeout(timeoutMs)
				});
				status = response.status;
				await response.body?.cancel();
			} catch {
				throw new SendFailed('unreachable', false);
			}
			if (status >= 200 && status < 300) return;
			throw new SendFailed(`http_${status}`, status >= 400 && status < 500 && !later.has(status));
		},
		// There is no such question that costs nothing: a gateway is known by the first message.
		verify: () => Promise.resolve(null)
	};
}

/** Puts the message into the strings of the template, after it was read as JSON: nothing can break out of its place. */
function filled(template: unknown, message: Outbound): unknown {
	if (typeof template === 'string')
		return template.replace(/\{(to|text|id)\}/g, (_, place: string) =>
			place === 'to' ? message.address : place === 'text' ? message.sms : message.id
		);
	if (Array.isArray(template)) return template.map((part: unknown) => filled(part, message));
	if (typeof template !== 'object' || template === null) return template;
	return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, filled(part, message)]));
}
