import type { RequestKind, RequestOutcome, RequestState } from '$lib/domain/personal-data/requests.ts';
import { kindNames } from '$lib/domain/personal-data/kind-names.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Words<K extends string> = { readonly [key in K]: string };

const vi = {
	kinds: {
		view: 'Xem hoặc nhận bản sao dữ liệu',
		correct: 'Sửa dữ liệu',
		withdraw: 'Rút lại sự đồng ý',
		restrict: 'Hạn chế xử lý dữ liệu',
		object: 'Phản đối việc xử lý dữ liệu',
		delete: 'Xóa dữ liệu',
		leak: 'Khiếu nại dữ liệu bị lộ'
	} satisfies Words<RequestKind>,
	states: {
		received: 'Đã nhận',
		acknowledged: 'Đang xử lý',
		answered: 'Đã trả lời',
		withdrawn: 'Đã rút lại'
	} satisfies Words<RequestState>,
	outcomes: {
		done: 'Đã thực hiện',
		partly: 'Thực hiện một phần',
		refused: 'Không thực hiện'
	} satisfies Words<RequestOutcome>
};
const en = {
	kinds: {
		view: 'See or get a copy of data',
		correct: 'Correct data',
		withdraw: 'Take back consent',
		restrict: 'Restrict what is done with data',
		object: 'Object to what is done with data',
		delete: 'Erase data',
		leak: 'Complain that data leaked'
	} satisfies Words<RequestKind>,
	states: {
		received: 'Received',
		acknowledged: 'Being worked on',
		answered: 'Answered',
		withdrawn: 'Taken back'
	} satisfies Words<RequestState>,
	outcomes: { done: 'Done', partly: 'Done in part', refused: 'Not done' } satisfies Words<RequestOutcome>
};

export const requestTexts = defineTexts({
	vi: {
		...vi,
		abouts: { all: 'Mọi dữ liệu sàn giữ về tôi', ...kindNames.vi },
		title: 'Yêu cầu về dữ liệu',
		back: 'Dữ liệu của tôi',
		lead: 'Xem, tải về, sửa, rút đồng ý và đóng tài khoản làm được ngay ở trang trước. Cần sàn làm giúp, hoặc khiếu nại dữ liệu bị lộ, thì gửi yêu cầu ở đây.',
		askTitle: 'Gửi yêu cầu mới',
		kind: 'Bạn muốn sàn làm gì',
		about: 'Về dữ liệu nào',
		text: 'Nói rõ hơn',
		textHint:
			'Dữ liệu nào, ở đâu, vì sao. Lời bạn viết được mã hóa; chỉ Ban quản lý sàn và quản trị viên đọc được.',
		needed: 'Mời ghi rõ yêu cầu.',
		send: 'Gửi yêu cầu',
		sent: (code: string) => `Đã gửi, mã ${code}. Sàn báo đã nhận trong 2 ngày làm việc.`,
		mine: 'Yêu cầu đã gửi',
		none: 'Chưa có yêu cầu nào',
		noneWords: 'Yêu cầu bạn gửi và câu trả lời của sàn ở đây.',
		due: (day: string) => `Trả lời chậm nhất ${day}`,
		ended: (at: string) => `Kết thúc ${at}`,
		receivedAt: (at: string) => `Gửi ${at}`,
		late: 'Quá hạn',
		wasLate: 'Trả lời trễ hạn',
		extended: (day: string) => `Được gia hạn đến ${day}`,
		reason: 'Lý do gia hạn',
		answer: 'Trả lời của sàn',
		takeBack: 'Rút lại yêu cầu',
		law: 'Căn cứ',

		desk: 'Yêu cầu về dữ liệu cá nhân',
		deskBack: 'Quản trị',
		deskLead:
			'Báo đã nhận trong 2 ngày làm việc, trả lời đúng hạn kèm lý do. Mở một yêu cầu được ghi lại và người gửi thấy.',
		open: 'Đang chờ',
		done: 'Đã xong',
		overdue: 'Quá hạn',
		answeredLate: 'Trả lời trễ',
		which: 'Lọc yêu cầu',
		nothing: 'Không có yêu cầu nào đang chờ',
		nothingDone: 'Chưa có yêu cầu nào kết thúc',
		acknowledgeBy: (at: string) => `Báo đã nhận trước ${at}`,
		asker: 'Người gửi',
		contact: 'Liên hệ',
		erased: 'Không còn',
		words: 'Nội dung',
		acknowledge: 'Báo đã nhận',
		extend: 'Gia hạn',
		extendWords: 'Chỉ gia hạn được một lần, kèm lý do gửi cho người yêu cầu.',
		extendReason: 'Lý do gia hạn',
		answerGo: 'Gửi trả lời',
		outcome: 'Kết quả',
		answerText: 'Trả lời, kèm lý do',
		answerHint: 'Người gửi đọc nguyên văn. Nếu dữ liệu bị lộ, ghi cách khôi phục và bảo vệ lại.',
		own: 'Đây là yêu cầu của bạn: người khác trả lời.',
		close: 'Đóng',
		answeredBy: 'Người trả lời',
		saved: 'Đã ghi và đã báo cho người gửi.'
	},
	en: {
		...en,
		abouts: { all: 'Everything kept about me', ...kindNames.en },
		title: 'Requests about data',
		back: 'My data',
		lead: 'You can see, take, correct, take back consent and close the account at once on the page before. Ask here when the exchange has to do it for you, or when data has leaked.',
		askTitle: 'A new request',
		kind: 'What should the exchange do',
		about: 'About which data',
		text: 'Say more',
		textHint: 'Which data, where, why. What you write is sealed; only the Board and administrators read it.',
		needed: 'Please say what you ask for.',
		send: 'Send the request',
		sent: (code: string) => `Sent, number ${code}. The exchange confirms it in 2 working days.`,
		mine: 'Requests sent',
		none: 'No requests yet',
		noneWords: 'What you ask and the answers are found here.',
		due: (day: string) => `Answer by ${day}`,
		ended: (at: string) => `Ended ${at}`,
		receivedAt: (at: string) => `Sent ${at}`,
		late: 'Overdue',
		wasLate: 'Answered late',
		extended: (day: string) => `Put off to ${day}`,
		reason: 'Why it was put off',
		answer: 'Answer of the exchange',
		takeBack: 'Take it back',
		law: 'Legal basis',

		desk: 'Requests about personal data',
		deskBack: 'Administration',
		deskLead:
			'Confirm within 2 working days, answer in time and with a reason. Opening a request is on record and its sender sees it.',
		open: 'Waiting',
		done: 'Done',
		overdue: 'Overdue',
		answeredLate: 'Answered late',
		which: 'Filter requests',
		nothing: 'No request is waiting',
		nothingDone: 'No request has ended yet',
		acknowledgeBy: (at: string) => `Confirm before ${at}`,
		asker: 'Sent by',
		contact: 'Contact',
		erased: 'Erased',
		words: 'Words',
		acknowledge: 'Confirm receipt',
		extend: 'Put off',
		extendWords: 'Once only, with a reason that is sent to the person.',
		extendReason: 'Why it is put off',
		answerGo: 'Send the answer',
		outcome: 'Outcome',
		answerText: 'Answer, with the reason',
		answerHint: 'The person reads it as it is. If data leaked, say how to restore and protect it.',
		own: 'This is your own request: somebody else answers it.',
		close: 'Close',
		answeredBy: 'Answered by',
		saved: 'Written down, and the person was told.'
	}
});
