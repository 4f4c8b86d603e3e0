/** What a screen tells the worker of the new version once everything typed is stored. */
export const takeOver = 'take over';
/** What the new version's worker asks the old one's. */
const areYouUp = 'are you up?';

/** A slow phone needs a second or two to start a worker; one that never answers must not keep the new one out. */
const patienceMs = 5_000;

/** The part of a worker that is needed. */
type OldWorker = { postMessage(message: unknown, transfer: Transferable[]): void };

/** Told in the old version's worker: true when it was asked whether it is up, and has answered. */
export function answerUp(event: {
	readonly data: unknown;
	readonly ports: readonly { postMessage(message: unknown): void }[];
}): boolean {
	if (event.data !== areYouUp) return false;
	event.ports[0]?.postMessage('up');
	return true;
}

/**
 * Resolves when the old version's worker runs, or after `patience`. Chromium asks a running worker to end its work and
 * make room, once, at the moment the new one wants to take over; one that is just being started is not asked, and stays
 * for half a minute after its last event, for five minutes at most.
 */
export async function whenUp(old: OldWorker | null, patience = patienceMs): Promise<void> {
	if (!old) return;
	const { port1, port2 } = new MessageChannel();
	let timer: ReturnType<typeof setTimeout> | undefined;
	await new Promise<void>((resolve) => {
		port1.onmessage = () => resolve();
		timer = setTimeout(resolve, patience);
		old.postMessage(areYouUp, [port2]);
	});
	clearTimeout(timer);
	port1.close();
}

/**
 * The exchange's own addresses go past the worker where the browser can do that (static routes): their calls neither
 * wait for it to start nor wake it while it makes room for a new version.
 */
export function pastTheWorker(installing: Event): void {
	const addRoutes: unknown = Reflect.get(installing, 'addRoutes');
	if (typeof addRoutes !== 'function') return;
	const past = { condition: { urlPattern: '/api/*' }, source: 'network' };
	// A browser that knows routes but not this one installs the worker all the same.
	Promise.resolve(addRoutes.call(installing, [past])).catch(() => undefined);
}
