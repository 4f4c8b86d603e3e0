import type { CaseDecide } from '$lib/domain/moderation/schema.ts';

type Typed = {
	readonly caseId: string;
	readonly listingRev: number;
	readonly reasonCodes: readonly string[];
	readonly note: string;
};

/** The wire takes no more; the first ones chosen count. */
const mostReasons = 8;

/** TG-10.2b: what was typed as the command, or null when a return does not say why. */
export function decisionInput(kind: 'approve' | 'return', typed: Typed): CaseDecide | null {
	const { caseId, listingRev, note } = typed;
	if (kind === 'approve') return { caseId, listingRev, decision: 'approve', note };
	const reasonCodes = typed.reasonCodes.slice(0, mostReasons);
	return reasonCodes.length === 0 ? null : { caseId, listingRev, decision: 'return', reasonCodes, note };
}
