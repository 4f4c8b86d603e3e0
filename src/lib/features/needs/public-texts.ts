import { defineTexts } from '$lib/i18n/texts.ts';

/** The board as a page for everybody, without the app. */
export const publicNeedTexts = defineTexts({
	vi: {
		title: 'Nhu cầu mua',
		lead: 'Người mua đang cần những hàng này. Có hàng thì mở nhu cầu ra và chào hàng ngay trên sàn.',
		how: 'Sở phụ trách duyệt từng nhu cầu. Tên và số điện thoại người mua không hiện ở đây.',
		count: (count: string) => `${count} nhu cầu`,
		post: 'Đăng nhu cầu mua',
		search: 'Tìm trên bảng',
		searchHint: 'Gõ không dấu cũng được',
		nothing: 'Không có nhu cầu nào như vậy',
		nothingWords: 'Thử từ khác, hoặc bỏ bớt điều kiện lọc.',
		all: 'Xem cả bảng',
		none: 'Chưa ai đăng nhu cầu mua',
		noneWords: 'Cần mua gì thì đăng lên đây, người bán có hàng sẽ chào.'
	},
	en: {
		title: 'Purchase needs',
		lead: 'Buyers are looking for these goods. If you have them, open a need and make your offer on the exchange.',
		how: 'The department in charge approves each need. Buyers’ names and phone numbers are not shown here.',
		count: (count) => (count === '1' ? '1 need' : `${count} needs`),
		post: 'Post a purchase need',
		search: 'Search the board',
		searchHint: 'With or without accents',
		nothing: 'No needs like that',
		nothingWords: 'Try another word, or remove a filter.',
		all: 'See the whole board',
		none: 'No purchase needs have been posted yet',
		noneWords: 'Post what you need here, and sellers who have it will make an offer.'
	}
});
