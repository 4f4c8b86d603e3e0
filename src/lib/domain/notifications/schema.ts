import { z } from 'zod';
import { id, instant } from '../kernel/fields.ts';

export const notificationKinds = [
	'listing_received',
	'listing_approved',
	'listing_returned',
	'order_new',
	'order_changed',
	'case_assigned',
	'business_received',
	'business_confirmed',
	'business_returned',
	'business_refused',
	'paper_expiring',
	'paper_expired',
	'case_overdue',
	'handover_brought',
	'agency_changed',
	'measure_taken',
	'measure_noticed',
	'measure_ended',
	'remedy_refused',
	'order_seller_locked',
	'data_request',
	'misuse_answered',
	'rights_changed',
	'rights_proposed',
	'rights_answered',
	'certificate_expiring',
	'certificate_expired',
	'proposal_answered',
	'need_received',
	'need_approved',
	'need_returned',
	'need_ended',
	'need_offered'
] as const;

/** `user:<id>`, collection `notifications`. Names and codes only; the subject is opened by its id. */
export const notificationDocSchema = z.strictObject({
	id,
	kind: z.enum(notificationKinds),
	subjectId: id,
	/** Facts for the text of the kind: title of goods, code, state. */
	facts: z.record(z.string(), z.string()),
	at: instant,
	readAt: instant.nullable()
});
export type NotificationDoc = z.output<typeof notificationDocSchema>;

export const notificationRead = z.strictObject({ ids: z.array(id).min(1).max(200) });
