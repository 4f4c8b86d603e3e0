import { defineTexts } from '$lib/i18n/texts.ts';

export const texts = defineTexts({
	vi: {
		waiting: 'Có bản mới của sàn.',
		waitingWords: 'Chữ đang ghi được cất trước khi đổi sang bản mới.',
		apply: 'Dùng bản mới',
		later: 'Để sau',
		unfinished: 'Bản mới đợi bạn làm xong.',
		unfinishedWords:
			'Gửi, lưu hoặc đóng phần đang làm dở ở trang này thì bản mới tự vào. Đổi ngay bây giờ thì mất phần đó.',
		anyway: 'Đổi ngay, bỏ phần dở',
		leaving: 'Đang cất chữ và đổi sang bản mới…',
		slow: 'Bản mới sẽ vào sau ít phút.',
		slowWords: 'Máy đang làm nốt việc dở của bản cũ. Chữ đã cất, cứ dùng tiếp; màn hình tự đổi khi xong.',
		kept: 'Chưa đổi sang bản mới.',
		keptWords:
			'Máy chưa cất được chữ đang ghi nên giữ nguyên màn hình này. Xóa bớt hình, phim trong máy rồi thử lại.',
		again: 'Thử lại',
		install: 'Cài sàn lên máy',
		installWords: 'Mở nhanh từ màn hình chính, dùng được khi không có mạng.',
		installButton: 'Cài lên máy',
		byHand: 'Bấm nút chia sẻ của trình duyệt rồi chọn “Thêm vào màn hình chính”.',
		notNow: 'Không cần'
	},
	en: {
		waiting: 'A new version is ready.',
		waitingWords: 'What you are typing is saved before the update.',
		apply: 'Use the new version',
		later: 'Later',
		unfinished: 'The new version waits until you are done.',
		unfinishedWords:
			'Send, save or close what you are in the middle of on this page and the new version starts by itself. Updating now loses that part.',
		anyway: 'Update now, drop it',
		leaving: 'Saving your text and updating…',
		slow: 'The new version starts in a few minutes.',
		slowWords:
			'The device is finishing work of the old version. Your text is saved; carry on, and the screen updates by itself.',
		kept: 'Still on the old version.',
		keptWords:
			'Your text could not be saved, so this screen stays as it is. Delete some photos or videos from the device and try again.',
		again: 'Try again',
		install: 'Install on this device',
		installWords: 'Opens from the home screen and works offline.',
		installButton: 'Install',
		byHand: 'Press the browser’s share button, then “Add to Home Screen”.',
		notNow: 'Not now'
	}
});
