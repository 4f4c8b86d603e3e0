import type { ProposalTopic } from '$lib/domain/proposals/schema.ts';
import type { ProposalOutcome } from '$lib/domain/proposals/states.ts';
import { proposalStateWords } from '$lib/i18n/proposal-states.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Words<K extends string> = Readonly<Record<K, string>>;

/** What its sender and whoever answers both read. */
export const topicTexts = defineTexts({
	vi: {
		topics: {
			feature: 'Chức năng mới',
			list: 'Danh mục',
			fault: 'Sự cố',
			rule: 'Quy định',
			other: 'Việc khác'
		} satisfies Words<ProposalTopic>,
		titled: (topic: string, code: string) => `${topic} · ${code}`,
		states: proposalStateWords.vi,
		sentAt: (time: string) => `Gửi lúc ${time}`,
		answer: 'Trả lời của Ban quản lý sàn',
		answeredBy: (name: string, time: string) => `${name} · ${time}`
	},
	en: {
		topics: {
			feature: 'New feature',
			list: 'Category lists',
			fault: 'Fault',
			rule: 'Rules',
			other: 'Something else'
		} satisfies Words<ProposalTopic>,
		titled: (topic, code) => `${topic} · ${code}`,
		states: proposalStateWords.en,
		sentAt: (time) => `Sent ${time}`,
		answer: 'Answer of the management board',
		answeredBy: (name, time) => `${name} · ${time}`
	}
});

export const ownTexts = defineTexts({
	vi: {
		title: 'Góp ý, kiến nghị',
		back: 'Cá nhân',
		lead: 'Nói với Ban quản lý sàn điều nên thêm, nên sửa, hay đang hỏng. Không có mạng vẫn gửi được: máy giữ lại và tự gửi khi có mạng.',
		loading: 'Đang mở góp ý',
		topic: 'Về việc gì',
		topicNeeded: 'Chọn một mục.',
		text: 'Nội dung',
		textHint: 'Nói rõ việc gì, ở đâu, nên làm thế nào. Không cần ghi tên hay số điện thoại.',
		textShort: 'Mời viết rõ hơn, ít nhất 10 ký tự.',
		send: 'Gửi góp ý',
		kept: 'Đã lưu góp ý trên máy này. Góp ý ở ngay dưới đây, có mã khi sàn nhận.',
		notKept: 'Máy chưa lưu được. Chữ đã viết vẫn còn, hãy thử lại.',
		mine: 'Góp ý của tôi',
		none: 'Chưa gửi góp ý nào',
		noneWords: 'Gửi rồi thì thấy ở đây: sàn đã nhận chưa, đang xem xét hay đã trả lời.',
		unsent: 'Trên máy này, chưa gửi',
		unsentWords: 'Máy sẽ gửi khi có mạng.',
		sending: 'Đang gửi',
		acknowledged: (time: string) => `Sàn đã nhận lúc ${time}`,
		notTaken: 'Sàn chưa nhận góp ý này',
		received: (code: string) => `Đã nhận, mã ${code}`,
		retry: 'Gửi lại',
		discard: 'Bỏ',
		discardAsk: 'Bỏ góp ý này?',
		discardWords: 'Sàn sẽ không nhận góp ý này nữa, chữ đã viết mất theo.',
		tooLate: 'Góp ý này đã lên tới sàn nên không bỏ được nữa.',
		keep: 'Giữ lại',
		close: 'Đóng'
	},
	en: {
		title: 'Proposals and feedback',
		back: 'Me',
		lead: 'Tell the management board what to add, what to change or what is broken. It also works offline: the device keeps it and sends it once there is a connection.',
		loading: 'Opening your proposals',
		topic: 'What is it about?',
		topicNeeded: 'Choose one.',
		text: 'Your proposal',
		textHint: 'Say what, where, and what should be done. There is no need to give your name or phone number.',
		textShort: 'Please write at least 10 characters.',
		send: 'Send proposal',
		kept: 'Saved on this device. You find it below, with a code once the exchange has it.',
		notKept: 'This device could not save it. What you wrote is still here; please try again.',
		mine: 'My proposals',
		none: 'You have not sent any proposals yet',
		noneWords:
			'Once you send one, you can see here whether it was received, is being considered or is answered.',
		unsent: 'On this device, not sent yet',
		unsentWords: 'It is sent once there is a connection.',
		sending: 'Sending',
		acknowledged: (time) => `Received at ${time}`,
		notTaken: 'The exchange did not take this proposal',
		received: (code) => `Received, code ${code}`,
		retry: 'Send again',
		discard: 'Discard',
		discardAsk: 'Discard this proposal?',
		discardWords: 'It will not be sent, and what you wrote is lost.',
		tooLate: 'This proposal has already reached the exchange and can no longer be discarded.',
		keep: 'Keep',
		close: 'Close'
	}
});

