/** Whether an entry of the pack is in force on `day`; the last day counts. */
export const inForce = (entry: { effectiveFrom: string; effectiveTo: string | null }, day: string): boolean =>
	entry.effectiveFrom <= day && (entry.effectiveTo === null || day <= entry.effectiveTo);

/** From when to when an entry of a list may be chosen; a bound that is not there is open. */
export type Offered = {
	readonly effectiveFrom?: string | undefined;
	readonly effectiveTo?: string | null | undefined;
};

/** TG-3.4a: whether an entry of a list may be chosen on `day`. One that ended keeps its name for what was written before. */
export const isOffered = ({ effectiveFrom, effectiveTo }: Offered, day: string): boolean =>
	(effectiveFrom ?? day) <= day && day <= (effectiveTo ?? day);
