/** A slice of work on the main thread; at CPU ×4 the browser still has its turn within 50 ms. */
const sliceMs = 8;

/** Waits for the browser's turn when the work since its last one has lasted a slice. */
export function inSlices(): () => Promise<void> {
	let until = performance.now() + sliceMs;
	return async () => {
		if (performance.now() < until) return;
		await nextSlice();
		until = performance.now() + sliceMs;
	};
}

/** Lets the browser paint and answer a finger, then goes on. */
export function nextSlice(): Promise<void> {
	if (typeof scheduler !== 'undefined' && 'yield' in scheduler) return scheduler.yield();
	return new Promise((resolve) => {
		const channel = new MessageChannel();
		channel.port1.onmessage = () => {
			channel.port1.close();
			resolve();
		};
		channel.port2.postMessage(null);
	});
}
