import type { Role } from './permissions.ts';

/** TG-5, TG-19.5: who decides for others, or over others' data, shows more than a password. */
const membersAlone: readonly Role[] = ['buyer', 'seller'];
export const needsSecondFactor = (roles: readonly Role[]): boolean =>
	roles.some((role) => !membersAlone.includes(role));

/** What still stands between a good password and an open session. */
export type SecondStep = 'second_factor' | 'enrol';

export const stepAfterPassword = (account: {
	readonly roles: readonly Role[];
	readonly secondFactor: boolean;
}): SecondStep | 'done' => {
	if (account.secondFactor) return 'second_factor';
	return needsSecondFactor(account.roles) ? 'enrol' : 'done';
};

/** Minutes after which a sensitive act asks the person to prove again to be there. */
export const proofMinutes = 10;

export const isProofRecent = (provenAt: string, now: string): boolean =>
	Date.parse(now) - Date.parse(provenAt) < proofMinutes * 60_000;
