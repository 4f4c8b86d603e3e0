import { defineTexts } from '$lib/i18n/texts.ts';

/** Papers that come to an end (TG-12), of the officer's page alone. */
export const endingTexts = defineTexts({
	vi: {
		title: 'Giấy tờ sắp hết hạn',
		lead: 'Của các cơ sở bán hàng thuộc ngành đơn vị mình. Người bán được báo trước 60, 30 và 7 ngày; quá hạn thì hàng cần giấy đó tự ẩn.',
		until: (day: string) => `hết hạn ${day}`,
		ranOut: (day: string) => `đã hết hạn ${day}`,
		left: (days: number) => (days === 0 ? 'hôm nay' : `còn ${days} ngày`),
		over: 'đã hết hạn',
		closed: 'hàng đang ẩn',
		renewing: 'đã gửi hồ sơ mới',
		notNeeded: 'không bắt buộc',
		empty: 'Không có giấy tờ nào sắp hết hạn',
		emptyMore: 'Giấy tờ còn dưới 60 ngày sẽ hiện ở đây.'
	},
	en: {
		title: 'Papers expiring soon',
		lead: 'Papers of businesses selling in this department’s sectors. Sellers are notified 60, 30 and 7 days ahead; once a paper expires, the goods that need it are hidden.',
		until: (day) => `expires ${day}`,
		ranOut: (day) => `expired ${day}`,
		left: (days) => (days === 0 ? 'today' : days === 1 ? '1 day left' : `${days} days left`),
		over: 'expired',
		closed: 'goods hidden',
		renewing: 'new registration sent',
		notNeeded: 'not required',
		empty: 'No papers are expiring soon',
		emptyMore: 'Papers with less than 60 days left appear here.'
	}
});
