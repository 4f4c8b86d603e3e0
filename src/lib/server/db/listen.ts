import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Sql } from './pool.ts';

const firstPauseMs = 100;
const longestPauseMs = 2_000;

export type Listening = { stop(): Promise<void> };

/**
 * Hears what is sent on one channel of the pool's database, on a connection of its own. Whenever that ends it is opened again,
 * for as long as it takes; `connected` is told each time it listens, since what was sent in between is unknown.
 * `listen` of postgres.js 3.4 tries once after a cut and is deaf for good where that one try fails.
 * Rejects when the first connection cannot be made.
 */
export async function listen(
	db: Sql,
	channel: string,
	on: { message(payload: string): void; connected(): void }
): Promise<Listening> {
	const stopping = new AbortController();
	const { signal } = stopping;

	/** From one connection to its end. */
	async function hear(listening: () => void): Promise<void> {
		let over = (): void => undefined;
		const ended = new Promise<void>((resolve) => (over = resolve));
		const line = openLine(db, on.message, over);
		const giveUp = (): void => {
			over();
			// It may not even have connected.
			void line.end({ timeout: 0 });
		};
		signal.addEventListener('abort', giveUp, { once: true });
		try {
			await line`listen ${line(channel)}`;
			listening();
			on.connected();
			await ended;
		} finally {
			signal.removeEventListener('abort', giveUp);
			await line.end({ timeout: 1 }).catch(() => undefined);
		}
	}

	async function hearAlways(first: () => void): Promise<void> {
		let pause = 0;
		let before = false;
		while (!signal.aborted) {
			try {
				await hear(() => {
					pause = 0;
					before = true;
					first();
				});
			} catch (error) {
				if (!before) throw error;
			}
			pause = Math.min(longestPauseMs, Math.max(firstPauseMs, pause * 2));
			await sleep(pause, undefined, { signal }).catch(() => undefined);
		}
	}

	let running: Promise<void> | null = null;
	await new Promise<void>((resolve, reject) => {
		running = hearAlways(resolve);
		running.catch(reject);
	});
	return {
		async stop() {
			stopping.abort();
			await running;
		}
	};
}

function openLine(db: Sql, message: (payload: string) => void, closed: () => void): postgres.Sql {
	const { host, port, database, user, pass, path, ssl, connection, onnotice } = db.options;
	const { connect_timeout, keep_alive, target_session_attrs } = db.options;
	const options = {
		...{ database, user, path, ssl, connection, onnotice },
		...{ connect_timeout, keep_alive, target_session_attrs },
		host: host.map((name, at) => `${name}:${port[at]}`).join(','),
		// Read again by the driver, whose types say that it has forgotten it.
		pass: pass ?? '',
		max: 1,
		idle_timeout: 0,
		max_lifetime: 0,
		fetch_types: false,
		onclose: closed,
		// Known to the driver, though not to its types.
		onnotify: (_: string, payload: string) => message(payload)
	};
	return postgres(options);
}
