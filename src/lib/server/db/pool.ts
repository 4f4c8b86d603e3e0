import postgres from 'postgres';
import { withoutLastWords } from './reopened.ts';
import { idleInTransactionTimeoutMs, transactionTimeoutMs, type DatabaseRole } from './roles.ts';

/**
 * How Postgres values arrive in JavaScript:
 * `timestamptz`/`timestamp` → ISO 8601 string in UTC (milliseconds), `date` → `YYYY-MM-DD`, `numeric` → number,
 * `int8` and `xid8` → number. Counters and transaction ids stay below 2^53 for as long as anyone will run this.
 * `json`/`jsonb` are parsed; write them with `sql.json(value)`.
 */
const types = {
	int8: { to: 20, from: [20, 5069], serialize: String, parse: Number },
	numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
	day: { to: 1082, from: [1082], serialize: (value: string) => value, parse: (raw: string) => raw },
	instant: {
		to: 1184,
		from: [1114, 1184],
		serialize: (value: string | Date) => (value instanceof Date ? value.toISOString() : value),
		parse: (raw: string): string | Date => new Date(raw).toISOString()
	}
};

type DbTypes = { int8: number; numeric: number; day: string; instant: string | Date };

/** A pool of connections acting as one role. */
export type Sql = postgres.Sql<DbTypes>;
/** The inside of a transaction. Services and queries take this, so that nothing is written outside one. */
export type Tx = postgres.TransactionSql<DbTypes>;
/** What a read can run on: the pool or a transaction. */
export type Queryable = Sql | Tx;

export type OpenOptions = {
	readonly url: string;
	/** Taken on at connect: the login may be a member of several roles and inherits none. */
	readonly role: DatabaseRole;
	readonly max?: number;
	readonly name?: string;
	readonly transactionTimeoutMs?: number;
	readonly idleInTransactionTimeoutMs?: number;
	readonly connectTimeoutMs?: number;
};

const connectTimeoutMs = 5_000;

/**
 * Opens a pool. Every role that writes is bounded by `transaction_timeout`, because the oldest running
 * transaction holds back every device's pull (sync 7). Migrations, run by the owner, are not.
 * Never use `sql.reserve()`: a connection the server kills while reserved ends the process.
 */
export function openDb(options: OpenOptions): Sql {
	const bounded = options.role !== 'san_owner';
	const sql: Sql = postgres(options.url, {
		max: options.max ?? 10,
		idle_timeout: 60,
		connect_timeout: (options.connectTimeoutMs ?? connectTimeoutMs) / 1_000,
		onnotice: () => undefined,
		backoff: (attempt) => Math.min(2, 0.1 * 2 ** attempt),
		types,
		connection: {
			application_name: options.name ?? 'san-tinh',
			role: options.role,
			TimeZone: 'UTC',
			...(bounded && {
				transaction_timeout: options.transactionTimeoutMs ?? transactionTimeoutMs,
				idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? idleInTransactionTimeoutMs
			})
		}
	});
	return withoutLastWords(sql);
}

/**
 * The same login for libraries that speak through `pg` (pg-boss): a connection string that takes on the role, bounded
 * as the pools are, since a transaction of theirs holds devices back just as well (sync 7).
 */
export function urlWithRole(url: string, role: DatabaseRole): string {
	const withRole = new URL(url);
	const bounds =
		role === 'san_owner'
			? ''
			: ` -c transaction_timeout=${transactionTimeoutMs} -c idle_in_transaction_session_timeout=${idleInTransactionTimeoutMs}`;
	withRole.searchParams.set('options', `-c role=${role}${bounds}`);
	return withRole.toString();
}

export { allEnded, transaction } from './transaction.ts';
