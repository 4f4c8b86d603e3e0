/** What the worker tells open screens when it was woken: ask the exchange now. */
export const newsMessage = 'san:news';
/** And when the line it showed was touched: go to the box. */
export const openNewsMessage = 'san:open-news';

const inbox = '/app/notifications';

type Screen = {
	readonly visibilityState: string;
	postMessage(message: string): void;
	focus(): Promise<unknown>;
};

/** The part of a service worker that is needed; its types exist in the worker's own library alone. */
type Worker = {
	readonly clients: {
		matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<readonly Screen[]>;
		openWindow(url: string): Promise<unknown>;
	};
	readonly registration: Pick<ServiceWorkerRegistration, 'showNotification'>;
};

const screensOf = ({ clients }: Worker): Promise<readonly Screen[]> =>
	clients.matchAll({ type: 'window', includeUncontrolled: true });

/**
 * Woken by the exchange (Web Push): screens that are open ask at once; when nobody is looking, one line says that there
 * is news. It names nobody and nothing: a locked phone shows it to everybody.
 */
export async function tellNews(worker: Worker): Promise<void> {
	const screens = await screensOf(worker);
	for (const screen of screens) screen.postMessage(newsMessage);
	if (screens.some((screen) => screen.visibilityState === 'visible')) return;
	await worker.registration.showNotification('Sàn Tỉnh', {
		body: 'Có tin mới cho bạn. Chạm để xem.',
		lang: 'vi',
		tag: 'san-news',
		icon: '/icons/icon-192.png',
		badge: '/icons/icon-192.png'
	});
}

/**
 * The line was touched: the screen that is open comes forward and goes to the box by itself, so that nothing typed there
 * is lost to a new load; else a new one opens.
 */
export async function openNews(worker: Worker, notification: Pick<Notification, 'close'>): Promise<void> {
	notification.close();
	const [screen] = await screensOf(worker);
	if (!screen) {
		await worker.clients.openWindow(inbox);
		return;
	}
	await screen.focus();
	screen.postMessage(openNewsMessage);
}
