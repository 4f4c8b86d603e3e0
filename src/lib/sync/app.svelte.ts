import type { Device } from './device.ts';

export type {
	CatalogueFound,
	CatalogueSearch,
	Device,
	DeviceStatus,
	Live,
	SessionState,
	StorageState
} from './device.ts';
export type * from './fold/views.ts';

/** The device of this page. Screens read and write through it alone; see `Device` for what it offers. */
export declare const device: Device;

/** Opens the store of whoever is signed in and starts syncing. Idempotent; resolves when reads can answer. */
export declare function startDevice(): Promise<void>;
