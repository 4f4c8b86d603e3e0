import type { ConsentPurpose } from '$lib/domain/accounts/consents.ts';
import type { ProfileEdit } from '$lib/domain/accounts/members.ts';
import type { Locale } from '$lib/i18n/texts.ts';
import { api } from '$lib/sync/transport/trpc.ts';

/** A member's own account on the real server. Everything rejects when it cannot be reached. */
export const membersApi = {
	profile: () => api.members.profile.query(),
	correct: (edit: ProfileEdit) => api.members.correct.mutate(edit),
	changePassword: (password: string, next: string) => api.members.changePassword.mutate({ password, next }),
	askContact: (contact: string, password: string, language: Locale) =>
		api.members.askContact.mutate({ contact, password, language }),
	askContactAgain: (requestId: string) => api.members.askContactAgain.mutate({ requestId }),
	confirmContact: (requestId: string, code: string) => api.members.confirmContact.mutate({ requestId, code }),
	sessions: () => api.members.sessions.query(),
	endSession: (ref: string) => api.members.endSession.mutate({ ref }),
	endOtherSessions: () => api.members.endOtherSessions.mutate(),
	reportMisuse: (password: string, next: string, note: string) =>
		api.members.reportMisuse.mutate({ password, next, note }),
	ownMisuseReports: () => api.members.ownMisuseReports.query(),
	consents: () => api.members.consents.query(),
	setConsent: (purpose: ConsentPurpose, version: string, given: boolean) =>
		api.members.setConsent.mutate({ purpose, version, given })
};
export type MembersApi = typeof membersApi;
