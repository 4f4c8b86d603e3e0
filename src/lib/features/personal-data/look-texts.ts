import type { Role } from '$lib/domain/accounts/permissions.ts';
import type { LookedAt, LookPurpose } from '$lib/domain/personal-data/looks.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Words<K extends string> = { readonly [key in K]: string };

export const lookTexts = defineTexts({
	vi: {
		title: 'Ai đã xem dữ liệu của tôi',
		back: 'Dữ liệu của tôi',
		lead: 'Mỗi lần cán bộ mở dữ liệu được giữ kín của bạn đều được ghi lại: ai, lúc nào, để làm gì. Bản ghi giữ 2 năm.',
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
			data_request: 'Yêu cầu về dữ liệu, tên và liên hệ'
		} satisfies Words<LookedAt>,
		purposes: {
			registration: 'Để xác nhận đăng ký cơ sở',
			measures: 'Để xem xét xử lý vi phạm',
			answer: 'Để trả lời bạn',
			rights: 'Để cấp hoặc thu hồi quyền',
			delivery: 'Để kiểm tra thư có đến không'
		} satisfies Words<LookPurpose>,
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
		title: 'Who looked at my data',
		back: 'My data',
		lead: 'Each time somebody in office opens data of yours that is kept sealed it is written down: who, when, what for. The record is kept for 2 years.',
		none: 'Nobody has looked',
		noneWords: 'When somebody opens your data you see it here.',
		what: {
			identity: 'Identity number and representative',
			identity_picture: 'Picture of an identity paper',
			account: 'Looked up your account',
			rights: 'Rights of the account',
			lock_record: 'Record of a measure',
			misuse_report: 'Report “somebody uses my account”',
			letter: 'A letter to you',
			data_request: 'Request about data, name and contact'
		} satisfies Words<LookedAt>,
		purposes: {
			registration: 'To confirm the registration of a business',
			measures: 'To decide on a measure',
			answer: 'To answer you',
			rights: 'To give or take rights',
			delivery: 'To see whether a letter arrived'
		} satisfies Words<LookPurpose>,
		roles: {
			buyer: 'Member',
			seller: 'Seller',
			officer: 'Officer',
			lead: 'Head of unit',
			board: 'Board of the exchange',
			agency: 'Cooperating agency',
			supervisor: 'Supervisor',
			administrator: 'Administrator',
			operator: 'Operator'
		} satisfies Words<Role>
	}
});
