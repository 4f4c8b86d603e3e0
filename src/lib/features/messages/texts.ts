import type { MessageState } from '$lib/domain/messages/schema.ts';
import type { TemplateName } from '$lib/domain/messages/templates.ts';
import { askPurposeWords } from '$lib/i18n/look-purposes.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Names = Readonly<Partial<Record<TemplateName, string>>>;
const namesVi: Names = {
	activation_code: 'Mã kích hoạt tài khoản',
	already_registered: 'Báo đã có tài khoản',
	contact_code: 'Mã xác nhận liên hệ mới',
	contact_changed: 'Báo liên hệ đã đổi',
	password_reset_code: 'Mã đặt lại mật khẩu',
	security_notice: 'Báo về bảo mật tài khoản',
	rights_changed: 'Báo quyền đã thay đổi',
	rights_proposed: 'Đề nghị về quyền quản trị',
	rights_answered: 'Trả lời đề nghị về quyền quản trị',
	misuse_answered: 'Trả lời báo cáo “Ai đó dùng tài khoản”',
	measure_taken: 'Báo biện pháp đã thực hiện',
	measure_noticed: 'Báo trước biện pháp',
	measure_ended: 'Báo biện pháp đã gỡ bỏ',
	remedy_refused: 'Báo chưa xác nhận lại',
	data_request: 'Báo về yêu cầu dữ liệu',
	data_breach: 'Báo sự cố dữ liệu cá nhân'
};
const namesEn: Names = {
	activation_code: 'Activation code',
	already_registered: 'Already registered',
	contact_code: 'Code for a new contact',
	contact_changed: 'Contact changed',
	password_reset_code: 'Password reset code',
	security_notice: 'Account security notice',
	rights_changed: 'Rights have changed',
	rights_proposed: 'Proposal about administrator rights',
	rights_answered: 'Answer to a proposal about administrator rights',
	misuse_answered: 'Answer to “Someone is using my account”',
	measure_taken: 'Enforcement measure taken',
	measure_noticed: 'Advance notice of a measure',
	measure_ended: 'Enforcement measure lifted',
	remedy_refused: 'Not reconfirmed yet',
	data_request: 'Data request update',
	data_breach: 'Personal data breach notice'
};
const named = (names: Names, other: string) => {
	const known: Readonly<Record<string, string | undefined>> = names;
	return (template: string) => known[template] ?? `${other} (${template})`;
};

const statesVi: Readonly<Record<MessageState, string>> = {
	queued: 'Chờ gửi',
	sending: 'Đang gửi',
	sent: 'Đã gửi',
	failed: 'Không gửi được',
	kept: 'Giữ lại'
};
const statesEn: Readonly<Record<MessageState, string>> = {
	queued: 'Waiting',
	sending: 'Sending',
	sent: 'Sent',
	failed: 'Not sent',
	kept: 'Held'
};

