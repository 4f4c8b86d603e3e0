import { may, type Actor, type Permission } from '../accounts/permissions.ts';
import type { MeasureTarget } from './schema.ts';
import type { MeasureStep } from './states.ts';

const byTarget: Readonly<Record<MeasureTarget, Permission>> = {
	account: 'lock.account',
	business: 'lock.business',
	listing: 'lock.product'
};

/** Whom a measure would be taken against. */
export type MeasureSubject = {
	readonly accountId: string;
	/** The agencies that manage the goods, the business or the account (TG-9.2). */
	readonly agencyIds: readonly string[];
	/** Holds a post or an office: their rights are taken by an administrator, not by a lock of a department. */
	readonly isStaff: boolean;
};

/** TG-9.2, TG-19.6: whoever manages it by the division of work may act on it, in the name of that agency, never on oneself. */
export const canTakeMeasure = (
	actor: Actor,
	what: {
		readonly step: MeasureStep;
		readonly kind: MeasureTarget;
		readonly agencyId: string;
		readonly subject: MeasureSubject;
	}
): boolean =>
	what.subject.accountId !== actor.id &&
	what.subject.agencyIds.includes(what.agencyId) &&
	(!what.subject.isStaff || may(actor, 'lock.staff', {})) &&
	may(actor, what.step === 'end' ? 'lock.end' : byTarget[what.kind], { agencyId: what.agencyId });

/** TG-9.3: without a reconfirmation only whoever answers for the agency takes a measure back. */
export const canLiftMeasure = (
	actor: Actor,
	measure: { readonly agencyId: string; readonly accountId: string }
): boolean => measure.accountId !== actor.id && may(actor, 'lock.lift', measure);

export const canSeeMeasures = (actor: Actor, agencyId: string): boolean =>
	may(actor, 'lock.see', { agencyId });
