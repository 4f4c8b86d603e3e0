import postgres from 'postgres';

/** What `keep` found: `columns` leaves out what the database works out for itself. */
type Table = { readonly name: string; readonly columns: string };

const quietly = { max: 1, onnotice: () => undefined };

/**
 * Lays copies of a whole database aside in schemas of their own and brings them back: an empty world for the next
 * story, or yesterday's backup. Tens of times faster than a new database, and the pools stay warm.
 */
export class Shelf {
	readonly #sql;
	readonly #tables: Table[] = [];

	constructor(adminUrl: string) {
		this.#sql = postgres(adminUrl, quietly);
	}

	/** Copies every table and the place of every sequence under this name, over an older copy. */
	async keep(name: string): Promise<void> {
		const sql = this.#sql;
		if (this.#tables.length === 0) this.#tables.push(...(await this.#allTables()));
		const copies = this.#tables.map(
			(table, nth) =>
				`create unlogged table shelf_${name}.t${nth} as select ${table.columns} from ${table.name};`
		);
		await sql.unsafe(`begin;
			drop schema if exists shelf_${name} cascade; create schema shelf_${name};
			${copies.join('\n')}
			create unlogged table shelf_${name}.sequences as
				select schemaname, sequencename, start_value, last_value from pg_sequences;
			commit;`);
	}

	/** Makes everything as it was at `keep`. Nobody may be writing. */
	async bring(name: string): Promise<void> {
		const moves = this.#tables.map(
			(table, nth) => `delete from ${table.name};
				insert into ${table.name} (${table.columns}) overriding system value
					select ${table.columns} from shelf_${name}.t${nth};`
		);
		// Triggers and foreign keys speak of what people do; this is nobody's doing.
		await this.#sql.unsafe(`begin;
			set local session_replication_role = replica;
			${moves.join('\n')}
			select setval(format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value is not null)
				from shelf_${name}.sequences;
			commit;`);
	}

	/** As somebody with every right would. */
	async run(statement: string): Promise<void> {
		await this.#sql.unsafe(statement);
	}

	async close(): Promise<void> {
		await this.#sql.end({ timeout: 1 });
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
