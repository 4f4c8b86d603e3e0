import { securityRouter } from '$lib/server/accounts/security-router.ts';
import { businessesRouter } from '$lib/server/businesses/router.ts';
import { membersRouter } from '$lib/server/accounts/members-router.ts';
import { enforcementRouter } from '$lib/server/enforcement/router.ts';
import { agenciesRouter } from '$lib/server/agencies/router.ts';
import { grantsRouter } from '$lib/server/grants/router.ts';
import { handoversRouter } from '$lib/server/handovers/router.ts';
import { messagesRouter } from '$lib/server/messages/router.ts';
import { moderationRouter } from '$lib/server/moderation/router.ts';
import { notificationsRouter } from '$lib/server/notifications/router.ts';
import { personalDataRouter } from '$lib/server/personal-data/router.ts';
import { breachesRouter } from '$lib/server/personal-data/breaches-router.ts';
import { dataRequestsRouter } from '$lib/server/personal-data/requests-router.ts';
import { receiptsRouter } from '$lib/server/receipts/router.ts';
import { referenceRouter } from '$lib/server/reference/router.ts';
import { proposalsRouter } from '$lib/server/proposals/router.ts';
import { syncRouter } from '$lib/server/sync/router.ts';
import { router } from './init.ts';

export const appRouter = router({
	sync: syncRouter,
	members: membersRouter,
	agencies: agenciesRouter,
	moderation: moderationRouter,
	notifications: notificationsRouter,
	handovers: handoversRouter,
	security: securityRouter,
	messages: messagesRouter,
	enforcement: enforcementRouter,
	grants: grantsRouter,
	businesses: businessesRouter,
	personalData: personalDataRouter,
	dataRequests: dataRequestsRouter,
	breaches: breachesRouter,
	receipts: receiptsRouter,
	reference: referenceRouter,
	proposals: proposalsRouter
});

/** Imported as a type by `sync/transport`, and nowhere else on the device. */
export type AppRouter = typeof appRouter;
