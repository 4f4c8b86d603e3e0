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
		look: 'Ai đã xem dữ liệu của bạn',
		proposal: 'Góp ý, kiến nghị và trả lời',
		need: 'Nhu cầu mua đã đăng, không kèm tên'
	},
	en: {
		name: 'Full name',
		sign_in_names: 'Phone, e-mail, user name',
		address: 'Address',
		order_contact: 'Name, phone and delivery place of orders',
		order_note: 'Notes on orders',
		sent_inputs: 'Content of work sent to the exchange',
		handed_work: 'Unsent work handed in by an officer',
		letters: 'E-mails and text messages from the exchange',
		registration: 'Registration details awaiting activation',
		misuse: 'Report “Someone is using my account”',
		factor: 'Authenticator app key',
		lock: 'Reasons and evidence for a lock, reconfirmation requests',
		business_person: 'Tax or ID number, representative, photos of business papers',
		business_contact: 'Business phone number',
		officer_name: 'Officer’s name on decisions',
		data_request: 'Personal data requests and answers',
		look: 'Who has viewed your data',
		proposal: 'Proposals and the answers',
		need: 'Purchase needs posted, without the name'
	}
};
