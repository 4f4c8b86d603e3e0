import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium, microphoneFlags } from './tests/world/chromium.ts';

/** Journeys on the built program. Each worker starts its own program with its own data and port. */
export default defineConfig({
	testDir: 'tests/journeys',
	testMatch: '**/*.journey.ts',
	globalSetup: ['./tests/world/build-once.ts', './tests/world/seed-once.ts'],
	outputDir: 'test-results/journeys',
	fullyParallel: false,
	// Each starts a program of its own and waits for pages much of the time: three leave no core idle.
	workers: 3,
	timeout: 240_000,
	expect: { timeout: 20_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
	use: {
		browserName: 'chromium',
		actionTimeout: 30_000,
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh',
		screenshot: 'only-on-failure',
		// Recording every step is a quarter of the time of all journeys; a failed one is told again with `--trace=on`.
		trace: 'off',
		launchOptions: {
			executablePath: findChromium() ?? '/usr/bin/chromium',
			args: [...chromiumFlags, ...microphoneFlags]
		}
	}
});
