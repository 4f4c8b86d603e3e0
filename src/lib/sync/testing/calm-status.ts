import type { DeviceStatus } from '../device.ts';

/** A device with nothing to say: everything sent, everything here, the network up. */
export const calmStatus: DeviceStatus = {
	phase: 'ready',
	online: true,
	session: 'signed_in',
	needsSignIn: false,
	mustUpgrade: false,
	outdated: false,
	pulledAt: {},
	lastPullAt: null,
	lastComplete: null,
	unsent: 0,
	refused: 0,
	quarantined: 0,
	clockSkewMs: 0,
	storage: { usage: 0, quota: 0, persisted: true, failed: null },
	packs: null,
	market: null,
	leader: true
};
