import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import path from 'node:path';

export type PeerServer = { readonly origin: string; stop(): Promise<void> };

/** Starts a peer's server in a process of its own and waits for the address it prints. */
export function startPeer(file: string, env: Readonly<Record<string, string>>): Promise<PeerServer> {
	const child = spawn(
		process.execPath,
		['--import', path.resolve('node_modules/tsx/dist/loader.mjs'), path.join(import.meta.dirname, file)],
		{ env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] }
	);
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	return new Promise((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it served`)));
		let printed = '';
		child.stdout.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			const origin = /serving (http:\S+)/.exec(printed)?.[1];
			if (origin)
				resolve({
					origin,
					stop: async () => {
						child.kill();
						await ended;
					}
				});
		});
	});
}

/** What `startPeer` waits for. */
export function tellAddress(server: Server): void {
	const address: AddressInfo | string | null = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
	process.stdout.write(`serving http://localhost:${address.port}\n`);
}
