import type { Tx } from '$lib/server/db/pool.ts';
import type { CommandContext, WriteContext } from '$lib/server/sync/write.ts';

/** One line of the record. Ids and codes only: the audit is kept for ever, so it holds no personal data. */
export type AuditEntry = {
	/** Past tense, `listing.submitted`. */
	readonly action: string;
	/** `listing:<id>`, `case:<id>`, `order:<id>`, `account:<id>`. */
	readonly subject: string;
	readonly clause?: string;
	readonly data?: Readonly<AuditData>;
};
export type AuditData = Record<string, string | number | boolean | null | readonly string[]>;

/** A line on its way into the table. */
export type AuditLine = AuditEntry & {
	readonly at: string;
	readonly actor: string;
	readonly commandId: string | null;
};

/**
 * Adds to the audit of the writing transaction: no effect without its line, no line without its effect. The lines are
 * written together, last of all, by `write`.
 */
export async function audit(ctx: WriteContext, entry: AuditEntry): Promise<void> {
	const { action, subject, clause, data } = entry;
	ctx.lines.push({
		at: ctx.now,
		actor: ctx.actorId,
		action,
		subject,
		clause,
		commandId: ctx.commandId,
		data
	});
}

/**
 * For what its command says already by name and subject: the data goes with the line that every command leaves, instead
 * of a second one. Where no command is behind it, it is a line of its own.
 */
export async function auditWithCommand(ctx: CommandContext, entry: AuditEntry): Promise<void> {
	if (ctx.details) Object.assign(ctx.details, entry.data);
	else await audit(ctx, entry);
}

/** Writes the lines of a transaction, in their order. */
export async function insertLines(tx: Tx, lines: readonly AuditLine[]): Promise<void> {
	if (lines.length === 0) return;
	await tx`
		insert into audit_log (at, actor, action, subject, clause, command_id, data)
		select at, actor, action, subject, clause, "commandId", coalesce(data, '{}')
		from rows from (jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as (
			at timestamptz, actor text, action text, subject text, clause text, "commandId" uuid, data jsonb
		)) with ordinality as lines (at, actor, action, subject, clause, "commandId", data, place)
		order by place`;
}
