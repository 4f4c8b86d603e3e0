/** The database went away, or ended a transaction that ran too long. Nothing of it was kept; it may be tried again. */
export class ConnectionLost extends Error {
	constructor(cause: unknown) {
		super('The database connection was lost during a transaction', { cause });
		this.name = 'ConnectionLost';
	}
}

const closedCodes = [
	'CONNECTION_CLOSED',
	'CONNECTION_DESTROYED',
	'CONNECTION_ENDED',
	'CONNECT_TIMEOUT',
	'ECONNRESET',
	'ECONNREFUSED',
	'EPIPE'
];
/** The server's last message: idle in a transaction, transaction timeout, shutdown, crash, not up yet, idle session. */
const lastWords = ['25P03', '25P04', '57P01', '57P02', '57P03', '57P05'];

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);

export const saidByServer = (error: unknown): boolean => hasCode(error, lastWords);

/** Whether an error means that the connection is gone, rather than that a statement was refused. */
export const isConnectionLoss = (error: unknown): boolean =>
	error instanceof ConnectionLost || hasCode(error, closedCodes) || saidByServer(error);

/**
 * How often something that was never sent is handed in again: a reopened connection first repeats the last words of the
 * one before it, and a pool may hold several of them.
 */
export const mostRepeats = 20;

/** A statement of postgres.js. `handler` is called when it is handed in, `state` is null until it is sent. */
export type PendingQuery = Promise<unknown> & {
	handler: (query: unknown) => unknown;
	reject: (error: unknown) => void;
	readonly state: unknown;
};

/** Fragments are never sent by themselves and look the same. */
export const isPendingQuery = (value: unknown): value is PendingQuery =>
	value instanceof Promise && 'handler' in value && typeof value.handler === 'function' && 'reject' in value;
