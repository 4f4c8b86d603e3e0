/** As much of the peers as the benches use: they are installed on demand, the type check must not need them. */
declare module 'express' {
	import type { RequestListener, Server } from 'node:http';
	type App = RequestListener & {
		use(path: string, handler: unknown): void;
		listen(port: number, host: string, listening: () => void): Server;
	};
	export default function express(): App;
}

declare module 'express-pouchdb' {
	export default function expressPouchDb(
		PouchDB: unknown,
		options: { mode: 'minimumForPouchDB'; inMemoryConfig: true; logPath: string }
	): unknown;
}

declare module 'pouchdb' {
	type Database = {
		bulkDocs(docs: readonly object[]): Promise<readonly ({ ok: true } | { error: true })[]>;
		info(): Promise<{ doc_count: number }>;
	};
	type Constructor = {
		new (name: string): Database;
		defaults(options: { prefix: string }): Constructor;
	};
	const PouchDB: Constructor;
	export default PouchDB;
}
