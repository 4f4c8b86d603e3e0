import type { Caller } from '$lib/server/sync/session.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** The request's id in the log, for a person to read out. */
			id?: string;
		}
		interface Locals {
			/** Who stands behind an `/api` request, looked up once. Public pages never ask. */
			caller: () => Promise<Caller>;
			requestId: string;
		}
	}
}
export {};
