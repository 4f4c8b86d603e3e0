/** While somebody is away, another of the unit stands in (days inclusive, in Vietnam). */
export type Absence = {
	readonly accountId: string;
	readonly substituteId: string;
	readonly from: string;
	readonly to: string;
};

const awayOn = (absences: readonly Absence[], accountId: string, day: string): Absence | undefined =>
	absences.find((one) => one.accountId === accountId && one.from <= day && day <= one.to);

/** Who does the work of `accountId` on `day`: the person, or whoever stands in; null when nobody is left. */
export function onDuty(absences: readonly Absence[], accountId: string, day: string): string | null {
	const seen = new Set<string>();
	let next = accountId;
	while (!seen.has(next)) {
		seen.add(next);
		const away = awayOn(absences, next, day);
		if (!away) return next;
		next = away.substituteId;
	}
	return null;
}

/** Whether `accountId` stands in for `absentId` on `day`. */
export const standsInFor = (
	absences: readonly Absence[],
	accountId: string,
	absentId: string,
	day: string
): boolean => accountId !== absentId && onDuty(absences, absentId, day) === accountId;
