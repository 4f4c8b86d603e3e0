import postgres from 'postgres';
import { ticks } from './wire.ts';

/** What `keep` found: `columns` leaves out what the database works out for itself. */
type Table = { readonly name: string; readonly columns: string };

/** Whether there is such a process, whoever's it is. */
function runs(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

const quietly = { max: 1, onnotice: () => undefined };

/**
 * Lays copies of a whole database aside in schemas of their own and brings them back: an empty world for the next
 * story, or yesterday's backup. Tens of times faster than a new database, and the pools stay warm.
 */
export class Shelf {
	readonly #sql;
	readonly #tables: Table[] = [];
	readonly #names = new Set<string>();

	constructor(adminUrl: string) {
		this.#sql = postgres(adminUrl, quietly);
	}

	/**
	 * Copies every table and the place of every sequence under this name, over an older copy. Returns the version below
	 * which everything that was ever written is in it.
	 */
	async keep(name: string): Promise<number> {
		const sql = this.#sql;
		if (this.#tables.length === 0) this.#tables.push(...(await this.#allTables()));
		if (!this.#names.has(name)) await this.#makeRoom(name);
		await sql.unsafe(`begin isolation level repeatable read; select shelf_${name}.keep(); commit;`);
		const [horizon] = await sql.unsafe<{ version: string }[]>(`select version from shelf_${name}.horizon`);
		return Number(horizon?.version ?? 0);
	}

	/** Makes everything as it was at `keep`. Nobody may be writing. */
	async bring(name: string): Promise<void> {
		await this.#sql.unsafe(`select shelf_${name}.bring()`);
	}

	/** As somebody with every right would. */
	async run(statement: string): Promise<void> {
		await this.#sql.unsafe(statement);
	}

	/**
	 * Ends every connection of a login; resolves when their processes are gone. Postgres would wait for them one after the
	 * other, a tenth of a second for each that takes a millisecond.
	 */
	async endAll(login: string): Promise<void> {
		const rows = await this.#sql<{ pid: number }[]>`
			with theirs as materialized (
				select pid from pg_stat_activity where datname = current_database() and usename = ${login})
			select pid from theirs where pg_terminate_backend(pid)`;
		while (rows.some(({ pid }) => runs(pid))) await ticks(1);
	}

	async close(): Promise<void> {
		await this.#sql.end({ timeout: 1 });
	}

	/** The room and its two ways are functions: planned once, since most of a hundred tables are empty. */
	async #makeRoom(name: string): Promise<void> {
		const each = (sql: (table: Table, copy: string) => string): string =>
			this.#tables.map((table, nth) => sql(table, `shelf_${name}.t${nth}`)).join('\n');
		await this.#sql.unsafe(`create schema shelf_${name};
			${each(
				({ name: own, columns }, copy) =>
					`create unlogged table ${copy} as select ${columns} from ${own} limit 0;`
			)}
			create unlogged table shelf_${name}.sequences as
				select schemaname, sequencename, start_value, last_value from pg_sequences limit 0;
			create unlogged table shelf_${name}.horizon as select 0::bigint as version;
			create function shelf_${name}.keep() returns void language plpgsql as $$ begin
				${each(
					({ name: own, columns }, copy) =>
						`delete from ${copy}; insert into ${copy} select ${columns} from ${own};`
				)}
				delete from shelf_${name}.sequences;
				insert into shelf_${name}.sequences
					select schemaname, sequencename, start_value, last_value from pg_sequences;
				update shelf_${name}.horizon set version = pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
			end $$;
			-- Triggers and foreign keys speak of what people do; this is nobody's doing.
			create function shelf_${name}.bring() returns void language plpgsql
				set session_replication_role = replica as $$ begin
				${each(
					({ name: own, columns }, copy) =>
						`delete from ${own};
						insert into ${own} (${columns}) overriding system value select ${columns} from ${copy};`
				)}
				perform setval(format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value),
					last_value is not null) from shelf_${name}.sequences;
			end $$;`);
		this.#names.add(name);
	}

	async #allTables(): Promise<Table[]> {
		return this.#sql<Table[]>`
			select format('%I.%I', n.nspname, c.relname) as name,
				string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
			from pg_class c
			join pg_namespace n on n.oid = c.relnamespace
			join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
			where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|shelf_)'
			group by 1`;
	}
}
