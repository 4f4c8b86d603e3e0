import PgBoss from 'pg-boss';
import { settleAgencies } from '$lib/server/agencies/settle.ts';
import { settleDays } from '$lib/server/reference/settle.ts';
import { askIdentities } from '$lib/server/businesses/identity/service.ts';
import { watchPapers } from '$lib/server/businesses/expiry.ts';
import { packCatalogue } from '$lib/server/catalogue/jobs.ts';
import { urlWithRole, type Sql } from '$lib/server/db/pool.ts';
import { queueSchema, type QueueName } from '$lib/server/db/queues.ts';
import type { FileStore } from '$lib/server/files/store.ts';
import { carryOutDue } from '$lib/server/enforcement/jobs.ts';
import { endPastNeeds } from '$lib/server/needs/ending.ts';
import { countLateRequests } from '$lib/server/personal-data/requests.ts';
import { nextDueAfter, writeBreaches } from '$lib/server/moderation/breaches.ts';
import { everyStep } from './every-step.ts';
import { retentionWork } from './retention.ts';

export type JobDeps = {
	readonly db: Sql;
	/** The app's login; jobs run as its role and own nothing. */
	readonly appUrl: string;
	readonly files: FileStore;
	readonly now: () => string;
	readonly log: {
		info(facts: object, message: string): void;
		error(facts: object, message: string): void;
	};
	/** Forgets uploads nobody finished; returns how many. */
	readonly expireUploads?: (now: string) => Promise<number>;
	/** Forgets sessions that are over, and why, after a time; returns how many. */
	readonly forgetSessions?: (now: string) => Promise<number>;
	/** Sends the messages that are due; says how many went which way. */
	readonly deliverMessages?: () => Promise<object>;
};

const wakeAheadMs = 5 * 60_000;

const quietMs = 60_000;

/** A busy hour re-makes packs this often; between two runs the pull alone brings what is new (sync 10). */
const packEverySeconds = 5;

/** While the database is away every look for work fails, each second and in every queue: one line a minute tells it. */
function quietly(say: (error: Error) => void): (error: Error) => void {
	const saidAt = new Map<string, number>();
	return (error) => {
		const kind = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
		const now = performance.now();
		if (now - (saidAt.get(kind) ?? -Infinity) < quietMs) return;
		saidAt.set(kind, now);
		say(error);
	};
}

export type Jobs = {
	/** Told that the public catalogue changed: its packs are made anew before long. Costs nothing to call often. */
	catalogueChanged(): void;
	stop(): Promise<void>;
};

/**
 * Starts the background work of this process. Any number of processes may do so: pg-boss gives a job to one of
 * them, and every job may run twice without harm. The tables and queues were made by `migrate`.
 */
export async function startJobs(deps: JobDeps): Promise<Jobs> {
	const { db, log, now } = deps;
	const boss = new PgBoss({
		connectionString: urlWithRole(deps.appUrl, 'san_app'),
		application_name: 'san-tinh jobs',
		schema: queueSchema,
		migrate: false,
		max: 2
	});
	const say = quietly((err) => log.error({ err }, 'job queue'));
	boss.on('error', say);
	await boss.start();

	const run = async (
		queue: QueueName,
		cron: string,
		work: () => Promise<object>,
		expireInHours = 0.25
	): Promise<void> => {
		await boss.work(queue, { pollingIntervalSeconds: 1, batchSize: 10 }, async () => {
			try {
				const done = await work();
				if (Object.values(done).some((n) => n !== 0)) log.info({ queue, ...done }, 'job done');
			} catch (err) {
				log.error({ queue, err }, 'job failed');
				throw err;
			}
		});
		await boss.schedule(queue, cron, {}, { tz: 'Asia/Ho_Chi_Minh', expireInSeconds: expireInHours * 3_600 });
	};

	await run('catalogue-packs', '* * * * *', () => packCatalogue(db, now()));
	await run('sla-watch', '* * * * *', () =>
		everyStep({
			// Before the breaches: a case is counted against whoever has it today.
			moved: () => settleAgencies(db, now()),
			recounted: () => settleDays(db, now()),
			breaches: () => writeBreaches(db, now()),
			lateRequests: () => countLateRequests(db, now()),
			woken: wakeAtNextDue
		})
	);
	// Whoever queues a message queues a job with it; the minute finds what a program that ended was sending.
	const { deliverMessages } = deps;
	if (deliverMessages) await run('messages', '* * * * *', deliverMessages);
	await run('enforcement-watch', '* * * * *', async () => ({ measures: await carryOutDue(db, now()) }));
	await run('identity-watch', '* * * * *', async () => ({ identities: await askIdentities(db, now) }));
	// A paper holds to the end of its last day.
	await run('paper-watch', '0 0 * * *', () => watchPapers(db, now()));
	// A need stands to the end of its last day.
	await run('need-watch', '0 0 * * *', async () => ({ ended: await endPastNeeds(db, now()) }));
	// A large store takes its time; a second run beside the first would do it all again.
	await run(
		'retention',
		'30 2 * * *',
		() =>
			everyStep(
				retentionWork({
					db,
					files: deps.files,
					now: now(),
					expireUploads: deps.expireUploads,
					forgetSessions: deps.forgetSessions
				})
			),
		6
	);

	/** The minute's sweep is enough for the law; being awake at the very instant keeps the desk honest. */
	async function wakeAtNextDue(): Promise<number> {
		const due = await nextDueAfter(db, now());
		if (due === null || Date.parse(due) - Date.parse(now()) > wakeAheadMs) return 0;
		await boss.send('sla-watch', {}, { startAfter: due, singletonKey: due, singletonMinutes: 5 });
		return 0;
	}

	// What passed while nothing ran is written at once, not at the next minute.
	await boss.send('sla-watch', {});
	await boss.send('enforcement-watch', {});
	await boss.send('paper-watch', {});
	await boss.send('need-watch', {});
	await boss.send('catalogue-packs', {});

	let soon: NodeJS.Timeout | undefined;
	let stopped = false;
	/** Every process hears of a change; the queue keeps one job of them all for each span of time. */
	const packSoon = (): void => {
		soon = undefined;
		boss.sendDebounced('catalogue-packs', {}, {}, packEverySeconds, 'changed').catch(say);
	};
	return {
		catalogueChanged() {
			if (!stopped) soon ??= setTimeout(packSoon, 1_000).unref();
		},
		stop() {
			stopped = true;
			clearTimeout(soon);
			return boss.stop({ graceful: true, timeout: 5_000, wait: true });
		}
	};
}
