import type { PostRole, Role } from '$lib/domain/accounts/permissions.ts';
import type {
	AdministratorChange,
	FindPeople,
	PostChange,
	ProposalAnswer,
	RoleChange
} from '$lib/domain/grants/schema.ts';
import type { ProposedChange } from '$lib/domain/grants/rules.ts';
import type { No } from '$lib/domain/kernel/refusal.ts';
import { api } from '$lib/sync/transport/trpc.ts';

export type PersonOfRights = {
	readonly id: string;
	readonly name: string;
	readonly roles: readonly Role[];
	readonly state: 'active' | 'locked' | 'closed';
	readonly posts: readonly { readonly agencyId: string; readonly role: PostRole; readonly from: string }[];
	readonly openCases: number;
};
export type ChangeKind =
	'granted' | 'revoked' | 'post_given' | 'post_ended' | 'proposed' | 'confirmed' | 'declined';
export type RightsChange = {
	readonly kind: ChangeKind;
	readonly role: Role;
	readonly agencyId: string | null;
	readonly reason: string;
	readonly at: string;
	readonly byName: string;
};
export type RightsOf = { readonly person: PersonOfRights; readonly changes: readonly RightsChange[] };
export type OpenProposal = {
	readonly id: string;
	readonly accountId: string;
	readonly accountName: string;
	readonly change: ProposedChange;
	readonly reason: string;
	readonly proposedBy: string;
	readonly proposedByName: string;
	readonly expiresAt: string;
};

/** Carried out, or why not. */
export type Done = { readonly ok: true } | No;

/** What an administrator asks of the server; nothing of it is kept on the device. */
export type AdminApi = {
	people(input: FindPeople): Promise<readonly PersonOfRights[]>;
	/** Null = there is no such account. */
	person(accountId: string): Promise<RightsOf | null>;
	proposals(): Promise<readonly OpenProposal[]>;
	giveRole(input: RoleChange): Promise<Done>;
	takeRole(input: RoleChange): Promise<Done>;
	givePost(input: PostChange): Promise<Done>;
	endPost(input: PostChange): Promise<Done>;
	propose(input: AdministratorChange): Promise<Done>;
	answer(input: ProposalAnswer): Promise<Done>;
};

/** The real server. */
export const adminApi: AdminApi = {
	people: (input) => api.grants.people.query(input),
	person: (accountId) => api.grants.person.query({ accountId }),
	proposals: () => api.grants.proposals.query(),
	giveRole: (input) => api.grants.giveRole.mutate(input),
	takeRole: (input) => api.grants.takeRole.mutate(input),
	givePost: (input) => api.grants.givePost.mutate(input),
	endPost: (input) => api.grants.endPost.mutate(input),
	propose: (input) => api.grants.propose.mutate(input),
	answer: (input) => api.grants.answer.mutate(input)
};
