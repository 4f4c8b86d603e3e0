import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import type { NotificationDoc } from '$lib/domain/notifications/schema.ts';
import '../../../app.css';
import NotificationsView from './NotificationsView.svelte';

const lan: Actor = { id: 'lan', name: 'Trần Ngọc Lan', roles: ['buyer'], posts: [], businessId: null };
const notice: NotificationDoc = {
	id: '00000000-0000-4000-8000-000000000001',
	kind: 'order_seller_locked',
	subjectId: '00000000-0000-4000-8000-000000000002',
	facts: { code: 'TG-D4-11', title: 'Trứng vịt' },
	at: '2026-11-30T02:00:00.000Z',
	readAt: null
};

test('notices stay on the screen when the exchange says once more who is signed in', async () => {
	const as = (actor: Actor) => ({
		device: {
			actor,
			notifications: () => ({ ready: true, current: [{ ...notice, read: false }] }),
			command: () => Promise.reject(new Error('nothing is read here'))
		}
	});
	const { rerender } = await render(NotificationsView, as(lan));
	const line = page.getByText('Người bán của đơn TG-D4-11 đang bị khóa', { exact: false });
	await expect.element(line).toBeVisible();
	await rerender(as({ ...lan }));
	await expect.element(line).toBeVisible();
	await expect.element(page.getByText('Đang mở thông báo')).not.toBeInTheDocument();
});
