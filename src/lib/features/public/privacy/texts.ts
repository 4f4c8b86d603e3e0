import type { Keeping, Purpose, Reader } from '$lib/domain/personal-data/fields.ts';
import { kindNames } from '$lib/domain/personal-data/kind-names.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Words<K extends string> = { readonly [key in K]: string };

const vi = {
	kinds: kindNames.vi,
	purposes: {
		service: 'Phục vụ việc mua bán của thành viên',
		notices: 'Báo tin về tài khoản và hàng của thành viên',
		abuse: 'Ngăn đột nhập, giả mạo, tin rác',
		contact: 'Liên lạc khi cần và chịu trách nhiệm về quyết định'
	} satisfies Words<Purpose>,
	keepings: {
		account: 'Đến khi đóng tài khoản',
		account_or_change: 'Đến khi sửa, xóa hoặc đóng tài khoản',
		orders_3_years: '3 năm từ ngày đặt, theo Luật Thương mại điện tử',
		inputs_90_days: '90 ngày',
		day: '1 ngày',
		handover_over: 'Đến khi chủ việc trả lời',
		letters_90_days: '90 ngày',
		measures_kept: 'Giữ cùng hồ sơ xử lý',
		posts_kept: 'Giữ cùng quyết định',
		requests_3_years: '3 năm từ ngày trả lời',
		looks_2_years: '2 năm'
	} satisfies Words<Keeping>,
	readers: {
		nobody: 'Chỉ chính người đó',
		other_party: 'Bên kia của đơn hàng',
		officers: 'Cán bộ thụ lý',
		board: 'Ban quản lý sàn',
		receiver: 'Người nhận',
		public: 'Mọi người',
		operator: 'Người vận hành, khi chưa gửi được, có ghi lại'
	} satisfies Words<Reader>
};

const en = {
	kinds: kindNames.en,
	purposes: {
		service: 'To serve the member’s buying and selling',
		notices: 'To tell members about their account and goods',
		abuse: 'Against break-ins, impostors and junk',
		contact: 'To reach the member and to answer for decisions'
	} satisfies Words<Purpose>,
	keepings: {
		account: 'Until the account is closed',
		account_or_change: 'Until it is changed, removed, or the account closed',
		orders_3_years: '3 years from the order, by the E-commerce Law',
		inputs_90_days: '90 days',
		day: '1 day',
		handover_over: 'Until its owner answers',
		letters_90_days: '90 days',
		measures_kept: 'With the record of the measure',
		posts_kept: 'With the decision',
		requests_3_years: '3 years from the answer',
		looks_2_years: '2 years'
	} satisfies Words<Keeping>,
	readers: {
		nobody: 'Nobody but the person',
		other_party: 'The other side of the order',
		officers: 'The officer in charge',
		board: 'The Board',
		receiver: 'Who receives it',
		public: 'Everybody',
		operator: 'The operator while it could not be sent, on record'
	} satisfies Words<Reader>
};

export const privacyTexts = defineTexts({
	vi: {
		title: 'Dữ liệu cá nhân',
		lead: 'Sàn giữ những gì về bạn, để làm gì, trong bao lâu, và ai đọc được.',
		why: 'Để làm gì',
		long: 'Giữ bao lâu',
		who: 'Ai đọc được',
		sealedTitle: 'Giữ thế nào',
		sealed:
			'Dữ liệu cá nhân được mã hóa bằng khóa riêng của từng người trước khi ghi xuống. Hủy khóa đó là xóa hẳn, ở mọi nơi, kể cả bản sao lưu.',
		rightsTitle: 'Quyền của bạn',
		rights:
			'Đăng nhập rồi mở Cá nhân để xem, sửa dữ liệu và rút lại đồng ý. Không đưa cho bên thứ ba khi bạn chưa đồng ý, trừ khi pháp luật quy định.',
		holderTitle: 'Ai quản lý dữ liệu',
		...vi
	},
	en: {
		title: 'Personal data',
		lead: 'What the exchange keeps about you, what for, how long, and who reads it.',
		why: 'What for',
		long: 'How long',
		who: 'Who reads it',
		sealedTitle: 'How it is kept',
		sealed:
			'Personal data is encrypted with a key of each person’s own before it is stored. Destroying that key erases it everywhere, backups included.',
		rightsTitle: 'Your rights',
		rights:
			'Sign in and open Me to see and correct your data and to take consent back. Nothing goes to third parties without your consent, unless the law says so.',
		holderTitle: 'Who holds it',
		...en
	}
});
