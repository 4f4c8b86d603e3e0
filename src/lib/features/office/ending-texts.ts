import { defineTexts } from '$lib/i18n/texts.ts';

/** Papers that come to an end (TG-12), of the officer's page alone. */
export const endingTexts = defineTexts({
	vi: {
		title: 'Giấy tờ sắp hết hạn',
		lead: 'Của các cơ sở bán hàng thuộc ngành đơn vị mình. Người bán được báo trước 60, 30 và 7 ngày; quá hạn thì hàng cần giấy đó tự ẩn.',
		ranOut: (day: string) => `Đã hết hạn ${day}`,
		left: (days: number, day: string) =>
			days === 0 ? `Hết hạn hôm nay, ${day}` : `Còn ${days} ngày, hết hạn ${day}`,
		closed: (day: string) => `Hàng đang ẩn, giấy hết hạn ${day}`,
		renewing: 'đã gửi hồ sơ mới',
		notNeeded: 'không bắt buộc',
		empty: 'Không có giấy tờ nào sắp hết hạn',
		emptyMore: 'Giấy tờ còn dưới 60 ngày sẽ hiện ở đây.'
	},
	en: {
		title: 'Papers expiring soon',
		lead: 'Papers of businesses selling in this department’s sectors. Sellers are notified 60, 30 and 7 days ahead; once a paper expires, the goods that need it are hidden.',
		ranOut: (day) => `Expired on ${day}`,
		left: (days, day) =>
			days === 0 ? `Expires today, ${day}` : `${days === 1 ? '1 day' : `${days} days`} left, expires ${day}`,
		closed: (day) => `Goods hidden, expired on ${day}`,
		renewing: 'new registration sent',
		notNeeded: 'not required',
		empty: 'No papers are expiring soon',
		emptyMore: 'Papers with less than 60 days left appear here.'
	}
});