export const boardTexts = defineTexts({
	vi: {
		title: 'Góp ý, kiến nghị',
		back: 'Quản trị',
		lead: 'Điều thành viên đề xuất với Ban quản lý sàn. Góp ý cũ nhất ở trên. Ai gửi cũng được trả lời.',
		notForYou: 'Mục này dành cho Ban quản lý sàn và quản trị',
		missing: 'Không tìm thấy góp ý này',
		filter: 'Lọc theo tình trạng',
		open: 'Chờ trả lời',
		answered: 'Đã trả lời',
		none: 'Không có góp ý nào đang chờ',
		noneWords: 'Khi có thành viên gửi, góp ý hiện ở đây, cũ nhất ở trên.',
		noneAnswered: 'Chưa trả lời góp ý nào',
		more: 'Xem thêm',
		erased: 'Đã xóa tên',
		erasedText: 'Đã xóa theo tài khoản của người gửi.',
		answeredAt: (time: string) => `Trả lời lúc ${time}`,
		takenBy: (name: string) => `${name} đang xem xét`,
		takenSince: (name: string, time: string) => `${name} đang xem xét, từ ${time}.`,
		proposal: (code: string) => `Góp ý ${code}`,
		person: 'Người gửi',
		topic: 'Về việc',
		when: 'Gửi lúc',
		text: 'Nội dung',
		masked: 'Tên được che. Trả lời gửi qua sàn, không cần số điện thoại.',
		logged: 'Lần mở này đã được ghi vào nhật ký.',
		consider: 'Nhận xem xét',
		considerWords: 'Người gửi thấy góp ý đang được xem xét, người khác biết bạn đang làm.',
		outcome: 'Kết quả',
		outcomes: {
			accepted: 'Tiếp thu, sẽ làm',
			declined: 'Chưa tiếp thu',
			done: 'Đã thực hiện'
		} satisfies Words<ProposalOutcome>,
		outcomeNeeded: 'Chọn kết quả.',
		words: 'Trả lời người gửi',
		wordsHint: 'Sẽ làm gì, khi nào, hoặc vì sao chưa làm. Người gửi đọc đúng những chữ này.',
		wordsShort: 'Mời viết rõ hơn, ít nhất 10 ký tự.',
		send: 'Gửi trả lời',
		sent: 'Đã trả lời. Người gửi thấy trong thông báo.',
		failed: 'Chưa gửi được. Những gì đã viết vẫn còn, hãy thử lại khi có mạng.',
		others: (name: string, time: string) => `${name} đã trả lời lúc ${time}.`,
		othersWords: 'Chữ đã viết vẫn còn ở đây để sao lại.',
		own: 'Đây là góp ý của bạn. Người khác sẽ trả lời.'
	},
	en: {
		title: 'Proposals',
		back: 'Administration',
		lead: 'What members propose to the management board. The oldest is on top. Everybody who sends one is answered.',
		notForYou: 'This is for the management board and administrators',
		missing: 'This proposal was not found',
		filter: 'Filter by state',
		open: 'Waiting',
		answered: 'Answered',
		none: 'No proposals are waiting',
		noneWords: 'When a member sends one, it appears here, the oldest first.',
		noneAnswered: 'No proposals have been answered yet',
		more: 'Show more',
		erased: 'Name erased',
		erasedText: 'Erased with the sender’s account.',
		answeredAt: (time) => `Answered ${time}`,
		takenBy: (name) => `${name} is considering it`,
		takenSince: (name, time) => `${name} has been considering it since ${time}.`,
		proposal: (code) => `Proposal ${code}`,
		person: 'Sent by',
		topic: 'About',
		when: 'Sent',
		text: 'Proposal',
		masked: 'The name is masked. Your answer goes through the exchange; no phone number is needed.',
		logged: 'Opening this proposal has been recorded.',
		consider: 'Consider it',
		considerWords: 'The sender sees that it is being considered, and the others know that you are on it.',
		outcome: 'Outcome',
		outcomes: {
			accepted: 'Accepted, will be done',
			declined: 'Not accepted',
			done: 'Done'
		} satisfies Words<ProposalOutcome>,
		outcomeNeeded: 'Choose an outcome.',
		words: 'Answer the sender',
		wordsHint: 'What will be done and when, or why not. The sender reads exactly these words.',
		wordsShort: 'Please write at least 10 characters.',
		send: 'Send answer',
		sent: 'Answered. The sender finds it in the notices.',
		failed: 'Not sent. What you wrote is still here; try again when you are online.',
		others: (name, time) => `${name} answered ${time}.`,
		othersWords: 'What you wrote is still here to copy.',
		own: 'This is your own proposal. Someone else will answer it.'
	}
});
