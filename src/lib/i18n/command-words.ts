/** What each command does, in a few words; every screen that lists commands says the same. */
export const commandWords = {
	vi: {
		'draft.save': 'Lưu bản nháp',
		'draft.discard': 'Xóa bản nháp',
		'listing.submit': 'Gửi duyệt tin',
		'listing.withdraw': 'Rút tin',
		'listing.restock': 'Ghi số lượng đang có',
		'case.decide': 'Quyết định duyệt',
		'case.reassign': 'Chuyển người xử lý',
		'order.place': 'Đặt hàng',
		'order.advance': 'Cập nhật đơn',
		'notification.read': 'Đánh dấu đã đọc',
		'business.submit': 'Lưu thông tin doanh nghiệp',
		'proposal.send': 'Gửi góp ý, kiến nghị',
		'need.submit': 'Đăng nhu cầu mua',
		'need.close': 'Đóng nhu cầu mua',
		'offer.send': 'Gửi chào hàng',
		'offer.withdraw': 'Rút chào hàng'
	},
	en: {
		'draft.save': 'Save draft',
		'draft.discard': 'Delete draft',
		'listing.submit': 'Send listing for review',
		'listing.withdraw': 'Withdraw listing',
		'listing.restock': 'Update stock',
		'case.decide': 'Decide case',
		'case.reassign': 'Reassign case',
		'order.place': 'Place order',
		'order.advance': 'Update order',
		'notification.read': 'Mark as read',
		'business.submit': 'Save business details',
		'proposal.send': 'Send a proposal',
		'need.submit': 'Post purchase need',
		'need.close': 'Close purchase need',
		'offer.send': 'Send offer',
		'offer.withdraw': 'Take back offer'
	}
} as const;

/** The words of a command by its name; the name itself where a newer build made it. */
export const commandWord = (name: string, locale: 'vi' | 'en'): string =>
	new Map<string, string>(Object.entries(commandWords[locale])).get(name) ?? name;
