import type { Tie } from '$lib/domain/personal-data/closing.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

export const texts = defineTexts({
	vi: {
		title: 'Dữ liệu của tôi',
		back: 'Cá nhân',
		lead: 'Mọi dữ liệu sàn giữ về bạn: xem, tải về, sửa, hoặc đóng tài khoản.',
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
			'Tên, số điện thoại, e-mail và địa chỉ bị xóa ngay. Đơn hàng được giữ kín 3 năm theo luật rồi xóa hẳn, hồ sơ bán hàng và giấy tờ xóa cùng lúc. Quyết định của các sở và biện pháp xử lý, nếu có, được lưu theo Quy chế. Việc chưa gửi trên máy này sẽ không gửi được nữa. Không mở lại được.',
		closeTies: 'Chưa đóng được vì còn:',
		ties: {
			orders: 'đơn hàng đang giao dịch (hoàn tất hoặc hủy trước)',
			onSale: 'tin đang bán (gỡ tin trước)',
			cases: 'hồ sơ đang chờ sở trả lời',
			measures: 'biện pháp xử lý đang có hiệu lực hoặc đã được báo trước',
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
		lead: 'Everything the exchange holds about you: see it, download it, correct it, or close your account.',
		about: 'What we hold, why, and for how long',
		take: 'Download your data',
		takeWords:
			'Your profile, consents, listings, orders and everything recorded about them. Opens on any device.',
		takePage: 'Download a readable copy',
		takeFile: 'Download data (JSON)',
		correct: 'Correct your name, address or contact',
		consents: 'View and withdraw consents',
		requests: 'Data requests and complaints',
		looks: 'Who has viewed my data',
		loading: 'Asking the exchange…',
		offline: 'The exchange could not be reached',
		again: 'Try again',
		close: 'Close account',
		closeWords:
			'Your name, phone number, e-mail and address are erased immediately. Orders are kept sealed for 3 years, as the law requires, then erased, and your registration as a seller and its papers with them. Decisions of departments and measures, if any, are kept as the regulation says. Unsent work on this device can no longer be sent. This cannot be undone.',
		closeTies: 'Your account cannot be closed yet because of:',
		ties: {
			orders: 'orders in progress (complete or cancel them first)',
			onSale: 'goods on sale (withdraw them first)',
			cases: 'cases a department has not answered yet',
			measures: 'a measure that is in force or was announced',
			office: 'a staff role on the exchange (ask an administrator to revoke it first)'
		} satisfies { readonly [tie in Tie]: string },
		closeGo: 'Close my account',
		closeAsk: 'Close your account?',
		closeYes: 'Close permanently',
		keep: 'Keep it',
		unsent: (count: number) =>
			count === 1
				? '1 item on this device has not been sent.'
				: `${count} items on this device have not been sent.`,
		noNetwork: 'This needs a connection. Try again when you are online.'
	}
});
