/** Who acts. Made by the server from the session; the device keeps its last copy for offline screens. */
export const roles = [
	'buyer',
	'seller',
	'officer',
	'lead',
	'board',
	'agency',
	'supervisor',
	'administrator',
	'operator'
] as const;
export type Role = (typeof roles)[number];

/** Roles that come with a post in an agency and go with it; an `agency` post sees and decides no case. */
export const postRoles = ['officer', 'lead', 'agency'] as const;
export type PostRole = (typeof postRoles)[number];

/** A post held in an agency now (effective-dated on the server). */
export type Post = { readonly agencyId: string; readonly role: PostRole };

export type Actor = {
	readonly id: string;
	readonly name: string;
	readonly roles: readonly Role[];
	readonly posts: readonly Post[];
	/** The business the actor sells for, when there is one. */
	readonly businessId: string | null;
};

/** What a right reaches: one's own things, those of an agency where a post is held, or everybody's. */
export type Scope = 'own' | 'agency' | 'all';
/** Who has a right; `member` = whoever is signed in. Nobody else has it: default deny. */
export type Holders = Readonly<Partial<Record<Role | 'member', Scope>>>;

/**
 * TG-3.4, TG-20.1: every right of the exchange and who has it. Both sides ask it by `may` and `can…`; each procedure,
 * command and address names its line in `server/rights.ts`. A lead is an officer too.
 */
export const permissions = {
	/** What is the person's own by nature: profile, sessions, notifications, uploads. */
	'account.own': { member: 'own' },
	'handover.answer': { member: 'own' },
	'handover.bring': { officer: 'agency' },
	/** TG-12: any member registers the own business, and corrects it. */
	'business.register': { member: 'own' },
	'listing.edit': { seller: 'own' },
	'order.place': { buyer: 'all' },
	/** TG-3.4c: purchase needs, and TG-6.6: what sellers offer for them. */
	'need.post': { buyer: 'own' },
	'need.offer': { seller: 'own' },
	'order.buy': { member: 'own' },
	'order.sell': { seller: 'own' },
	'case.see': { officer: 'agency', supervisor: 'all', administrator: 'all' },
	'case.decide': { officer: 'agency' },
	'case.hand-on': { lead: 'agency' },
	/** Finds what the exchange received under a code that a member reads out. */
	'receipt.look-up': { officer: 'agency', board: 'all', administrator: 'all' },
	'figures.see': {
		officer: 'agency',
		agency: 'agency',
		board: 'all',
		supervisor: 'all',
		administrator: 'all',
		operator: 'all'
	},
	'role.grant': { administrator: 'all' },
	/** TG-9.2, TG-19.6: by the division of work; an account, an end and a lift without a request only who answers for it. */
	'lock.see': { officer: 'agency', board: 'all', supervisor: 'all', administrator: 'all' },
	'lock.product': { officer: 'agency', board: 'all', administrator: 'all' },
	'lock.business': { officer: 'agency', board: 'all', administrator: 'all' },
	'lock.account': { lead: 'agency', board: 'all', administrator: 'all' },
	'lock.end': { lead: 'agency', board: 'all', administrator: 'all' },
	'lock.lift': { lead: 'agency', board: 'all', administrator: 'all' },
	/** Somebody with a post or an office: their rights are an administrator's matter. */
	'lock.staff': { administrator: 'all' },
	'agency.edit': { administrator: 'all' },
	/** TG-3.4a: lists and settings are set up by the unit that manages the exchange. */
	'reference.edit': { board: 'all', administrator: 'all' },
	/** TG-16.1: what members report about others in their accounts. */
	'misuse.see': { board: 'all', administrator: 'all' },
	/** TG-3.4a: answers what members propose. */
	'proposal.answer': { board: 'all', administrator: 'all' },
	'post.absence': { lead: 'agency', administrator: 'all' },
	/** LAW-data-subject, TG-16.5: answers what members ask about their data. */
	'data.answer': { board: 'all', administrator: 'all' },
	/** LAW-data-breach: keeps the register of breaches. */
	'breach.keep': { administrator: 'all', operator: 'all' },
	'message.see': { administrator: 'all', operator: 'all' }
} as const satisfies Readonly<Record<string, Holders>>;

export type Permission = keyof typeof permissions;
const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name);
export const permissionNames = Object.keys(permissions).filter(isPermission);

/** Whose the thing is that somebody wants to act on; what is not named belongs to nobody. */
export type Subject = {
	readonly ownerId?: string;
	readonly businessId?: string;
	readonly agencyId?: string;
};

