import { defineTexts } from '$lib/i18n/texts.ts';

export const texts = defineTexts({
	vi: {
		notifications: 'Thông báo',
		back: 'Cá nhân',
		loading: 'Đang mở thông báo',
		none: 'Chưa có thông báo nào',
		noneWords: 'Tin được duyệt, đơn mới, việc đến hạn sẽ báo ở đây.',
		readAll: 'Đánh dấu đã đọc hết',
		unread: 'chưa đọc',
		wake: 'Báo cả khi đóng ứng dụng',
		wakeWords:
			'Máy sẽ hiện một dòng báo khi có đơn mới hay tin được duyệt. Dòng báo không ghi tên hay nội dung.',
		wakeAllow: 'Báo cho tôi',
		wakeOn: 'Máy này sẽ được báo khi có tin mới',
		wakeOnWords: 'Dòng báo không ghi tên hay nội dung. Đăng xuất thì máy này thôi được báo.',
		wakeStop: 'Thôi báo',
		wakeBlocked: 'Trình duyệt đang chặn dòng báo của sàn',
		wakeBlockedWords: 'Muốn được báo, mở phần cài đặt trang web của trình duyệt và cho phép “Thông báo”.',
		wakeFailed: 'Chưa bật được',
		wakeFailedWords: 'Cần có mạng để bật. Tin mới vẫn hiện ở đây mỗi khi mở ứng dụng.',
		goods: (title: string) => `“${title}”`,
		kinds: {
			listing_received: (code: string) => `Sàn đã nhận tin, mã hồ sơ ${code}`,
			listing_approved: (code: string) => `Tin đã được duyệt, mã ${code}`,
			listing_returned: (code: string) => `Tin cần sửa, mã ${code}`,
			order_new: (code: string) => `Đơn mới ${code}, chờ xác nhận`,
			order_changed: (code: string) => `Đơn ${code}`,
			case_assigned: (code: string) => `Được giao duyệt hồ sơ ${code}`,
			case_overdue: (code: string) => `Hồ sơ ${code} đã quá hạn`,
			handover_brought: (by: string) => `${by} nộp giúp việc chưa gửi của bà con, chờ bà con đồng ý`,
			agency_changed: (names: string) => `Thay đổi ở đơn vị: ${names}. Hồ sơ đang mở đi theo, hạn không đổi.`,
			measure_taken: (code: string) => `Sàn đã xử lý vi phạm, mã ${code}`,
			measure_noticed: (code: string) => `Báo trước về việc khóa, mã ${code}`,
			measure_ended: (code: string) => `Biện pháp ${code} đã hết hiệu lực`,
			remedy_refused: (code: string) => `Yêu cầu xác nhận lại chưa được chấp thuận, mã ${code}`,
			order_seller_locked: (code: string) => `Người bán của đơn ${code} đang bị khóa, đơn vẫn được giải quyết`
		}
	},
	en: {
		notifications: 'Notices',
		back: 'Me',
		loading: 'Opening notices',
		none: 'No notices yet',
		noneWords: 'Approvals, new orders and deadlines appear here.',
		readAll: 'Mark all as read',
		unread: 'unread',
		wake: 'Tell me while the app is closed',
		wakeWords:
			'This device shows one line when there is a new order or an approval. It names nobody and nothing.',
		wakeAllow: 'Tell me',
		wakeOn: 'This device is told of news',
		wakeOnWords: 'The line names nobody and nothing. Signing out ends it.',
		wakeStop: 'Stop telling me',
		wakeBlocked: 'The browser blocks messages of the exchange',
		wakeBlockedWords: 'To be told, open the site settings of the browser and allow “Notifications”.',
		wakeFailed: 'Could not be turned on',
		wakeFailedWords: 'It needs a network. News still appears here whenever the app is opened.',
		goods: (title) => `“${title}”`,
		kinds: {
			listing_received: (code) => `Listing received, case ${code}`,
			listing_approved: (code) => `Listing approved, case ${code}`,
			listing_returned: (code) => `Listing to correct, case ${code}`,
			order_new: (code) => `New order ${code}, to confirm`,
			order_changed: (code) => `Order ${code}`,
			case_assigned: (code) => `Case ${code} assigned to you`,
			case_overdue: (code) => `Case ${code} is overdue`,
			handover_brought: (by) => `${by} handed in unsent work of yours; please answer`,
			agency_changed: (names) => `Your unit has changed: ${names}. Open cases go along, due dates stay.`,
			measure_taken: (code) => `A measure was taken, file ${code}`,
			measure_noticed: (code) => `Notice of a lock, file ${code}`,
			measure_ended: (code) => `Measure ${code} has ended`,
			remedy_refused: (code) => `Not reconfirmed yet, file ${code}`,
			order_seller_locked: (code) => `The seller of order ${code} is locked, the order is still being settled`
		}
	}
});
