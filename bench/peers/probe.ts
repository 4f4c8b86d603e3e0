import http from 'node:http';

/** Asks for one page again and again until told to stop, then tells how long each took; null = it failed. */
const [url] = process.argv.slice(2);
if (!url) throw new Error('which page?');
const times: (number | null)[] = [];
let stopped = false;
process.once('message', () => (stopped = true));
const agent = new http.Agent({ keepAlive: true });

const ask = (): Promise<boolean> =>
	new Promise((resolve) => {
		const request = http.get(url, { agent }, (response) => {
			response.resume();
			response.once('end', () => resolve(response.statusCode === 200));
			response.once('error', () => resolve(false));
		});
		request.once('error', () => resolve(false));
	});

while (!stopped) {
	const began = performance.now();
	const fine = await ask();
	times.push(fine ? performance.now() - began : null);
	await new Promise((resolve) => setTimeout(resolve, 20));
}
agent.destroy();
process.send?.(times);
