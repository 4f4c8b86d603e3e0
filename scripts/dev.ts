import { createServer } from 'vite';
import { assertPortFree } from '$lib/server/boot/http.ts';
import { claimDataDir, prepare } from '$lib/server/boot/prepare.ts';
import { run, say, welcome } from '$lib/server/boot/program.ts';
import { onShutdown } from '$lib/server/boot/shutdown.ts';

/** `npm run dev`: the same data and the same start, with Vite's server in front of the sources. */
await run(async (config) => {
	claimDataDir(config);
	await assertPortFree(config.host, config.port);
	const prepared = await prepare(config, say);
	const own = new Set(process.listeners('SIGTERM'));
	const vite = await createServer({ server: { host: config.host, port: config.port, strictPort: true } });
	// Vite would end the process at SIGTERM before the database is closed.
	for (const listener of process.listeners('SIGTERM'))
		if (!own.has(listener)) process.off('SIGTERM', listener);
	onShutdown('vite', () => vite.close());
	await vite.listen();
	welcome(config, prepared);
});
