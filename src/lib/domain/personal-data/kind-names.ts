import type { Kind } from './kinds.ts';

/** Kinds of personal data as people are told of them: on screens, in letters, in the notice to the authority. */
export const kindNames: { readonly [language in 'vi' | 'en']: Readonly<Record<Kind, string>> } = {
	vi: {
		name: 'Họ và tên',
		sign_in_names: 'Số điện thoại, e-mail, tên đăng nhập',
		address: 'Địa chỉ',
		order_contact: 'Tên, số điện thoại và nơi nhận của đơn hàng',
		order_note: 'Lời nhắn trong đơn hàng',
		sent_inputs: 'Nội dung các việc đã gửi lên sàn',
		handed_work: 'Việc chưa gửi được cán bộ nộp giúp',
		letters: 'Thư và tin nhắn sàn gửi',
		registration: 'Thông tin đăng ký đang chờ mã kích hoạt',
		misuse: 'Lời báo “ai đó dùng tài khoản của tôi”',
		factor: 'Khóa của ứng dụng xác thực',
		lock: 'Lý do, chứng cứ khóa và đề nghị xác nhận lại',
		business_person: 'Mã số thuế hoặc căn cước, người đại diện, ảnh giấy tờ của cơ sở',
		business_contact: 'Số điện thoại của cơ sở bán hàng',
		officer_name: 'Tên cán bộ ghi trên quyết định',
		data_request: 'Yêu cầu về dữ liệu cá nhân và trả lời',
		look: 'Ai đã xem dữ liệu của bạn'
	},
	en: {
		name: 'Full name',
		sign_in_names: 'Phone, e-mail, user name',
		address: 'Address',
		order_contact: 'Name, phone and place of an order',
		order_note: 'Note of an order',
		sent_inputs: 'What was sent to the exchange',
		handed_work: 'Unsent work an officer handed in',
		letters: 'Letters and texts of the exchange',
		registration: 'A registration waiting for its code',
		misuse: 'A report “somebody uses my account”',
		factor: 'Key of the authenticator app',
		lock: 'Reasons and evidence of a lock, requests to confirm again',
		business_person: 'Tax or identity number, representative, pictures of a business’s papers',
		business_contact: 'Phone of a business',
		officer_name: 'Name of the officer on a decision',
		data_request: 'Requests about personal data, and the answers',
		look: 'Who looked at your data'
	}
};
