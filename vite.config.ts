import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions, type Plugin } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { lighterDevice } from './scripts/lighter-device.ts';
import { chromiumFlags, findChromium } from './tests/world/chromium.ts';

const never = [...configDefaults.exclude, 'build/**', '.svelte-kit/**', 'tests/journeys/**'];

/** The worker keeps the program itself and nothing of its contents: shell, code, letters, icon. */
const installable = SvelteKitPWA({
	strategies: 'injectManifest',
	srcDir: 'src',
	filename: 'service-worker.ts',
	registerType: 'prompt',
	injectRegister: false,
	manifest: false,
	injectManifest: {
		globPatterns: [
			'client/**/*.{js,css,woff2}',
			'client/icons/icon.svg',
			'client/offline.html',
			'client/manifest.webmanifest',
			'prerendered/pages/app.html'
		]
	}
});

/** A failed build has no worker to fill, and that absence is all one would be told of the fault. */
function tellFirstFault(): Plugin {
	let fault: Error | undefined;
	const note = (error?: Error) => {
		fault ??= error;
	};
	return {
		name: 'san:tell-first-fault',
		apply: 'build',
		enforce: 'pre',
		buildEnd: note,
		renderError: note,
		closeBundle: {
			order: 'pre',
			sequential: true,
			handler() {
				if (fault) throw fault;
			}
		}
	};
}

/** What most screens use lies in one file: its name stands once in each list of what a screen loads. */
function fewerFiles(): Plugin {
	return {
		name: 'san:fewer-files',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		outputOptions: (options) =>
			options.codeSplitting === false
				? options
				: {
						...options,
						codeSplitting: {
							groups: [
								{
									name: 'shared',
									test: /src[\\/]lib[\\/](?:ui|i18n)[\\/]/,
									minShareCount: 10
								}
							]
						}
					}
	};
}

/** Component tests have no server behind them: what a page asks of one is missing, and quietly so. */
function noServer(): Plugin {
	return {
		name: 'san:no-server',
		configureServer(server) {
			server.middlewares.use((request, response, next) => {
				if (!/^\/(?:api|app|media|favicon)/.test(request.url ?? '')) return next();
				response.statusCode = 404;
				response.end();
			});
		}
	};
}

export default defineConfig({
	plugins: [
		tellFirstFault(),
		lighterDevice(),
		fewerFiles(),
		sveltekit(),
		process.env.VITEST ? [] : installable
	],
	// RxJS is written for 2015 and for browsers before; the older form is a third larger.
	environments: { client: { resolve: { conditions: ['es2015', ...defaultClientConditions] } } },
	test: {
		// An assertion that never ran must not pass.
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					// Rules, folds and stores of random names: loading them anew for each file was half of the time.
					isolate: false,
					include: ['{src,scripts,tests,bench}/**/*.test.ts'],
					exclude: [...never, '**/*.{pg,cluster,fuzz,browser,program}.test.ts'],
					// A property over hundreds of cases beside three other lanes: five seconds were too few once.
					testTimeout: 30_000
				}
			},
			{
				extends: true,
				test: {
					name: 'pg',
					environment: 'node',
					include: ['{src,scripts,tests}/**/*.pg.test.ts'],
					exclude: never,
					globalSetup: ['tests/world/cluster.ts'],
					// Each file has a database of its own and shares nothing else; loading the server anew for each of
					// them cost a third of the time.
					isolate: false,
					// The feed's horizon is one for the whole cluster: a transaction held open by one file would hold
					// back the pulls of another.
					fileParallelism: false,
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'cluster',
					environment: 'node',
					// Each of these files starts, kills, copies and restores a Postgres of its own.
					include: ['{src,tests}/**/*.cluster.test.ts'],
					exclude: never,
					testTimeout: 60_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'fuzz',
					environment: 'node',
					// Each file has a Postgres of its own, so they may run side by side.
					include: ['tests/fuzz/**/*.fuzz.test.ts'],
					exclude: never
				}
			},
			{
				extends: true,
				test: {
					name: 'program',
					environment: 'node',
					include: ['tests/**/*.program.test.ts'],
					exclude: never,
					fileParallelism: false,
					testTimeout: 240_000,
					hookTimeout: 240_000
				}
			},
			{
				extends: true,
				plugins: [noServer()],
				optimizeDeps: {
					include: [
						'rxdb',
						'rxdb/plugins/core',
						'rxdb/plugins/storage-dexie',
						'dexie',
						'rxjs',
						'diff/lib/diff/word.js'
					]
				},
				test: {
					name: 'browser',
					include: ['{src,tests}/**/*.browser.test.ts'],
					exclude: never,
					testTimeout: 30_000,
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: { executablePath: findChromium() ?? '/usr/bin/chromium', args: chromiumFlags }
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
