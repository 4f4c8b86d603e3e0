/** The browser calls the worker with this when there is a network again, even with every screen closed. */
export const sendTag = 'san-send';

type Registrar = { register(tag: string): Promise<void> };
const isRegistrar = (value: unknown): value is Registrar =>
	typeof value === 'object' && value !== null && 'register' in value;

/**
 * Asks the browser to send later what is waiting (Background Sync). An accelerator: where it does not exist, or says
 * no, the next start of the app sends it.
 */
export async function askToSendLater(): Promise<void> {
	const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
	const sync: unknown = registration && Reflect.get(registration, 'sync');
	if (isRegistrar(sync)) await sync.register(sendTag).catch(() => undefined);
}
