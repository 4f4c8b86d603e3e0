import { z } from 'zod';
import type { RulePack } from '../agencies/schema.ts';
import { inForce } from '../kernel/effective.ts';
import { instant } from '../kernel/fields.ts';

export const identityStates = ['none', 'asking', 'verified', 'not_matched', 'unknown'] as const;
export type IdentityState = (typeof identityStates)[number];

/** LAW-tmdt-identity: how far a business has shown who it is; for itself and for the department. Nothing of the number. */
export const identityView = z.strictObject({
	state: z.enum(identityStates),
	/** `manual` = an officer compared it, by the check list; null while nobody has. */
	method: z.enum(['manual', 'provider']).nullable(),
	at: instant.nullable(),
	/** The first day on which nobody begins to sell without (`YYYY-MM-DD`). */
	dutyFrom: z.iso.date()
});
export type IdentityView = z.output<typeof identityView>;

type Rules = Pick<RulePack, 'businesses'>;

/** Whether an officer has compared it: the lines of the check list that stand under the same clause are all ticked. */
export function comparedByHand({ businesses }: Rules, ticked: readonly string[], day: string): boolean {
	const lines = businesses.checkList.filter(
		(line) => line.clause === businesses.identity.clause && inForce(line, day)
	);
	return lines.length > 0 && lines.every(({ id }) => ticked.includes(id));
}

/** LAW-tmdt-identity: whether nobody may begin to sell without on `day`. */
export const identityIsDuty = ({ businesses }: Rules, day: string): boolean =>
	businesses.identity.dutyFrom <= day;
