import { expect, test } from 'vitest';
import { isPushService } from './push.ts';

test.each([
	'https://fcm.googleapis.com/fcm/send/abc:def',
	'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
	'https://web.push.apple.com/QGu',
	'https://wns2-par02p.notify.windows.com/w/?token=x'
])('%s is a push service', (endpoint) => expect(isPushService(endpoint)).toBe(true));

test.each([
	'http://fcm.googleapis.com/fcm/send/abc',
	'https://fcm.googleapis.com:8443/x',
	'https://fcm.googleapis.com.evil.example/x',
	'https://evil.example/?fcm.googleapis.com',
	'https://user@127.0.0.1/x',
	'https://169.254.169.254/latest',
	'https://a.b.notify.windows.com/x',
	'not an address',
	''
])('%s is not', (endpoint) => expect(isPushService(endpoint)).toBe(false));
