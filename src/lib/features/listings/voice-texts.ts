import { defineTexts } from '$lib/i18n/texts.ts';

export const voiceTexts = defineTexts({
	vi: {
		hint: 'Nói về món hàng, nhiều nhất một phút. Không bắt buộc. Không có mạng vẫn ghi được.',
		record: 'Ghi âm',
		again: 'Ghi lại',
		remove: 'Bỏ lời ghi âm',
		stop: 'Dừng ghi',
		asking: 'Máy đang hỏi quyền dùng micro. Bấm Cho phép.',
		recording: 'Đang ghi, cứ nói tự nhiên.',
		time: (now: string, most: string) => `${now} / ${most}`,
		keeping: 'Đang giữ lời ghi',
		hear: 'Nghe lời ghi âm',
		missing: 'Lời ghi này không còn trên máy. Bỏ đi và ghi lại.',
		state: {
			on_device: 'trên máy này, chưa gửi',
			sending: 'đang gửi',
			stored: 'sàn đã nhận',
			refused: 'không dùng được',
			missing: 'không còn trên máy'
		},
		ended: {
			limit: 'Đủ một phút nên máy dừng ghi. Lời ghi đã được giữ.',
			hidden: 'Máy tắt màn hình hoặc chuyển sang việc khác nên dừng ghi. Phần đã nói được giữ lại.',
			lost: 'Micro bị ngắt nên dừng ghi. Phần đã nói được giữ lại.'
		},
		left: 'Lần ghi trước bị ngắt giữa chừng',
		leftWords: 'Phần đã nói còn trên máy. Nghe thử rồi giữ lại hoặc bỏ.',
		keepLeft: 'Giữ đoạn này',
		dropLeft: 'Bỏ đoạn này',
		trouble: {
			denied: {
				what: 'Máy chưa cho phép dùng micro',
				todo: 'Mở biểu tượng ổ khóa cạnh địa chỉ trang, cho phép Micro rồi bấm Ghi âm. Không ghi cũng gửi duyệt được.'
			},
			no_microphone: {
				what: 'Máy này không có micro',
				todo: 'Cắm tai nghe có micro rồi thử lại, hoặc bỏ qua phần này.'
			},
			busy: {
				what: 'Micro đang được dùng ở chỗ khác',
				todo: 'Kết thúc cuộc gọi hoặc tắt ứng dụng đang ghi, rồi bấm Ghi âm.'
			},
			unsupported: {
				what: 'Trình duyệt này chưa ghi âm được',
				todo: 'Cập nhật trình duyệt, hoặc bỏ qua phần này và viết ở mô tả.'
			},
			elsewhere: {
				what: 'Tin này đang được ghi âm ở một trang khác',
				todo: 'Dừng ghi ở trang đó trước.'
			},
			full: {
				what: 'Máy hết chỗ nên dừng ghi',
				todo: 'Xóa bớt hình, phim trong máy. Phần đã giữ được sẽ hiện ở đây.'
			},
			failed: { what: 'Ghi âm chưa được', todo: 'Bấm Ghi âm để thử lại.' }
		}
	},
	en: {
		hint: 'Speak about the goods, at most a minute. Optional. It works without a network.',
		record: 'Record',
		again: 'Record again',
		remove: 'Remove the recording',
		stop: 'Stop',
		asking: 'Your device asks whether the microphone may be used. Press Allow.',
		recording: 'Recording, just speak.',
		time: (now, most) => `${now} / ${most}`,
		keeping: 'Keeping the recording',
		hear: 'Listen to the recording',
		missing: 'This recording is no longer on the device. Remove it and record again.',
		state: {
			on_device: 'on this device, not sent',
			sending: 'sending',
			stored: 'received',
			refused: 'cannot be used',
			missing: 'no longer on the device'
		},
		ended: {
			limit: 'A minute is full, so the recording ended. It is kept.',
			hidden: 'The screen went dark or another app came up, so the recording ended. What was said is kept.',
			lost: 'The microphone was taken away, so the recording ended. What was said is kept.'
		},
		left: 'The last recording was cut short',
		leftWords: 'What was said is still on the device. Listen, then keep or drop it.',
		keepLeft: 'Keep it',
		dropLeft: 'Drop it',
		trouble: {
			denied: {
				what: 'The microphone is not allowed yet',
				todo: 'Open the lock beside the address, allow the microphone and press Record. The listing can be sent without it.'
			},
			no_microphone: {
				what: 'This device has no microphone',
				todo: 'Plug in a headset and try again, or leave this out.'
			},
			busy: {
				what: 'Something else is using the microphone',
				todo: 'End the call or the other recording, then press Record.'
			},
			unsupported: {
				what: 'This browser cannot record',
				todo: 'Update the browser, or leave this out and write it down.'
			},
			elsewhere: {
				what: 'This listing is being recorded in another tab',
				todo: 'Stop the recording there first.'
			},
			full: {
				what: 'The device is full, so the recording ended',
				todo: 'Delete photos or films from it. What was kept shows here.'
			},
			failed: { what: 'Recording did not work', todo: 'Press Record to try again.' }
		}
	}
});
