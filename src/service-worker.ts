/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import {
	cleanupOutdatedCaches,
	createHandlerBoundToURL,
	matchPrecache,
	precacheAndRoute,
	type PrecacheEntry
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { paths } from './lib/paths.ts';
import { sharePath, takeShared } from './lib/features/install/shared-pictures.ts';
import { pictureFor, picturePath } from './lib/features/install/picture-cache.ts';
import { answerUp, pastTheWorker, takeOver, whenUp } from './lib/features/install/take-over.ts';
import { sendTag } from './lib/sync/background/ask.ts';
import { openNews, tellNews } from './lib/sync/background/news.ts';
import { sendInBackground } from './lib/sync/background/worker.ts';
import { idOfWhoIsHere } from './lib/sync/store/who.ts';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

// Everything the installed program is made of. Queries never name another file, so they are no reason to miss.
precacheAndRoute(self.__WB_MANIFEST, { ignoreURLParametersMatching: [/.*/] });
cleanupOutdatedCaches();

// Every address of the app is the same shell. The pattern sees path and query together.
const app = /^\/app(?:[/?]|$)/;
registerRoute(new NavigationRoute(createHandlerBoundToURL('/app'), { allowlist: [app] }));

// Photos handed over by another app, also without a network: kept here until somebody says which listing they are for.
registerRoute(
	({ url, sameOrigin }) => sameOrigin && url.pathname === sharePath,
	async ({ request }) => {
		const form = await request.formData().catch(() => new FormData());
		const by = await idOfWhoIsHere().catch(() => null);
		return Response.redirect(paths.sellShared(await takeShared(form, by)), 303);
	},
	'POST'
);

// A new version waits for whatever this worker has under way, so nothing here may wait for ever: on a line that hangs
// the browser itself gives up after minutes.
const pageAnswersWithinMs = 30_000;
const pictureWithinMs = 60_000;

/** Rejects when no answer has begun in time; one that has may take as long as its line needs. */
async function answerTo(request: Request, withinMs: number): Promise<Response> {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), withinMs);
	return fetch(request, { signal: patience.signal }).finally(() => clearTimeout(timer));
}

// Public pages always come from the server and are never kept: without a network there is the way to the app.
registerRoute(
	new NavigationRoute(
		async ({ request }) => {
			try {
				return await answerTo(request, pageAnswersWithinMs);
			} catch {
				return (await matchPrecache('/offline')) ?? Response.error();
			}
		},
		{ denylist: [app] }
	)
);

// Pictures of approved goods, so that the catalogue on the device has them. What is private goes to the network
// and nowhere else: no route here matches it.
registerRoute(
	({ url, sameOrigin }) => sameOrigin && picturePath.test(url.pathname),
	({ request, event }) =>
		pictureFor(request, {
			caches: self.caches,
			fetch: (wanted) => self.fetch(wanted, { signal: AbortSignal.timeout(pictureWithinMs) }),
			estimate: async () => (await self.navigator.storage?.estimate?.()) ?? {},
			later: (work) => {
				if (event instanceof ExtendableEvent) event.waitUntil(work);
			}
		})
);

// A first visit is served at once. A new version waits until every screen has put away what was typed.
clientsClaim();
self.addEventListener('install', pastTheWorker);
self.addEventListener('message', (event) => {
	if (answerUp(event) || event.data !== takeOver) return;
	event.waitUntil(whenUp(self.registration.active).then(() => self.skipWaiting()));
});

// The browser has a network again and no screen may be open: what waits is handed in.
type SyncEvent = ExtendableEvent & { readonly tag: string };
const isSyncEvent = (event: Event): event is SyncEvent => event instanceof ExtendableEvent && 'tag' in event;
self.addEventListener('sync', (event) => {
	if (isSyncEvent(event) && event.tag === sendTag) event.waitUntil(sendInBackground());
});

// The exchange has something new for whoever is signed in here; what, the app asks for itself.
self.addEventListener('push', (event) => event.waitUntil(tellNews(self)));
self.addEventListener('notificationclick', (event) => event.waitUntil(openNews(self, event.notification)));
