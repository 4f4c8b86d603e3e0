import { z } from 'zod';
import { postRoles } from '../accounts/permissions.ts';
import { id, text } from '../kernel/fields.ts';
import { standingRoles } from './rules.ts';

/** Nobody gets or loses a right without a reason that somebody can read later. */
const reason = text(300).pipe(z.string().min(5));
const agencyId = z.string().min(1).max(60);

/** TG-20.1: what the person is told of, whose rights they are. */
export const toldChanges = ['granted', 'revoked', 'post_given', 'post_ended'] as const;

export const findPeople = z.strictObject({
	/** A user name, phone or e-mail as a whole; '' = none. */
	name: text(120),
	/** Those with a post there; '' = everybody who works for the exchange. */
	agencyId: z.string().max(60)
});
export const roleChange = z.strictObject({ accountId: id, role: z.enum(standingRoles), reason });
export const postChange = z.strictObject({ accountId: id, agencyId, role: z.enum(postRoles), reason });
export const administratorChange = z.strictObject({
	accountId: id,
	change: z.enum(['grant', 'revoke']),
	reason
});
export const proposalAnswer = z.strictObject({ proposalId: id, yes: z.boolean() });

export type FindPeople = z.output<typeof findPeople>;
export type RoleChange = z.output<typeof roleChange>;
export type PostChange = z.output<typeof postChange>;
export type AdministratorChange = z.output<typeof administratorChange>;
export type ProposalAnswer = z.output<typeof proposalAnswer>;
