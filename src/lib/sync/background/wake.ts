/** Being woken by the exchange while the app is closed (Web Push). The exchange's two words for it are handed in. */
export type WakeApi = {
	pushKey(): Promise<string>;
	subscribe(subscription: {
		endpoint: string;
		keys: { p256dh: string; auth: string };
	}): Promise<{ ok: boolean }>;
	unsubscribe(endpoint: string): Promise<unknown>;
};

/** `blocked` = the person has forbidden messages of this site in the browser, and only there it can be changed. */
export type WakeState = 'unsupported' | 'blocked' | 'off' | 'on';

const registered = async (): Promise<ServiceWorkerRegistration | null> =>
	(await navigator.serviceWorker?.getRegistration()) ?? null;

export async function wakeState(): Promise<WakeState> {
	const registration = await registered();
	if (!registration || !('pushManager' in registration) || typeof Notification === 'undefined')
		return 'unsupported';
	if (Notification.permission === 'denied') return 'blocked';
	const subscription = await registration.pushManager.getSubscription();
	return subscription !== null && Notification.permission === 'granted' ? 'on' : 'off';
}

/** Asks the person, the browser's maker and the exchange, in this order. Rejects when one of the last two is not reached. */
export async function letWake(api: WakeApi): Promise<WakeState> {
	const registration = await registered();
	if (!registration) return 'unsupported';
	if ((await Notification.requestPermission()) !== 'granted') return wakeState();
	const subscription = await registration.pushManager.subscribe({
		userVisibleOnly: true,
		applicationServerKey: await api.pushKey()
	});
	const { endpoint, keys } = subscription.toJSON();
	const { p256dh, auth } = keys ?? {};
	const taken = endpoint && p256dh && auth ? await api.subscribe({ endpoint, keys: { p256dh, auth } }) : null;
	if (taken?.ok) return 'on';
	await subscription.unsubscribe();
	return 'unsupported';
}

/**
 * No more waking of this browser. Also what a sign-out does, offline too: the address is dead from then on, and the
 * exchange forgets it when it is told so, here or by the browser's maker.
 */
export async function stopWaking(api?: Pick<WakeApi, 'unsubscribe'>): Promise<void> {
	const registration = await registered();
	const subscription = await registration?.pushManager?.getSubscription();
	if (!subscription) return;
	await subscription.unsubscribe();
	await api?.unsubscribe(subscription.endpoint).catch(() => undefined);
}
