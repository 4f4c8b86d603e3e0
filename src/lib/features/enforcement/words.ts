import { defineTexts } from '$lib/i18n/texts.ts';

/** What both the person and the officer read. */
export const measureWords = defineTexts({
	vi: {
		steps: {
			warn: 'Nhắc nhở',
			hide_product: 'Gỡ sản phẩm',
			suspend: 'Khóa',
			end: 'Chấm dứt tài khoản',
			refer: 'Chuyển cơ quan khác'
		},
		targets: { account: 'Tài khoản', business: 'Cơ sở', listing: 'Sản phẩm' },
		states: {
			noticed: 'Đã báo trước',
			in_force: 'Đang hiệu lực',
			withdrawn: 'Đã rút lại',
			lifted: 'Đã gỡ bỏ',
			run_out: 'Hết thời hạn'
		},
		remedyStates: {
			open: 'Đang chờ xác nhận lại',
			approved: 'Đã xác nhận lại',
			returned: 'Chưa được chấp thuận',
			refused: 'Không được chấp thuận',
			cancelled: 'Đã đóng'
		}
	},
	en: {
		steps: {
			warn: 'Warning',
			hide_product: 'Product removed',
			suspend: 'Lock',
			end: 'Account terminated',
			refer: 'Referred to another body'
		},
		targets: { account: 'Account', business: 'Business', listing: 'Product' },
		states: {
			noticed: 'Advance notice given',
			in_force: 'In force',
			withdrawn: 'Withdrawn',
			lifted: 'Lifted',
			run_out: 'Term expired'
		},
		remedyStates: {
			open: 'Awaiting reconfirmation',
			approved: 'Reconfirmed',
			returned: 'Not approved yet',
			refused: 'Not approved',
			cancelled: 'Closed'
		}
	}
});

/** How each state looks, the same on every screen. */
export const measureLooks = {
	noticed: { tone: 'mango', icon: 'clock' },
	in_force: { tone: 'brick', icon: 'lock' },
	withdrawn: { tone: 'quiet', icon: 'undo' },
	lifted: { tone: 'leaf', icon: 'check-circle' },
	run_out: { tone: 'quiet', icon: 'check' }
} as const;

export const remedyLooks = {
	open: { tone: 'mango', icon: 'clock' },
	approved: { tone: 'leaf', icon: 'check-circle' },
	returned: { tone: 'brick', icon: 'undo' },
	refused: { tone: 'brick', icon: 'close' },
	cancelled: { tone: 'quiet', icon: 'close' }
} as const;
