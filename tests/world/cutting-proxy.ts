import net from 'node:net';

export type CuttingProxy = {
	readonly port: number;
	/** Bytes the client has sent so far, whether they arrived or not. */
	readonly sent: () => number;
	readonly cuts: () => number;
	close(): Promise<void>;
};

/**
 * A line that breaks: `cutAfter` says after how many bytes from the client the nth connection dies, told how often it broke
 * and what was sent before; null = never.
 */
export async function openCuttingProxy(
	to: number,
	cutAfter: (nth: number, cuts: number, sent: number) => number | null
): Promise<CuttingProxy> {
	let connections = 0;
	let sent = 0;
	let cuts = 0;
	const open = new Set<net.Socket>();
	const server = net.createServer((client) => {
		const limit = cutAfter(++connections, cuts, sent);
		let left = limit ?? Infinity;
		let broken = false;
		const far = net.connect(to, '127.0.0.1');
		for (const socket of [client, far]) {
			open.add(socket);
			socket.on('close', () => open.delete(socket));
			socket.on('error', () => undefined);
		}
		client.on('data', (piece) => {
			sent += piece.length;
			const passed = piece.subarray(0, Math.max(0, left));
			left -= piece.length;
			if (left > 0) {
				if (!far.write(piece)) {
					client.pause();
					far.once('drain', () => client.resume());
				}
				return;
			}
			cuts += 1;
			// What was on its way when the line broke still arrives.
			broken = true;
			far.end(passed);
			client.destroy();
		});
		far.pipe(client);
		client.on('close', () => {
			if (!broken) far.destroy();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		port: typeof address === 'object' && address !== null ? address.port : 0,
		sent: () => sent,
		cuts: () => cuts,
		close: () =>
			new Promise((resolve) => {
				for (const socket of open) socket.destroy();
				server.close(() => resolve());
			})
	};
}
