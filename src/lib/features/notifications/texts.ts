import { defineTexts } from '$lib/i18n/texts.ts';

export const texts = defineTexts({
	vi: {
		notifications: 'Thông báo',
		back: 'Cá nhân',
		loading: 'Đang mở thông báo',
		none: 'Chưa có thông báo nào',
		noneWords: 'Tin được duyệt, đơn mới, việc đến hạn sẽ báo ở đây.',
		readAll: 'Đánh dấu đã đọc hết',
		unread: 'chưa đọc',
		goods: (title: string) => `“${title}”`,
		kinds: {
			listing_received: (code: string) => `Sàn đã nhận tin, mã hồ sơ ${code}`,
			listing_approved: (code: string) => `Tin đã được duyệt, mã ${code}`,
			listing_returned: (code: string) => `Tin cần sửa, mã ${code}`,
			order_new: (code: string) => `Đơn mới ${code}, chờ xác nhận`,
			order_changed: (code: string) => `Đơn ${code}`,
			case_assigned: (code: string) => `Được giao duyệt hồ sơ ${code}`,
			case_overdue: (code: string) => `Hồ sơ ${code} đã quá hạn`
		}
	},
	en: {
		notifications: 'Notices',
		back: 'Me',
		loading: 'Opening notices',
		none: 'No notices yet',
		noneWords: 'Approvals, new orders and deadlines appear here.',
		readAll: 'Mark all as read',
		unread: 'unread',
		goods: (title) => `“${title}”`,
		kinds: {
			listing_received: (code) => `Listing received, case ${code}`,
			listing_approved: (code) => `Listing approved, case ${code}`,
			listing_returned: (code) => `Listing to correct, case ${code}`,
			order_new: (code) => `New order ${code}, to confirm`,
			order_changed: (code) => `Order ${code}`,
			case_assigned: (code) => `Case ${code} assigned to you`,
			case_overdue: (code) => `Case ${code} is overdue`
		}
	}
});
