import { defineTexts } from '$lib/i18n/texts.ts';

/** The page where a code is looked up that a member reads out. */
export const receiptTexts = defineTexts({
	vi: {
		title: 'Tra mã nhận',
		lead: 'Khi có người gọi hỏi về một việc đã gửi: nhờ họ mở Cá nhân, Máy này, mục Sàn đã nhận, đọc mã của việc đó. Mỗi lần tra được ghi lại, người gửi cũng xem được.',
		notForYou: 'Mục này dành cho cán bộ, lãnh đạo đơn vị, Ban quản lý và quản trị viên sàn',
		code: 'Mã người gọi đọc',
		codeHint: '6 chữ và số, như K7M-2QX. Gõ thường, không gạch cũng được.',
		search: 'Tra mã',
		wrongSign: (sign: string) =>
			`Mã không bao giờ có “${sign}”. Nghe lại chữ này; nếu chữ tự thêm dấu, tắt bộ gõ tiếng Việt.`,
		wrongLength: 'Mã có đúng 6 chữ và số. Nghe lại từng chữ.',
		offline: 'Cần mạng để tra mã',
		offlineMore: 'Mã nằm trên máy chủ của sàn. Ghi lại mã, có mạng thì tra.',
		failed: 'Máy chủ chưa trả lời được',
		failedMore: 'Mã vừa gõ vẫn còn. Chờ một chút rồi tra lại.',
		tooMany: 'Tra nhiều mã quá trong mười phút',
		tooManyMore: (minutes: number) => `Mã vừa gõ vẫn còn. Chờ ${minutes} phút rồi bấm Tra mã lần nữa.`,
		result: (code: string) => `Mã ${code}`,
		several: (count: string) => `${count} việc trùng mã này. Hỏi thêm ngày giờ gửi để biết là việc nào.`,
		none: (code: string) => `Sàn chưa nhận việc nào có mã ${code}`,
		noneMore:
			'Nghe lại từng chữ: mã không có số 0, số 1 và các chữ I, L, O, U. Nếu đúng mã, nhờ người gọi mở Cá nhân, Máy này: việc còn ở mục Chưa gửi thì máy tự gửi khi có mạng.',
		taken: 'Sàn đã nhận',
		refused: 'Sàn không nhận',
		by: 'Người gửi',
		closed: 'tài khoản đã đóng, tên đã xóa',
		broughtBy: 'Cán bộ nộp giúp',
		receivedAt: 'Sàn nhận lúc',
		order: 'Đơn hàng',
		links: 'Xem thêm',
		toCase: (code: string) => `Hồ sơ ${code}, đang chờ duyệt`,
		toDecision: (code: string) => `Quyết định về hồ sơ ${code}`,
		toListing: 'Tin đang công khai',
		toNeed: 'Nhu cầu trên bảng',
		toProposal: (code: string) => `Góp ý, kiến nghị ${code}`
	},
	en: {
		title: 'Look up a receipt code',
		lead: 'When someone calls about something they sent: ask them to open Me, This device, Received by the exchange, and read the code. Each lookup is recorded, and the sender can see it.',
		notForYou: 'This page is for officers, heads of units, the management board and administrators',
		code: 'Code the caller reads out',
		codeHint: '6 letters and digits, like K7M-2QX. Small letters and no dash are fine.',
		search: 'Look up',
		wrongSign: (sign) =>
			`A code never contains “${sign}”. Ask for that sign again; if accents are added, turn off Vietnamese typing.`,
		wrongLength: 'A code has exactly 6 letters and digits. Ask for each one again.',
		offline: 'You need a connection to look up a code',
		offlineMore: 'Codes are kept on the server. Write the code down and look it up once you are online.',
		failed: 'The server has not answered',
		failedMore: 'The code you typed is still here. Wait a moment and look it up again.',
		tooMany: 'Too many codes looked up in ten minutes',
		tooManyMore: (minutes) =>
			`The code you typed is still here. Wait ${minutes} min and press Look up again.`,
		result: (code) => `Code ${code}`,
		several: (count) => `${count} items share this code. Ask when it was sent to tell which one is meant.`,
		none: (code) => `The exchange has received nothing with the code ${code}`,
		noneMore:
			'Ask for each sign again: a code has no 0, no 1 and no I, L, O, U. If the code is right, ask the caller to open Me, This device: what is still under Not sent yet is sent by itself once online.',
		taken: 'Received',
		refused: 'Not accepted',
		by: 'Sender',
		closed: 'account closed, name erased',
		broughtBy: 'Handed in by officer',
		receivedAt: 'Received at',
		order: 'Order',
		links: 'See also',
		toCase: (code) => `Case ${code}, awaiting a decision`,
		toDecision: (code) => `Decision on case ${code}`,
		toListing: 'Published listing',
		toNeed: 'Need on the board',
		toProposal: (code) => `Proposal ${code}`
	}
});
