import { randomUUID } from 'node:crypto';

/** A device nobody has met, at an address of its own. */
export const anywhere = (now: string) => ({
	device: randomUUID(),
	knownDevice: null,
	ip: `192.0.2.1/${randomUUID()}`,
	now
});
