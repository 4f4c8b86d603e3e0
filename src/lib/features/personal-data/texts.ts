import type { Tie } from '$lib/domain/personal-data/closing.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

export const texts = defineTexts({
	vi: {
		title: 'Dữ liệu của tôi',
		back: 'Cá nhân',
		lead: 'Mọi điều sàn giữ về bạn, để mang về hoặc để đóng lại.',
		about: 'Sàn giữ những gì, để làm gì, trong bao lâu',
		take: 'Lấy dữ liệu về máy',
		takeWords: 'Gồm hồ sơ, đồng ý, tin hàng, đơn hàng và các việc đã ghi nhận. Mở được trên mọi máy.',
		takePage: 'Tải bản dễ đọc',
		takeFile: 'Tải tệp dữ liệu (JSON)',
		correct: 'Sửa tên, địa chỉ, số liên lạc',
		consents: 'Xem và rút lại đồng ý',
		requests: 'Gửi yêu cầu, khiếu nại về dữ liệu',
		looks: 'Ai đã xem dữ liệu của tôi',
		loading: 'Đang hỏi sàn…',
		offline: 'Chưa hỏi được sàn',
		again: 'Thử lại',
		close: 'Đóng tài khoản',
		closeWords:
			'Tên, số điện thoại, e-mail và địa chỉ bị xóa ngay. Đơn hàng được giữ kín 3 năm theo luật rồi xóa hẳn. Việc chưa gửi trên máy này sẽ không gửi được nữa. Không mở lại được.',
		closeTies: 'Chưa đóng được vì còn:',
		ties: {
			orders: 'đơn hàng đang giao dịch',
			onSale: 'tin đang bán (gỡ tin trước)',
			cases: 'hồ sơ đang chờ sở trả lời',
			office: 'nhiệm vụ trên sàn (nhờ quản trị viên thu hồi trước)'
		} satisfies { readonly [tie in Tie]: string },
		closeGo: 'Đóng tài khoản của tôi',
		closeAsk: 'Đóng tài khoản?',
		closeYes: 'Đóng hẳn',
		keep: 'Giữ lại',
		unsent: (count: number) => `Còn ${count} việc chưa gửi trên máy này.`,
		noNetwork: 'Cần có mạng để làm việc này. Thử lại khi có mạng.'
	},
	en: {
		title: 'My data',
		back: 'Me',
		lead: 'All the exchange keeps about you, to take away or to close.',
		about: 'What is kept, what for and how long',
		take: 'Take your data',
		takeWords: 'Profile, consents, listings, orders and what was put on record. Opens on any device.',
		takePage: 'Download to read',
		takeFile: 'Download the data file (JSON)',
		correct: 'Correct name, address, contact',
		consents: 'See and take back consents',
		requests: 'Ask or complain about data',
		looks: 'Who looked at my data',
		loading: 'Asking the exchange…',
		offline: 'The exchange could not be reached',
		again: 'Try again',
		close: 'Close the account',
		closeWords:
			'Name, phone, e-mail and address are erased at once. Orders are kept sealed for 3 years as the law asks, then erased. Unsent work on this device can no longer be sent. There is no way back.',
		closeTies: 'It cannot be closed yet because of:',
		ties: {
			orders: 'orders under way',
			onSale: 'goods on sale (withdraw them first)',
			cases: 'cases a department has not answered',
			office: 'an office on the exchange (ask an administrator to revoke it first)'
		} satisfies { readonly [tie in Tie]: string },
		closeGo: 'Close my account',
		closeAsk: 'Close the account?',
		closeYes: 'Close for good',
		keep: 'Keep it',
		unsent: (count: number) => `${count} things on this device have not been sent.`,
		noNetwork: 'This needs a network. Try again when there is one.'
	}
});