export const texts = defineTexts({
	vi: {
		title: 'Thư và tin nhắn',
		back: 'Cá nhân',
		lead: 'Những gì sàn đã viết cho thành viên, và đã đến nơi hay chưa.',
		keptTitle: 'Chưa nối máy chủ gửi',
		keptEmail: 'Chưa có máy chủ thư: thư điện tử được giữ lại ở đây.',
		keptSms: 'Chưa có cổng nhắn tin: tin nhắn được giữ lại ở đây.',
		keptWhy:
			'Mã dùng một lần trong thư giữ lại đọc được tại đây, vì nếu không thì không ai đăng ký được. Mỗi lần mở đều được ghi lại. Khi đã nối máy chủ gửi, mã không đọc được nữa.',
		filter: 'Lọc theo tình trạng',
		all: 'Tất cả',
		states: statesVi,
		named: named(namesVi, 'Thông báo khác'),
		channels: { email: 'Thư điện tử', sms: 'Tin nhắn' },
		noAddress: 'không có địa chỉ',
		tries: (n: string) => `đã thử ${n} lần`,
		next: (when: string) => `thử lại ${when}`,
		why: { ...askPurposeWords.vi, told: 'Người nhận thư thấy ai đã xem, lúc nào, để làm gì.' },
		open: 'Xem nội dung',
		again: 'Gửi lại',
		againDone: 'Đã xếp để gửi lại.',
		keptWaiting: (n: string) => `${n} thư đang giữ có thể gửi`,
		keptWaitingWords: 'Đã nối máy chủ gửi. Thư giữ lại từ trước không tự gửi đi.',
		sendKept: 'Gửi tất cả thư đang giữ',
		howFar: 'Gửi thư giữ lại trong',
		reach: { 1: '24 giờ qua', 3: '3 ngày qua', 7: '7 ngày qua' },
		letters: (n: string) => `${n} thư`,
		keptWarns: 'Người nhận thật sẽ nhận được. Thư có mã đã hết hạn không được gửi; thư cũ hơn vẫn giữ lại.',
		sendNow: (n: string) => `Gửi ${n} thư`,
		keptQueued: (n: string) => `Đã xếp ${n} thư để gửi.`,
		close: 'Đóng',
		more: 'Xem thêm',
		none: 'Chưa có thư hay tin nhắn nào',
		noneWords: 'Khi sàn viết cho thành viên, thư sẽ hiện ở đây.',
		noneOf: 'Không có thư nào ở mục này',
		loading: 'Đang hỏi máy chủ',
		offline: 'Chưa hỏi được máy chủ',
		offlineWords: 'Mục này cần có mạng. Hãy thử lại.',
		tryAgain: 'Thử lại',
		logged: 'Lần mở này đã được ghi vào nhật ký.',
		hidden: 'Thư có mã dùng một lần và đã giao cho máy chủ gửi, nên nội dung không xem được ở đây.',
		erased: 'Nội dung không còn: đã quá 90 ngày, hoặc người nhận đã xóa dữ liệu.',
		unwritable: 'Thư này do phiên bản khác của chương trình viết, nên không mở được.',
		errors: {
			no_address: 'người nhận chưa có địa chỉ hay số điện thoại',
			expired: 'mã đã hết hạn trước khi gửi được',
			erased: 'dữ liệu của người nhận đã xóa',
			unwritable: 'thư do phiên bản khác viết',
			given_up: 'thử quá nhiều lần',
			bad_address: 'địa chỉ không đúng dạng',
			eauth: 'máy chủ thư không nhận tài khoản gửi của sàn',
			etls: 'không mã hóa được đường truyền tới máy chủ thư'
		},
		refusedBy: (code: string) => `bên nhận trả lời ${code}`,
		unreachable: 'không gọi được máy chủ gửi'
	},
	en: {
		title: 'E-mails and text messages',
		back: 'Me',
		lead: 'What the exchange wrote to members, and whether it arrived.',
		keptTitle: 'No sending server connected',
		keptEmail: 'There is no mail server: e-mails are held here.',
		keptSms: 'There is no SMS gateway: text messages are held here.',
		keptWhy:
			'One-time codes in held messages can be read here, because otherwise no one could register. Each opening is recorded. Once a server is connected, codes can no longer be read.',
		filter: 'Filter by state',
		all: 'All',
		states: statesEn,
		named: named(namesEn, 'Another notice'),
		channels: { email: 'E-mail', sms: 'Text message' },
		noAddress: 'no address',
		tries: (n: string) => `tried ${n} times`,
		next: (when: string) => `next try ${when}`,
		why: { ...askPurposeWords.en, told: 'The recipient sees who viewed it, when and why.' },
		open: 'View',
		again: 'Send again',
		againDone: 'Queued to be sent again.',
		keptWaiting: (n) => (n === '1' ? '1 held message can be sent' : `${n} held messages can be sent`),
		keptWaitingWords: 'A sending server is now connected. Messages held before do not go out by themselves.',
		sendKept: 'Send all held messages',
		howFar: 'Send messages held within',
		reach: { 1: 'the last 24 hours', 3: 'the last 3 days', 7: 'the last 7 days' },
		letters: (n) => (n === '1' ? '1 message' : `${n} messages`),
		keptWarns:
			'Real people will receive them. Messages with expired codes are not sent; older ones stay here.',
		sendNow: (n) => (n === '1' ? 'Send 1 message' : `Send ${n} messages`),
		keptQueued: (n) => (n === '1' ? '1 message queued.' : `${n} messages queued.`),
		close: 'Close',
		more: 'Show more',
		none: 'No messages yet',
		noneWords: 'What the exchange writes to members appears here.',
		noneOf: 'Nothing here',
		loading: 'Asking the server',
		offline: 'Could not reach the server',
		offlineWords: 'This page needs a connection. Please try again.',
		tryAgain: 'Try again',
		logged: 'Opening this message has been recorded.',
		hidden: 'It contains a one-time code and has been handed to a server, so it cannot be read here.',
		erased: 'The content is gone: it is more than 90 days old, or the recipient’s data was erased.',
		unwritable: 'This was written by another version of the program and cannot be opened.',
		errors: {
			no_address: 'the recipient has no address or phone number',
			expired: 'the code expired before it could be sent',
			erased: 'the recipient’s data was erased',
			unwritable: 'written by another version',
			given_up: 'tried too often',
			bad_address: 'the address is not valid',
			eauth: 'the mail server rejects the exchange’s account',
			etls: 'the connection to the mail server cannot be encrypted'
		},
		refusedBy: (code: string) => `the other side answered ${code}`,
		unreachable: 'the server cannot be reached'
	}
});

/** A code of the transport in words. */
export function errorWords(
	t: { errors: Readonly<Record<string, string>>; refusedBy: (code: string) => string; unreachable: string },
	code: string
): string {
	const answered = /^(?:smtp|http)_(\d+)$/.exec(code);
	return t.errors[code] ?? (answered?.[1] ? t.refusedBy(answered[1]) : t.unreachable);
}
