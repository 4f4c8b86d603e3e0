import type { DexieStorageInternals } from 'rxdb';
import { closeDexieDb, getDexieDbWithTables } from 'rxdb/plugins/storage-dexie';
import { collectionNames } from '$lib/sync/protocol/collections.ts';

const parts = [...collectionNames, 'drafts', '_rxdb_internal'];

/**
 * What a browser does in native code and Node dearly: opening databases that are there. The ten of a store stay open
 * underneath while its device lies in a drawer; all above them, which holds what was read, is closed and made anew.
 */
export class Drawer {
	readonly #kept = new Map<string, DexieStorageInternals[]>();

	/** Once the store is open. */
	keep(name: string): void {
		if (this.#kept.has(name)) return;
		// They are open already: nothing but the version is looked at.
		const schema = { version: 0, primaryKey: '', type: 'object', properties: {} } as const;
		this.#kept.set(
			name,
			parts.map((part) => getDexieDbWithTables(name, part, {}, schema))
		);
	}

	/** Before the store leaves the disk. */
	async letGo(name: string): Promise<void> {
		const kept = this.#kept.get(name) ?? [];
		this.#kept.delete(name);
		await Promise.all(kept.map(closeDexieDb));
	}

	async close(): Promise<void> {
		for (const name of this.#kept.keys()) await this.letGo(name);
	}
}
