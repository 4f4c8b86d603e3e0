import { z } from 'zod';
import { id } from '../kernel/fields.ts';

export const absenceInput = z.strictObject({
	agencyId: z.string().max(60),
	accountId: id,
	substituteId: id,
	from: z.iso.date(),
	to: z.iso.date()
});
export type AbsenceInput = z.output<typeof absenceInput>;

/** While somebody is away, another of the unit stands in (days inclusive, in Vietnam). */
export type Absence = Pick<AbsenceInput, 'accountId' | 'substituteId' | 'from' | 'to'>;

/** Who does the work of `accountId` on `day`: the person, or whoever stands in; null when nobody is left. */
export function onDuty(absences: readonly Absence[], accountId: string, day: string): string | null {
	const seen = new Set<string>();
	let next = accountId;
	while (!seen.has(next)) {
		seen.add(next);
		const away = absences.find((one) => one.accountId === next && one.from <= day && day <= one.to);
		if (!away) return next;
		next = away.substituteId;
	}
	return null;
}
