import { compareCodes } from '$lib/domain/kernel/order.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import type { StoredDoc } from '../store/documents.ts';
import { notYetIn, type Work } from './pending.ts';
import type { NotificationView } from './views.ts';

/** Notifications newest first; read is what the server knows or this device has said. */
export function foldNotifications(
	docs: ReadonlyMap<string, StoredDoc<NotificationDoc>>,
	work: Work
): NotificationView[] {
	return [...docs.values()]
		.map((doc): NotificationView => {
			const readHere = work.rows.some(
				(row) =>
					row.name === 'notification.read' &&
					row.state !== 'refused' &&
					row.input.ids.includes(doc.id) &&
					notYetIn(row, doc.version)
			);
			return { ...doc.data, read: readHere || doc.data.readAt !== null };
		})
		.sort((a, b) => compareCodes(b.at, a.at) || compareCodes(a.id, b.id));
}
