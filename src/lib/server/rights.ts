import type { Permission } from '$lib/domain/accounts/permissions.ts';
import type { AppRouter } from '$lib/server/trpc/router.ts';
import type { CommandName } from '$lib/sync/protocol/commands.ts';

/**
 * Which right everything that can be asked of the server stands under. One table: `rights.pg.test.ts` asks everything as
 * everybody and holds the answers against it, `san rights` prints it. What has no line here does not compile, or fails
 * that test by its name.
 */

/** A right, any one of several, or why anyone may ask. */
export type Right = Permission | readonly Permission[] | { readonly anyone: string };

type Record = AppRouter['_def']['record'];
/** `moderation.history` and all its like. */
export type ProcedureName = {
	[R in keyof Record & string]: `${R}.${keyof Record[R]['_def']['record'] & string}`;
}[keyof Record & string];

export const procedureRights = {
	'sync.pull': { anyone: 'says why a session ended; what is pulled follows from who asks' },
	'sync.push': { anyone: 'says why a session ended; each command has its own right' },
	'moderation.history': 'case.see',
	'moderation.overview': 'figures.see',
	'moderation.officers': 'case.see',
	'moderation.decision': 'case.see',
	'notifications.pushKey': 'account.own',
	'notifications.subscribe': 'account.own',
	'notifications.unsubscribe': 'account.own',
	'members.profile': 'account.own',
	'members.correct': 'account.own',
	'members.changePassword': 'account.own',
	'members.askContact': 'account.own',
	'members.askContactAgain': 'account.own',
	'members.confirmContact': 'account.own',
	'members.sessions': 'account.own',
	'members.endSession': 'account.own',
	'members.endOtherSessions': 'account.own',
	'members.reportMisuse': 'account.own',
	'members.misuseReports': 'misuse.see',
	'members.misuseReport': 'misuse.see',
	'members.answerMisuse': 'misuse.see',
	'members.ownMisuseReports': 'account.own',
	'members.consents': 'account.own',
	'members.setConsent': 'account.own',
	'handovers.handIn': 'handover.bring',
	'handovers.mine': 'handover.answer',
	'handovers.answer': 'handover.answer',
	'personalData.ties': 'account.own',
	'personalData.looks': 'account.own',
	'personalData.take': 'account.own',
	'personalData.close': 'account.own',
	'dataRequests.mine': 'account.own',
	'dataRequests.ask': 'account.own',
	'dataRequests.withdraw': 'account.own',
	'dataRequests.list': 'data.answer',
	'dataRequests.open': 'data.answer',
	'dataRequests.acknowledge': 'data.answer',
	'dataRequests.extend': 'data.answer',
	'dataRequests.answer': 'data.answer',
	'proposals.list': 'proposal.answer',
	'proposals.open': 'proposal.answer',
	'proposals.consider': 'proposal.answer',
	'proposals.answer': 'proposal.answer',
	'proposals.carryOut': 'proposal.answer',
	'breaches.list': 'breach.keep',
	'breaches.open': 'breach.keep',
	'breaches.record': 'breach.keep',
	'breaches.revise': 'breach.keep',
	'breaches.matching': 'breach.keep',
	'breaches.addAffected': 'breach.keep',
	'breaches.addNamed': 'breach.keep',
	'breaches.dropAffected': 'breach.keep',
	'breaches.authorityTold': 'breach.keep',
	'breaches.tellMembers': 'breach.keep',
	'breaches.close': 'breach.keep',
	'security.factors': 'account.own',
	'security.beginTotp': 'account.own',
	'security.confirmTotp': 'account.own',
	'security.removeTotp': 'account.own',
	'security.renewRecoveryCodes': 'account.own',
	'security.renamePasskey': 'account.own',
	'security.removePasskey': 'account.own',
	'messages.list': 'message.see',
	'messages.open': 'message.see',
	'messages.again': 'message.see',
	'messages.sendKept': 'message.see',
	'enforcement.find': 'lock.product',
	'enforcement.preview': 'lock.product',
	'enforcement.take': 'lock.product',
	'enforcement.lift': 'lock.lift',
	'enforcement.list': 'lock.see',
	'enforcement.detail': 'lock.see',
	'agencies.list': 'agency.edit',
	'agencies.detail': 'post.absence',
	'agencies.change': 'agency.edit',
	'agencies.withdraw': 'agency.edit',
	'agencies.setAbsence': 'post.absence',
	'agencies.endAbsence': 'post.absence',
	'receipts.lookUp': 'receipt.look-up',
	'reference.view': 'reference.edit',
	'reference.uses': 'reference.edit',
	'reference.change': 'reference.edit',
	'reference.withdraw': 'reference.edit',
	'grants.people': 'role.grant',
	'grants.person': 'role.grant',
	'grants.proposals': 'role.grant',
	'grants.giveRole': 'role.grant',
	'grants.takeRole': 'role.grant',
	'grants.givePost': 'role.grant',
	'grants.endPost': 'role.grant',
	'grants.propose': 'role.grant',
	'grants.answer': 'role.grant',
	'businesses.mine': 'business.register',
	'businesses.ending': 'case.decide',
	'businesses.identity': 'case.decide',
	'businesses.reveal': 'case.decide'
} as const satisfies { readonly [P in ProcedureName]: Right };

