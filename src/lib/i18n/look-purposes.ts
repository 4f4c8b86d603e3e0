import type { LookPurpose } from '$lib/domain/personal-data/looks.ts';
import type { Locale } from './texts.ts';

/** TG-16.2: what a look was for, in the same words for whoever chooses it and for the person who reads it. */
export const purposeWords: Readonly<Record<Locale, Readonly<Record<LookPurpose, string>>>> = {
	vi: {
		registration: 'Để xác nhận đăng ký cơ sở',
		measures: 'Để xem xét xử lý vi phạm',
		answer: 'Để trả lời thành viên',
		rights: 'Để cấp hoặc thu hồi quyền',
		delivery: 'Để kiểm tra thư có đến không',
		compare_papers: 'Để đối chiếu với giấy tờ',
		same_number: 'Để kiểm tra số trùng với cơ sở khác',
		ask_applicant: 'Để hỏi lại người đăng ký',
		member_asked: 'Theo đề nghị của thành viên',
		authority: 'Theo yêu cầu của cơ quan có thẩm quyền',
		other: 'Việc khác'
	},
	en: {
		registration: 'To confirm a business registration',
		measures: 'To decide on enforcement',
		answer: 'To answer the member',
		rights: 'To grant or revoke rights',
		delivery: 'To check whether a message arrived',
		compare_papers: 'To check it against the documents',
		same_number: 'To check a number another business also has',
		ask_applicant: 'To contact the applicant about it',
		member_asked: 'At the member’s request',
		authority: 'At the request of a competent authority',
		other: 'Something else'
	}
};

/** What is asked before a look; each place adds in `told` who will read the answer. */
export const askPurposeWords = {
	vi: {
		title: 'Xem để làm gì?',
		purpose: 'Mục đích xem',
		words: 'Nói thêm',
		needed: 'Chọn một mục đích để xem.',
		wordsNeeded: 'Ghi rõ việc gì, người có dữ liệu sẽ đọc được.',
		go: 'Xem',
		close: 'Đóng'
	},
	en: {
		title: 'Why do you need to see it?',
		purpose: 'Purpose',
		words: 'Details',
		needed: 'Choose a purpose first.',
		wordsNeeded: 'Please explain; the person concerned can read this.',
		go: 'Show',
		close: 'Close'
	}
} satisfies Record<Locale, object>;
