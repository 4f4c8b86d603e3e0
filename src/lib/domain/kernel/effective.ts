/** Whether an entry of the pack is in force on `day`; the last day counts. */
export const inForce = (entry: { effectiveFrom: string; effectiveTo: string | null }, day: string): boolean =>
	entry.effectiveFrom <= day && (entry.effectiveTo === null || day <= entry.effectiveTo);
