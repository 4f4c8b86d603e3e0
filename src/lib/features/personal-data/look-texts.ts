import type { Role } from '$lib/domain/accounts/permissions.ts';
import type { LookedAt } from '$lib/domain/personal-data/looks.ts';
import { purposeWords } from '$lib/i18n/look-purposes.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Words<K extends string> = { readonly [key in K]: string };

export const lookTexts = defineTexts({
	vi: {
		title: 'Ai đã xem dữ liệu của tôi',
		back: 'Dữ liệu của tôi',
		lead: 'Mỗi lần cán bộ mở dữ liệu được giữ kín của bạn, sàn ghi lại ai xem, lúc nào, để làm gì. Bản ghi giữ 2 năm.',
		none: 'Chưa ai xem',
		noneWords: 'Khi có người mở dữ liệu của bạn, bạn thấy ở đây.',
		what: {
			identity: 'Số định danh và người đại diện',
			identity_picture: 'Ảnh giấy tờ tùy thân',
			account: 'Tìm tài khoản của bạn',
			rights: 'Quyền của tài khoản',
			lock_record: 'Hồ sơ xử lý vi phạm',
			misuse_report: 'Lời báo “ai đó dùng tài khoản của tôi”',
			letter: 'Thư sàn gửi cho bạn',
			data_request: 'Yêu cầu về dữ liệu, tên và liên hệ',
			proposal: 'Góp ý, kiến nghị của bạn',
			receipt: 'Tên của bạn, khi tra mã nhận bạn đọc'
		} satisfies Words<LookedAt>,
		purposes: purposeWords.vi,
		roles: {
			buyer: 'Thành viên',
			seller: 'Người bán',
			officer: 'Cán bộ',
			lead: 'Lãnh đạo đơn vị',
			board: 'Ban quản lý sàn',
			agency: 'Cơ quan phối hợp',
			supervisor: 'Người giám sát',
			administrator: 'Quản trị viên sàn',
			operator: 'Người vận hành'
		} satisfies Words<Role>
	},
	en: {
		title: 'Who has viewed my data',
		back: 'My data',
		lead: 'Each time an official opens your sealed data, we record who, when and why. The record is kept for 2 years.',
		none: 'Nobody has viewed it yet',
		noneWords: 'When someone opens your data, it appears here.',
		what: {
			identity: 'Identity number and representative',
			identity_picture: 'Photo of an identity document',
			account: 'Your account, found by search',
			rights: 'Rights of your account',
			lock_record: 'Enforcement record',
			misuse_report: 'Your report “Someone is using my account”',
			letter: 'A message sent to you',
			data_request: 'Your data request, name and contact',
			proposal: 'Your proposal to the management board',
			receipt: 'Your name, by a receipt code you read out'
		} satisfies Words<LookedAt>,
		purposes: purposeWords.en,
		roles: {
			buyer: 'Member',
			seller: 'Seller',
			officer: 'Officer',
			lead: 'Head of unit',
			board: 'Exchange management board',
			agency: 'Partner agency',
			supervisor: 'Supervisor',
			administrator: 'Administrator',
			operator: 'Operator'
		} satisfies Words<Role>
	}
});
