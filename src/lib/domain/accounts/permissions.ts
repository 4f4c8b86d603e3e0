/** Who acts. Made by the server from the session; the device keeps its last copy for offline screens. */
export const roles = ['buyer', 'seller', 'officer', 'lead', 'administrator', 'operator'] as const;
export type Role = (typeof roles)[number];

/** A post an officer holds in an agency now (effective-dated on the server). */
export type Post = { readonly agencyId: string; readonly role: 'officer' | 'lead' };

export type Actor = {
	readonly id: string;
	readonly name: string;
	readonly roles: readonly Role[];
	readonly posts: readonly Post[];
	/** The business the actor sells for, when there is one. */
	readonly businessId: string | null;
};

export const hasRole = (actor: Actor, role: Role): boolean => actor.roles.includes(role);
export const worksIn = (actor: Actor, agencyId: string): boolean =>
	actor.posts.some((post) => post.agencyId === agencyId);
export const leads = (actor: Actor, agencyId: string): boolean =>
	actor.posts.some((post) => post.agencyId === agencyId && post.role === 'lead');

/** TG-3.4b: only a seller edits and submits own listings. */
export const canEditListing = (actor: Actor, listing: { businessId: string }): boolean =>
	hasRole(actor, 'seller') && actor.businessId === listing.businessId;

/** TG-10.2b, TG-19.5: an officer decides only cases of an agency where he or she holds a post, never on own goods. */
export const canDecideCase = (
	actor: Actor,
	moderationCase: { agencyId: string; sellerAccountId: string }
): boolean => worksIn(actor, moderationCase.agencyId) && moderationCase.sellerAccountId !== actor.id;

/** TG-19.5: the lead of the agency, or the officer who holds the case, hands it on. */
export const canReassignCase = (
	actor: Actor,
	moderationCase: { agencyId: string; assigneeId: string | null }
): boolean =>
	leads(actor, moderationCase.agencyId) ||
	(worksIn(actor, moderationCase.agencyId) && moderationCase.assigneeId === actor.id);

/** TG-3.4c, TG-11.3: any member orders, but not from the own business. */
export const canPlaceOrder = (actor: Actor, listing: { businessId: string }): boolean =>
	hasRole(actor, 'buyer') && actor.businessId !== listing.businessId;

export const canSellOrder = (actor: Actor, order: { businessId: string }): boolean =>
	hasRole(actor, 'seller') && actor.businessId === order.businessId;

export const canBuyOrder = (actor: Actor, order: { buyerId: string }): boolean => actor.id === order.buyerId;

/** TG-3.4, TG-20.3: the figures of every unit. */
export const canSeeAllUnits = (actor: Actor): boolean =>
	hasRole(actor, 'administrator') || hasRole(actor, 'operator');

/** sync 15: whoever holds a post may bring the unsent work of somebody else, never the own. */
export const canHandIn = (actor: Actor, ownerId: string): boolean =>
	actor.posts.length > 0 && actor.id !== ownerId;

/** sync 15: nobody but the owner says yes to what a clerk brought. */
export const canAnswerHandover = (actor: Actor, handover: { ownerId: string }): boolean =>
	actor.id === handover.ownerId;
