import type { DeviceStatus } from '$lib/sync/device.ts';
import type { texts } from './texts.ts';

type Words = Pick<
	(typeof texts)['vi'],
	'notSentOffline' | 'notSentSignIn' | 'notSent' | 'notFetched' | 'sentRefused' | 'sent'
>;

/**
 * What "send now" achieved, and never more than is true (sync 2). `answered` = the exchange answered to the end: with
 * nothing to send, only that tells success from a line that broke.
 */
export function sendWords(
	t: Words,
	status: Pick<DeviceStatus, 'online' | 'needsSignIn' | 'unsent' | 'refused'>,
	answered: boolean
): string {
	if (!status.online) return t.notSentOffline;
	if (status.needsSignIn) return t.notSentSignIn;
	if (status.unsent > 0) return t.notSent(status.unsent);
	if (!answered) return t.notFetched;
	return status.refused > 0 ? t.sentRefused(status.refused) : t.sent;
}
