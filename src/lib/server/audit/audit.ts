import type { WriteContext } from '$lib/server/sync/write.ts';

/** One line of the record. Ids and codes only: the audit is kept for ever, so it holds no personal data. */
export type AuditEntry = {
	/** Past tense, `listing.submitted`. */
	readonly action: string;
	/** `listing:<id>`, `case:<id>`, `order:<id>`, `account:<id>`. */
	readonly subject: string;
	readonly clause?: string;
	readonly data?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
};

/** Appends to the audit in the writing transaction: no effect without its line, no line without its effect. */
export async function audit(ctx: WriteContext, entry: AuditEntry): Promise<void> {
	await ctx.tx`
		insert into audit_log (at, actor, action, subject, clause, command_id, data)
		values (${ctx.now}, ${ctx.actorId}, ${entry.action}, ${entry.subject}, ${entry.clause ?? null},
			${ctx.commandId}, ${JSON.stringify(entry.data ?? {})}::text::jsonb)`;
}
