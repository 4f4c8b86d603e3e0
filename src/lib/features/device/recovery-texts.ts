import { defineTexts } from '$lib/i18n/texts.ts';

/** Words of the recovery screen and the export, apart from the device page's: every screen of the app brings these. */
export const recoveryTexts = defineTexts({
	vi: {
		workPrivate: 'Trong tệp có tên, số điện thoại và bài viết của bà con. Chỉ đưa cho người mình tin.',
		exportWork: 'Lưu việc chưa gửi ra tệp',
		exported: (commands: number, drafts: number, photos: number) =>
			`Đã ghi ra tệp: ${commands} việc, ${drafts} bản nháp, ${photos} hình và ghi âm.`,
		exportedNothing: 'Máy này không còn việc nào chưa gửi. Tệp vẫn được lưu.',
		exportedNoneRead: 'Chưa đọc được việc chưa gửi nào trên máy này.',
		exportedUnread: (count: number) => `Có ${count} chỗ trên máy không đọc được nên không có trong tệp.`,
		saveAgain: 'Lưu lại tệp',
		damaged: 'Kho dữ liệu trên máy không mở được',
		damagedWords:
			'Trình duyệt có thể vừa hết chỗ hoặc bị tắt giữa chừng. Những gì đã gửi vẫn còn nguyên trên sàn. Làm lần lượt các bước dưới đây để giữ lại phần chưa gửi.',
		stepReload: '1. Thử mở lại',
		stepReloadWords: 'Đóng các trang khác của sàn, rồi mở lại trang này.',
		reload: 'Mở lại',
		stepExport: '2. Lưu việc chưa gửi ra tệp',
		stepExportWords: 'Tệp chứa việc chưa gửi, bản nháp, hình và ghi âm còn đọc được. Lưu rồi giữ kỹ.',
		stepAnew: '3. Làm lại kho trên máy',
		stepAnewWords: 'Xóa kho bị hỏng và bắt đầu kho mới. Sau đó nhập tệp vừa lưu ở màn hình Máy này.',
		stepAnewFirst: 'Chưa lưu tệp ở bước 2. Làm lại kho bây giờ sẽ mất mọi việc chưa gửi trên máy này.',
		stepAnewPart:
			'Có chỗ trên máy không đọc được nên không có trong tệp. Làm lại kho bây giờ sẽ mất phần đó. Nên gọi ban quản lý sàn trước.',
		anew: 'Làm lại kho trên máy',
		anewAsk: 'Xóa kho trên máy này?',
		anewAnyway: 'Xóa, chấp nhận mất việc chưa gửi',
		anewBusy: 'Một trang khác của sàn đang mở kho này. Đóng hết các trang khác rồi bấm lại.',
		exportFailed: 'Chưa ghi được tệp. Đóng các trang khác của sàn rồi thử lại.',
		keep: 'Giữ lại',
		close: 'Đóng'
	},
	en: {
		workPrivate:
			'The file contains your name, phone number and what you wrote. Give it only to people you trust.',
		exportWork: 'Save unsent work to a file',
		exported: (commands, drafts, photos) =>
			`Saved to the file: ${commands} unsent items, ${drafts} drafts, ${photos} photos and voice notes.`,
		exportedNothing: 'There is no unsent work on this device. The file was saved anyway.',
		exportedNoneRead: 'No unsent work could be read on this device.',
		exportedUnread: (count) =>
			`${count} parts of the data on this device could not be read and are not in the file.`,
		saveAgain: 'Save the file again',
		damaged: 'The data on this device cannot be opened',
		damagedWords:
			'The browser may have run out of space or been stopped halfway. Everything already sent is safe on the exchange. Follow these steps in order to keep what has not been sent.',
		stepReload: '1. Try opening it again',
		stepReloadWords: 'Close the other pages of the exchange, then reload this one.',
		reload: 'Reload',
		stepExport: '2. Save unsent work to a file',
		stepExportWords:
			'The file contains the unsent work, drafts, photos and voice notes that can still be read. Save it and keep it safe.',
		stepAnew: '3. Start with empty storage',
		stepAnewWords:
			'This deletes the damaged data and starts fresh. Afterwards, import the file you saved on the “This device” screen.',
		stepAnewFirst:
			'You have not saved the file in step 2. Starting fresh now will lose all unsent work on this device.',
		stepAnewPart:
			'Some parts could not be read and are not in the file. Starting fresh now will lose them. It is better to call the management board first.',
		anew: 'Delete and start fresh',
		anewAsk: 'Delete the data on this device?',
		anewAnyway: 'Delete and lose unsent work',
		anewBusy: 'Another page of the exchange is using this data. Close all other pages and try again.',
		exportFailed: 'The file could not be saved. Close the other pages of the exchange and try again.',
		keep: 'Keep',
		close: 'Close'
	}
});
