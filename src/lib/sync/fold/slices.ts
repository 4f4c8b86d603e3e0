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