export const commandRights = {
	'draft.save': 'listing.edit',
	'draft.discard': 'listing.edit',
	'listing.submit': 'listing.edit',
	'listing.withdraw': 'listing.edit',
	'listing.restock': 'listing.edit',
	'case.decide': 'case.decide',
	'case.reassign': ['case.hand-on', 'case.decide'],
	'order.place': 'order.place',
	'order.advance': ['order.buy', 'order.sell'],
	'notification.read': 'account.own',
	'business.submit': 'business.register',
	'proposal.send': 'account.own',
	'need.submit': 'need.post',
	'need.close': 'need.post',
	'offer.send': 'need.offer',
	'offer.withdraw': 'need.offer'
} as const satisfies { readonly [C in CommandName]: Right };

/** The server renders or hands it out without looking at the session. */
export const asked = { anyone: 'public, and never asks who is there' } as const;

const code = { anyone: 'opened by a one-time code to the own phone or mailbox' } as const;

/** Every `+server.ts` by its method, every form action and every page the server renders with data. */
export const addressRights = {
	'GET /api/events': { anyone: 'pokes of one’s own audiences, without data' },
	'GET /api/session': { anyone: 'says who is there' },
	'DELETE /api/session': { anyone: 'ends the session that asks, or another one of the same person' },
	'POST /api/session/passkey': { anyone: 'the question a passkey answers' },
	'PUT /api/session/passkey': { anyone: 'opened by a passkey' },
	'POST /api/session/passkeys': 'account.own',
	'PUT /api/session/passkeys': 'account.own',
	'POST /api/session/proof': 'account.own',
	'GET /api/catalogue/manifest': asked,
	'GET /api/catalogue/packs/[hash]': asked,
	'GET /api/files/uploads': 'account.own',
	'POST /api/files/uploads': 'account.own',
	'HEAD /api/files/uploads/[id]': 'account.own',
	'PATCH /api/files/uploads/[id]': 'account.own',
	'DELETE /api/files/uploads/[id]': 'account.own',
	'GET /api/files/private/[uploadId]/[kind]': ['account.own', 'case.decide'],
	'PUT /api/handovers/photos': 'handover.bring',
	'PUT /api/enforcement/evidence': 'lock.product',
	'GET /api/enforcement/evidence/[id]/[kind]': 'account.own',
	'GET /audit/roots': asked,
	'GET /media/[id]/[file]': asked,
	'GET /healthz': asked,
	'GET /readyz': asked,
	'GET /metrics': { anyone: 'counts only; the operator keeps it inside' },
	'LAYOUT /[[lang=lang]]': asked,
	'PAGE /[[lang=lang]]': asked,
	'PAGE /[[lang=lang]]/[...missing]': asked,
	'PAGE /[[lang=lang]]/about': asked,
	'PAGE /[[lang=lang]]/about/privacy': asked,
	'PAGE /[[lang=lang]]/about/agencies': asked,
	'PAGE /[[lang=lang]]/catalogue': asked,
	'PAGE /[[lang=lang]]/needs': asked,
	'PAGE /[[lang=lang]]/listings/[id]': asked,
	'PAGE /[[lang=lang]]/sellers/[id]': asked,
	'PAGE /[[lang=lang]]/recover': asked,
	'ACTION /[[lang=lang]]/recover': code,
	'PAGE /[[lang=lang]]/recover/code': asked,
	'ACTION /[[lang=lang]]/recover/code?/again': code,
	'ACTION /[[lang=lang]]/recover/code?/confirm': code,
	'PAGE /[[lang=lang]]/register': asked,
	'ACTION /[[lang=lang]]/register': code,
	'PAGE /[[lang=lang]]/register/code': asked,
	'ACTION /[[lang=lang]]/register/code?/again': code,
	'ACTION /[[lang=lang]]/register/code?/confirm': code,
	'PAGE /[[lang=lang]]/measures': { anyone: 'one’s own, by the session or the one of a locked person' },
	'ACTION /[[lang=lang]]/measures?/leave': {
		anyone: 'one’s own, by the session or the one of a locked person'
	},
	'ACTION /[[lang=lang]]/measures?/order': {
		anyone: 'one’s own, by the session or the one of a locked person'
	},
	'ACTION /[[lang=lang]]/measures?/remedy': {
		anyone: 'one’s own, by the session or the one of a locked person'
	},
	'GET /[[lang=lang]]/measures/export': { anyone: 'one’s own, by the session or the one of a locked person' },
	'PAGE /[[lang=lang]]/setup': asked,
	'ACTION /[[lang=lang]]/setup': { anyone: 'opened by its one-time link' },
	'PAGE /[[lang=lang]]/sign-in': asked,
	'ACTION /[[lang=lang]]/sign-in': { anyone: 'opened by name and password' },
	'PAGE /[[lang=lang]]/sign-in/second': { anyone: 'shown to whoever gave a good password' },
	'ACTION /[[lang=lang]]/sign-in/second?/code': { anyone: 'opened by a code, after a good password' },
	'ACTION /[[lang=lang]]/sign-in/second?/enrol': { anyone: 'set up after a good password' }
} as const satisfies Readonly<{ [address: string]: Right }>;

/** The rights of which any one opens it; null = anyone may ask. */
export const permissionsOf = (right: Right): readonly Permission[] | null =>
	typeof right === 'string' ? [right] : 'anyone' in right ? null : right;
