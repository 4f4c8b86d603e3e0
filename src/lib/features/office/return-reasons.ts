import type { CaseDecide } from '$lib/domain/moderation/schema.ts';

type Typed = {
	readonly caseId: string;
	readonly listingRev: number;
	readonly reasonCodes: readonly string[];
	readonly note: string;
	/** Lines of the check list that were compared (TG-19.4). */
	readonly checked: readonly string[];
};

/** The wire takes no more; the first ones chosen count. */
const mostReasons = 8;

/** TG-10.2b: what was typed as the command, or null when a no does not say why. */
export function decisionInput(decision: CaseDecide['decision'], typed: Typed): CaseDecide | null {
	const { caseId, listingRev, note, checked } = typed;
	const said = { caseId, listingRev, note, ...(checked.length > 0 && { checked: [...checked] }) };
	if (decision === 'approve') return { ...said, decision };
	const reasonCodes = typed.reasonCodes.slice(0, mostReasons);
	return reasonCodes.length === 0 ? null : { ...said, decision, reasonCodes };
}
