import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium, microphoneFlags } from './tests/world/chromium.ts';

/** Journeys on the built program. Each test file starts its own program with its own data and port. */
export default defineConfig({
	testDir: 'tests/journeys',
	testMatch: '**/*.journey.ts',
	globalSetup: './tests/world/build-once.ts',
	outputDir: 'test-results/journeys',
	fullyParallel: false,
	// A file starts its own program: two at a time leave no core idle while a page waits.
	workers: 2,
	timeout: 240_000,
	expect: { timeout: 20_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
	use: {
		browserName: 'chromium',
		actionTimeout: 30_000,
		locale: 'vi-VN',
		timezoneId: 'Asia/Ho_Chi_Minh',
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
		launchOptions: {
			executablePath: findChromium() ?? '/usr/bin/chromium',
			args: [...chromiumFlags, ...microphoneFlags]
		}
	}
});
