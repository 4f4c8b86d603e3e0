import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { chromiumFlags, findChromium } from './tests/world/chromium.ts';

const never = [...configDefaults.exclude, 'build/**', '.svelte-kit/**', 'tests/journeys/**'];

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		// An assertion that never ran must not pass.
		expect: { requireAssertions: true },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					include: ['{src,scripts,tests}/**/*.test.ts'],
					exclude: [...never, '**/*.pg.test.ts', '**/*.browser.test.ts']
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
					// The feed's horizon is one for the whole cluster: a transaction held open by one file would hold
					// back the pulls of another.
					fileParallelism: false,
					testTimeout: 30_000,
					hookTimeout: 60_000
				}
			},
			{
				extends: true,
				optimizeDeps: {
					include: ['rxdb', 'rxdb/plugins/core', 'rxdb/plugins/storage-dexie', 'dexie', 'rxjs', 'minisearch']
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
