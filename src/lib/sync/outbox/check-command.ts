import { z } from 'zod';
import { no, ok, type Result } from '$lib/domain/kernel/refusal.ts';
import { commandSchemas, type AnyCommand, type CommandName } from '../protocol/commands.ts';

const shape = <N extends CommandName>(name: N) =>
	z.object({ name: z.literal(name), input: commandSchemas[name] });

const anyCommand = z.discriminatedUnion('name', [
	shape('draft.save'),
	shape('draft.discard'),
	shape('listing.submit'),
	shape('listing.withdraw'),
	shape('listing.restock'),
	shape('case.decide'),
	shape('case.reassign'),
	shape('order.place'),
	shape('order.advance'),
	shape('notification.read'),
	shape('business.submit'),
	shape('proposal.send'),
	shape('need.submit'),
	shape('need.close'),
	shape('offer.send'),
	shape('offer.withdraw')
]);

/** The command with its input cleaned, or `invalid_input` with each field that is wrong. */
export function checkCommand(name: CommandName, input: unknown): Result<AnyCommand> {
	const parsed = anyCommand.safeParse({ name, input });
	if (parsed.success) return ok(parsed.data);
	const fields: Record<string, string> = {};
	for (const issue of parsed.error.issues) fields[issue.path.slice(1).join('.')] ??= issue.code;
	return no('invalid_input', { fields });
}
