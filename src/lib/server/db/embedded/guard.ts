import fs from 'node:fs';
import { dataOf, launch, runningPort, seemsToRun, type Cluster } from './cluster.ts';
import { withLock } from './lock.ts';

const lookMs = 1_000;
const longestPauseMs = 60_000;

/** How long to wait before the next look after so many failed starts in a row. */
export const pauseAfter = (failures: number): number => Math.min(longestPauseMs, lookMs * 2 ** failures);

export type Guard = {
	/** Looks every second whether Postgres runs, and starts it again on its old port, so that pools find it. */
	start(log: (line: string) => void): void;
	/** Stops looking; resolves when no start is under way any more. */
	stop(): Promise<void>;
};

/**
 * Keeps one cluster running. One look at a time, and longer and longer pauses while it cannot be started: a program
 * whose data is gone for good waits instead of working.
 */
export function guardOf(cluster: Cluster, port: number, lockFile: string): Guard {
	let timer: NodeJS.Timeout | undefined;
	let looking: Promise<void> | undefined;
	let watching = false;
	let failures = 0;

	async function look(log: (line: string) => void): Promise<void> {
		try {
			if (!seemsToRun(cluster)) await bringBack(log);
			failures = 0;
		} catch (error) {
			failures += 1;
			const wait = `thử lại sau ${pauseAfter(failures) / 1_000} giây`;
			log(`Chưa chạy lại được Postgres, ${wait}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	async function bringBack(log: (line: string) => void): Promise<void> {
		// The lock would make the data directory anew, as an empty one.
		if (!fs.existsSync(dataOf(cluster))) throw new Error(`không còn thư mục ${dataOf(cluster)}`);
		await withLock(lockFile, async () => {
			if (!watching || (await runningPort(cluster)) !== null) return;
			log('Postgres đã dừng bất ngờ, đang chạy lại…');
			await launch(cluster, { port });
		});
	}

	function plan(log: (line: string) => void): void {
		timer = setTimeout(() => {
			looking = look(log).finally(() => watching && plan(log));
		}, pauseAfter(failures));
		timer.unref();
	}

	return {
		start(log) {
			if (watching) return;
			watching = true;
			plan(log);
		},
		async stop() {
			watching = false;
			clearTimeout(timer);
			await looking;
		}
	};
}
