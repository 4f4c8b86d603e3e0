import { createServer } from 'vite';
import { claimDataDir, prepare } from '$lib/server/boot/prepare.ts';
import { run, say, welcome } from '$lib/server/boot/program.ts';
import { onShutdown } from '$lib/server/boot/shutdown.ts';

/** `npm run dev`: the same data and the same start, with Vite's server in front of the sources. */
await run(async (config) => {
	claimDataDir(config);
	const prepared = await prepare(config, say);
	const vite = await createServer({ server: { host: config.host, port: config.port, strictPort: true } });
	onShutdown('vite', () => vite.close());
	await vite.listen();
	welcome(config, prepared);
});
