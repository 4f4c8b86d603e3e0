import { defineTexts } from '$lib/i18n/texts.ts';

export const storageTexts = defineTexts({
	vi: {
		title: 'Chỗ lưu trên máy',
		used: (used: string, quota: string) => `Đã dùng ${used} trong ${quota} trình duyệt cho phép.`,
		parts: {
			unsentFiles: 'Hình, lời ghi âm chưa gửi',
			work: 'Việc chưa gửi xong',
			sentFiles: 'Hình của tin đã gửi',
			caseFiles: 'Hình của hồ sơ duyệt',
			marketPictures: 'Hình của chợ',
			rest: 'Hàng trên chợ và ứng dụng'
		},
		persisted: {
			yes: 'Trình duyệt đã hứa không tự xóa.',
			no: 'Trình duyệt chưa hứa giữ dữ liệu khi máy hết chỗ. Cài ứng dụng lên màn hình chính sẽ chắc hơn.',
			unknown: 'Khi có bản nháp hay đơn đầu tiên, máy sẽ xin trình duyệt giữ dữ liệu.'
		},
		ask: 'Xin giữ dữ liệu',
		askedNo: 'Trình duyệt chưa đồng ý. Cài ứng dụng lên màn hình chính rồi thử lại.',
		free: 'Dọn hình của chợ',
		freed: 'Đã dọn. Hình sẽ tải lại khi xem hàng lúc có mạng.',
		crowded: 'Máy sắp hết chỗ',
		todo: 'Làm được ngay, từ trên xuống:',
		todos: {
			send: 'Gửi hình đang chờ: bấm Gửi ngay khi có mạng. Gửi xong, máy tự dọn.',
			free: 'Dọn hình của chợ, không mất gì của mình.',
			narrow: 'Giữ ít hàng của chợ hơn trên máy: chọn ngành và vùng cần xem.',
			export: 'Lưu việc chưa gửi ra tệp để giữ chắc, rồi xóa bớt hình, phim trong máy.'
		}
	},
	en: {
		title: 'Storage on this device',
		used: (used, quota) => `${used} used of ${quota} the browser allows.`,
		parts: {
			unsentFiles: 'Photos and voice notes not sent yet',
			work: 'Work not sent yet',
			sentFiles: 'Photos of sent listings',
			caseFiles: 'Photos of cases',
			marketPictures: 'Market photos',
			rest: 'Market goods and the app itself'
		},
		persisted: {
			yes: 'The browser has promised not to delete this data by itself.',
			no: 'The browser has not promised to keep the data when the device is full. Installing the app makes it safer.',
			unknown: 'The browser will be asked to keep the data when you make your first draft or order.'
		},
		ask: 'Ask to keep the data',
		askedNo: 'The browser did not agree. Install the app and try again.',
		free: 'Clear market photos',
		freed: 'Cleared. They load again when you view goods online.',
		crowded: 'This device is almost full',
		todo: 'What you can do now, in this order:',
		todos: {
			send: 'Send waiting photos: press Send now when you are online. Their space is freed automatically.',
			free: 'Clear market photos; nothing of yours is lost.',
			narrow: 'Keep fewer market goods on this device: choose the sectors and areas you need.',
			export: 'Save unsent work to a file to be safe, then delete some photos or videos from the device.'
		}
	}
});
