import { z } from 'zod';

/**
 * Where a browser's maker takes pushes. The exchange sends a request to whatever address a device names, so only the
 * known services are believed: anything else would let a member make the server call its own neighbours.
 */
const services = [
	/^fcm\.googleapis\.com$/,
	/^updates\.push\.services\.mozilla\.com$/,
	/^web\.push\.apple\.com$/,
	/^[a-z0-9-]+\.notify\.windows\.com$/
];

export const isPushService = (endpoint: string): boolean => {
	if (!URL.canParse(endpoint)) return false;
	const url = new URL(endpoint);
	return url.protocol === 'https:' && url.port === '' && services.some((one) => one.test(url.hostname));
};

const base64url = z.string().regex(/^[\w-]+=*$/);

/** What a browser hands over when somebody lets it be woken (its `PushSubscription`). */
export const pushSubscription = z.strictObject({
	endpoint: z.url().max(1_000),
	keys: z.strictObject({ p256dh: base64url.max(120), auth: base64url.max(60) })
});
export type PushSubscriptionInput = z.output<typeof pushSubscription>;

/** A person's phones and computers; the oldest is forgotten when there are more. */
export const maxSubscriptions = 10;
