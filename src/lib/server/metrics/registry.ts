import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * Every figure of this process. Labels are short closed lists and never a name; of persons only the officers of a
 * department appear, by an id that says nothing outside.
 */
export const registry = new Registry();
const registers = [registry];

export const requests = new Counter({
	name: 'san_requests_total',
	help: 'Requests answered, by method, route and status.',
	labelNames: ['method', 'route', 'status'],
	registers
});
export const requestSeconds = new Histogram({
	name: 'san_request_seconds',
	help: 'Time to the answer, by route.',
	labelNames: ['route'],
	buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
	registers
});
export const pulls = new Counter({
	name: 'san_pulls_total',
	help: 'Pulls of devices, by collection and outcome.',
	labelNames: ['collection', 'outcome'],
	registers
});
export const commands = new Counter({
	name: 'san_commands_total',
	help: 'Commands received, by name and outcome.',
	labelNames: ['name', 'outcome'],
	registers
});
export const connectedDevices = new Gauge({
	name: 'san_connected_devices',
	help: 'Devices with an open event stream at this process.',
	registers
});
export const feedHeld = new Gauge({
	name: 'san_feed_held_transactions',
	help: 'Transactions begun since the oldest one that still holds the feed back (sync 7); 0 = nothing is held.',
	registers
});
export const feedLag = new Gauge({
	name: 'san_feed_lag_seconds',
	help: 'Age of the oldest writing transaction, of whoever: devices see nothing younger (sync 7).',
	registers
});
export const shed = new Counter({
	name: 'san_shed_total',
	help: 'Pulls and pushes told to come again because the process was full (sync 11).',
	registers
});
export const backupAge = new Gauge({
	name: 'san_backup_age_seconds',
	help: 'Since the backup last reached the newest commit (sync 13); -1 = no backups are configured.',
	registers
});
export const positionsAhead = new Counter({
	name: 'san_positions_ahead_total',
	help: 'Pulls of devices that had read further than this exchange has written (sync 13); must stay 0.',
	registers
});
export const cataloguePacks = new Gauge({
	name: 'san_catalogue_packs',
	help: 'Packs of the public catalogue that devices are given (sync 10).',
	registers
});
export const catalogueRows = new Gauge({
	name: 'san_catalogue_pack_rows',
	help: 'Listings in these packs.',
	registers
});
export const catalogueBytes = new Gauge({
	name: 'san_catalogue_pack_bytes',
	help: 'Their size as it travels.',
	registers
});
export const catalogueAge = new Gauge({
	name: 'san_catalogue_age_seconds',
	help: 'Time since the packs were last brought up to the feed; the job does so every minute.',
	registers
});
export const oldestOpenCase = new Gauge({
	name: 'san_oldest_open_case_seconds',
	help: 'Age of the oldest open case since its receipt; 0 = none is open.',
	registers
});
export const openCases = new Gauge({
	name: 'san_open_cases',
	help: 'Open cases by agency and by how their term stands (TG-10.2b).',
	labelNames: ['agency', 'due'],
	registers
});
export const officerOpenCases = new Gauge({
	name: 'san_officer_open_cases',
	help: 'Open cases by agency, by the account id of who holds them, and by how their term stands (TG-10.2b).',
	labelNames: ['agency', 'officer', 'due'],
	registers
});
export const breaches = new Gauge({
	name: 'san_sla_breaches',
	help: 'Cases in the ledger of overdue ones, by agency and by the account id of who held them then (TG-10.3b).',
	labelNames: ['agency', 'officer'],
	registers
});