export const hasRole = (actor: Actor, role: Role): boolean => actor.roles.includes(role);

/** The role a post gives; whoever leads is an officer there too. */
const postGives = (post: Post, role: Role | 'member'): boolean =>
	post.role === role || (post.role === 'lead' && role === 'officer');

function reaches(actor: Actor, role: Role | 'member', scope: Scope, subject: Subject | 'any'): boolean {
	// Only what is held today counts: an officer without a post has no agency.
	if (scope === 'agency')
		return actor.posts.some(
			(post) => postGives(post, role) && (subject === 'any' || post.agencyId === subject.agencyId)
		);
	if (role !== 'member' && !hasRole(actor, role)) return false;
	if (scope === 'all' || subject === 'any') return true;
	return (
		subject.ownerId === actor.id || (actor.businessId !== null && subject.businessId === actor.businessId)
	);
}

const isAllowed = (actor: Actor, permission: Permission, subject: Subject | 'any'): boolean => {
	const holders: Holders = permissions[permission];
	return ([...roles, 'member'] as const).some((role) => {
		const scope = holders[role];
		return scope !== undefined && reaches(actor, role, scope, subject);
	});
};

/** Whether the actor may do this to this thing. */
export const may = (actor: Actor, permission: Permission, subject: Subject): boolean =>
	isAllowed(actor, permission, subject);

/** Whether there is anything the actor may do this to: what a guard or a menu asks before the thing is known. */
export const mayAtAll = (actor: Actor, permission: Permission): boolean =>
	isAllowed(actor, permission, 'any');

export const worksIn = (actor: Actor, agencyId: string): boolean => may(actor, 'case.decide', { agencyId });
export const leads = (actor: Actor, agencyId: string): boolean => may(actor, 'case.hand-on', { agencyId });
/** The agencies where the actor has a desk, as officer or lead. */
export const officesOf = (actor: Actor): string[] => [
	...new Set(actor.posts.map((post) => post.agencyId).filter((agencyId) => worksIn(actor, agencyId)))
];

/** TG-3.4b: only a seller edits and submits own listings. */
export const canEditListing = (actor: Actor, listing: { businessId: string }): boolean =>
	may(actor, 'listing.edit', listing);

/** TG-10.2b, TG-19.5: an officer decides only cases of an agency where he or she holds a post, never on own goods. */
export const canDecideCase = (
	actor: Actor,
	moderationCase: { agencyId: string; sellerAccountId: string }
): boolean => may(actor, 'case.decide', moderationCase) && moderationCase.sellerAccountId !== actor.id;

/** TG-19.5: the lead of the agency, or the officer who holds the case, hands it on. */
export const canReassignCase = (
	actor: Actor,
	moderationCase: { agencyId: string; assigneeId: string | null }
): boolean =>
	may(actor, 'case.hand-on', moderationCase) ||
	(may(actor, 'case.decide', moderationCase) && moderationCase.assigneeId === actor.id);

/** TG-3.4c, TG-11.3: any buyer orders, but not from the own business. */
export const canPlaceOrder = (actor: Actor, listing: { businessId: string }): boolean =>
	may(actor, 'order.place', listing) && actor.businessId !== listing.businessId;

export const canSellOrder = (actor: Actor, order: { businessId: string }): boolean =>
	may(actor, 'order.sell', order);

export const canBuyOrder = (actor: Actor, order: { buyerId: string }): boolean =>
	may(actor, 'order.buy', { ownerId: order.buyerId });

/** TG-3.4, TG-20.3: the figures of every unit. */
export const canSeeAllUnits = (actor: Actor): boolean => may(actor, 'figures.see', {});

/** TG-3.4: names, mergers and focal points of agencies. */
export const canManageAgencies = (actor: Actor): boolean => may(actor, 'agency.edit', {});

/** TG-3.4a: lists, terms, days off and texts. */
export const canEditReference = (actor: Actor): boolean => may(actor, 'reference.edit', {});

/** TG-3.2: who stands in for whom is said by the lead of the unit, or by the administrator. */
export const canSetAbsence = (actor: Actor, agencyId: string): boolean =>
	may(actor, 'post.absence', { agencyId });

/** sync 15: an officer may bring the unsent work of somebody else, never the own. */
export const canHandIn = (actor: Actor, ownerId: string): boolean =>
	mayAtAll(actor, 'handover.bring') && actor.id !== ownerId;

/** sync 15: nobody but the owner says yes to what a clerk brought. */
export const canAnswerHandover = (actor: Actor, handover: { ownerId: string }): boolean =>
	may(actor, 'handover.answer', handover);
