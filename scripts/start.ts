import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfChanged } from '$lib/server/boot/build.ts';
import { assertPortFree, serve, type RequestHandler } from '$lib/server/boot/http.ts';
import { claimDataDir, prepare } from '$lib/server/boot/prepare.ts';
import { complainOfFault, run, say, welcome } from '$lib/server/boot/program.ts';
import { onShutdown } from '$lib/server/boot/shutdown.ts';

/** `npm start`: builds if needed, brings up everything, and serves until it is told to stop. */
await run(async (config) => {
	claimDataDir(config);
	await assertPortFree(config.host, config.port);
	await buildIfChanged(process.cwd(), say);
	const prepared = await prepare(config, say);

	const entry = pathToFileURL(path.resolve('build/handler.js')).href;
	const { handler }: { handler: RequestHandler } = await import(entry);
	const secure = config.origin.startsWith('https:');
	const server = await serve(handler, {
		host: config.host,
		port: config.port,
		secure,
		onFault: complainOfFault
	});
	onShutdown('http', () => server.drain(10_000));
	welcome(config, prepared);
});
