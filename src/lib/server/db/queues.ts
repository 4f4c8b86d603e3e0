/**
 * Every queue of background work. `migrate` makes them, because the app's role may not create tables; a job that is
 * sent to a queue missing here fails at once.
 */
export const queueNames = [
	'catalogue-packs',
	'sla-watch',
	'order-watch',
	'photo-process',
	'retention',
	'messages',
	'enforcement-watch',
	'paper-watch',
	'identity-watch',
	'need-watch'
] as const;
export type QueueName = (typeof queueNames)[number];

/** pg-boss keeps its tables here. */
export const queueSchema = 'pgboss';
