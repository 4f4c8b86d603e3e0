import pino from 'pino';

/**
 * One JSON line an event, on standard output. Ids and codes only: no name, number or address of a person, and no
 * body of a request.
 */
export const log = pino({
	level: process.env.SAN_LOG?.trim() || 'info',
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime,
	serializers: { err: describeError }
});

/**
 * What of an error may be written down. The database repeats the row in `detail` and the values in `parameters`, so what is
 * kept is named instead of what is left out.
 */
export function describeError(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { message: typeof error };
	const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
	return {
		type: error.name,
		...(code && { code }),
		message: error.message,
		stack: error.stack,
		...(error.cause instanceof Error && { cause: describeError(error.cause) })
	};
}
