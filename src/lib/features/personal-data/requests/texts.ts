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
		view: 'Access or copy of my data',
		correct: 'Correct data',
		withdraw: 'Withdraw consent',
		restrict: 'Restrict processing',
		object: 'Object to processing',
		delete: 'Delete data',
		leak: 'Data leak complaint'
	} satisfies Words<RequestKind>,
	states: {
		received: 'Received',
		acknowledged: 'In progress',
		answered: 'Answered',
		withdrawn: 'Withdrawn'
	} satisfies Words<RequestState>,
	outcomes: { done: 'Done', partly: 'Partly done', refused: 'Not done' } satisfies Words<RequestOutcome>
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
		chooseKind: 'Chọn một việc',
		about: 'Về dữ liệu nào',
		text: 'Nói rõ hơn',
		textHint:
			'Dữ liệu nào, ở đâu, vì sao. Lời bạn viết được mã hóa; chỉ Ban quản lý sàn và quản trị viên đọc được.',
		needed: 'Mời ghi rõ yêu cầu.',
		neededKind: 'Mời chọn một việc.',
		send: 'Gửi yêu cầu',
		sent: (code: string) => `Đã gửi, mã ${code}. Sàn báo đã nhận trong 2 ngày làm việc.`,
		mine: 'Yêu cầu đã gửi',
		none: 'Chưa có yêu cầu nào',
		noneWords: 'Yêu cầu bạn gửi và câu trả lời của sàn ở đây.',
		daysLeft: (days: number) => `Còn ${days} ngày`,
		due: (day: string) => `Trả lời chậm nhất ${day}`,
		ended: (at: string) => `Kết thúc lúc ${at}`,
		receivedAt: (at: string) => `gửi lúc ${at}`,
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
			'Báo đã nhận trong 2 ngày làm việc, trả lời đúng hạn kèm lý do. Mỗi lần mở một yêu cầu đều được ghi lại, người gửi xem được.',
		open: 'Đang chờ',
		done: 'Đã xong',
		overdue: 'Quá hạn',
		answeredLate: 'Trả lời trễ',
		which: 'Lọc yêu cầu',
		nothing: 'Không có yêu cầu nào đang chờ',
		nothingDone: 'Chưa có yêu cầu nào kết thúc',
		acknowledgeBy: (day: string) => `Báo đã nhận trước hết ngày ${day}`,
		asker: 'Người gửi',
		contact: 'Liên hệ',
		erased: 'Không còn',
		words: 'Nội dung',
		acknowledge: 'Báo đã nhận',
		extend: 'Gia hạn',
		extendWords: (day: string) => `Hạn trả lời mới: hết ${day}. Chỉ gia hạn được một lần.`,
		extendHint: 'Người gửi đọc nguyên văn.',
		notNow: 'Thôi',
		fill: 'Mời điền mục này.',
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
		abouts: { all: 'Everything held about me', ...kindNames.en },
		title: 'Data requests',
		back: 'My data',
		lead: 'You can view, download and correct your data, withdraw consent and close your account yourself on the previous page. Send a request here if you need the exchange to do it for you, or to complain about a data leak.',
		askTitle: 'New request',
		kind: 'What should the exchange do?',
		chooseKind: 'Choose one',
		about: 'Which data?',
		text: 'Details',
		textHint:
			'Which data, where and why. Your words are encrypted; only the management board and administrators can read them.',
		needed: 'Please describe your request.',
		neededKind: 'Please choose one.',
		send: 'Send request',
		sent: (code: string) => `Sent, code ${code}. The exchange confirms receipt within 2 working days.`,
		mine: 'Your requests',
		none: 'No requests yet',
		noneWords: 'Your requests and the answers appear here.',
		daysLeft: (days: number) => (days === 1 ? '1 day left' : `${days} days left`),
		due: (day: string) => `Answer due ${day}`,
		ended: (at: string) => `Ended ${at}`,
		receivedAt: (at: string) => `sent ${at}`,
		late: 'Overdue',
		wasLate: 'Answered late',
		extended: (day: string) => `Extended to ${day}`,
		reason: 'Reason for the extension',
		answer: 'Answer from the exchange',
		takeBack: 'Withdraw request',
		law: 'Legal basis',

		desk: 'Personal data requests',
		deskBack: 'Administration',
		deskLead:
			'Confirm receipt within 2 working days; answer on time, with reasons. Each time you open a request it is recorded, and the sender can see it.',
		open: 'Waiting',
		done: 'Done',
		overdue: 'Overdue',
		answeredLate: 'Answered late',
		which: 'Filter requests',
		nothing: 'No requests are waiting',
		nothingDone: 'No requests have been closed yet',
		acknowledgeBy: (day: string) => `Confirm receipt by the end of ${day}`,
		asker: 'Sent by',
		contact: 'Contact',
		erased: 'Erased',
		words: 'Request',
		acknowledge: 'Confirm receipt',
		extend: 'Extend',
		extendWords: (day) => `New due date: the end of ${day}. It can be extended only once.`,
		extendHint: 'The sender reads exactly these words.',
		notNow: 'Cancel',
		fill: 'Please fill this in.',
		extendReason: 'Reason for the extension',
		answerGo: 'Send answer',
		outcome: 'Outcome',
		answerText: 'Answer, with reasons',
		answerHint:
			'The sender reads exactly these words. If data was leaked, explain how it is being restored and protected.',
		own: 'This is your own request. Someone else must answer it.',
		close: 'Close',
		answeredBy: 'Answered by',
		saved: 'Saved. The sender has been notified.'
	}
});
