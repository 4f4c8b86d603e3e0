import { defineTexts } from '$lib/i18n/texts.ts';

/** What each decision is called for each kind of case; `to` reads the answer. */
export const kindTexts = defineTexts({
	vi: {
		listing: {
			name: 'Tin bán',
			to: 'người bán',
			approve: {
				button: 'Duyệt',
				title: (title: string) => `Duyệt “${title}”?`,
				more: 'Tin sẽ công khai trên sàn ngay khi máy chủ nhận. Không rút lại quyết định được.',
				do: 'Duyệt và công khai',
				said: (title: string) => `Đã ghi: duyệt “${title}”.`
			},
			return: {
				button: 'Trả lại để sửa',
				title: (title: string) => `Trả lại “${title}” để sửa`,
				more: '',
				do: 'Trả lại cho người bán',
				said: (title: string) => `Đã ghi: trả lại “${title}”.`
			},
			refuse: {
				button: 'Từ chối',
				title: (title: string) => `Từ chối “${title}”`,
				more: '',
				do: 'Từ chối',
				said: (title: string) => `Đã ghi: từ chối “${title}”.`
			}
		},
		business: {
			name: 'Đăng ký doanh nghiệp',
			to: 'người đăng ký',
			approve: {
				button: 'Xác nhận',
				title: (title: string) => `Xác nhận “${title}”?`,
				more: 'Cơ sở được bán hàng thuộc ngành của đơn vị ngay khi máy chủ nhận. Quyết định mang tên anh chị.',
				do: 'Xác nhận cơ sở',
				said: (title: string) => `Đã ghi: xác nhận “${title}”.`
			},
			return: {
				button: 'Yêu cầu bổ sung',
				title: (title: string) => `Yêu cầu “${title}” bổ sung`,
				more: 'Người đăng ký sửa hồ sơ rồi gửi lại, hạn trả lời tính lại từ đầu.',
				do: 'Gửi yêu cầu bổ sung',
				said: (title: string) => `Đã ghi: yêu cầu “${title}” bổ sung.`
			},
			refuse: {
				button: 'Từ chối',
				title: (title: string) => `Từ chối “${title}”`,
				more: 'Cơ sở không được bán hàng thuộc ngành của đơn vị. Người đăng ký đọc đúng lý do bên dưới.',
				do: 'Từ chối đăng ký',
				said: (title: string) => `Đã ghi: từ chối “${title}”.`
			}
		},
		reconfirmation: {
			name: 'Xác nhận lại',
			to: 'người bị khóa',
			approve: {
				button: 'Chấp thuận',
				title: (title: string) => `Mở lại “${title}”?`,
				more: 'Biện pháp hết hiệu lực ngay khi máy chủ nhận, hàng trở lại như trước khi khóa.',
				do: 'Chấp thuận và mở lại',
				said: (title: string) => `Đã ghi: mở lại “${title}”.`
			},
			return: {
				button: 'Yêu cầu bổ sung',
				title: (title: string) => `Yêu cầu bổ sung cho “${title}”`,
				more: 'Biện pháp vẫn giữ. Người bị khóa bổ sung rồi gửi lại, hạn trả lời tính lại từ đầu.',
				do: 'Gửi yêu cầu bổ sung',
				said: (title: string) => `Đã ghi: yêu cầu bổ sung cho “${title}”.`
			},
			refuse: {
				button: 'Không chấp thuận',
				title: (title: string) => `Không mở lại “${title}”`,
				more: 'Biện pháp vẫn giữ. Người bị khóa đọc đúng lý do bên dưới.',
				do: 'Không chấp thuận',
				said: (title: string) => `Đã ghi: không mở lại “${title}”.`
			}
		},
		need: {
			name: 'Nhu cầu mua',
			to: 'người mua',
			approve: {
				button: 'Duyệt',
				title: (title: string) => `Duyệt “${title}”?`,
				more: 'Nhu cầu lên bảng cho mọi người đọc ngay khi máy chủ nhận. Không rút lại quyết định được.',
				do: 'Duyệt và đưa lên bảng',
				said: (title: string) => `Đã ghi: duyệt “${title}”.`
			},
			return: {
				button: 'Trả lại để sửa',
				title: (title: string) => `Trả lại “${title}” để sửa`,
				more: 'Người mua sửa rồi gửi lại, hạn trả lời tính lại từ đầu.',
				do: 'Trả lại cho người mua',
				said: (title: string) => `Đã ghi: trả lại “${title}”.`
			},
			refuse: {
				button: 'Từ chối',
				title: (title: string) => `Từ chối “${title}”`,
				more: '',
				do: 'Từ chối',
				said: (title: string) => `Đã ghi: từ chối “${title}”.`
			}
		}
	},
	en: {
		listing: {
			name: 'Listing',
			to: 'the seller',
			approve: {
				button: 'Approve',
				title: (title) => `Approve “${title}”?`,
				more: 'It becomes public as soon as the server receives this. A decision cannot be undone.',
				do: 'Approve and publish',
				said: (title) => `Noted: “${title}” approved.`
			},
			return: {
				button: 'Return for changes',
				title: (title) => `Return “${title}” for changes`,
				more: '',
				do: 'Return to the seller',
				said: (title) => `Noted: “${title}” returned.`
			},
			refuse: {
				button: 'Refuse',
				title: (title) => `Refuse “${title}”`,
				more: '',
				do: 'Refuse',
				said: (title) => `Noted: “${title}” refused.`
			}
		},
		business: {
			name: 'Business registration',
			to: 'the applicant',
			approve: {
				button: 'Confirm',
				title: (title) => `Confirm “${title}”?`,
				more: 'The business may sell in your department’s sectors as soon as the server receives this. The decision carries your name.',
				do: 'Confirm business',
				said: (title) => `Noted: “${title}” confirmed.`
			},
			return: {
				button: 'Request more',
				title: (title) => `Request more from “${title}”`,
				more: 'The applicant corrects it and sends it again; the deadline starts over.',
				do: 'Send request',
				said: (title) => `Recorded: requested more from “${title}”.`
			},
			refuse: {
				button: 'Refuse',
				title: (title) => `Refuse “${title}”`,
				more: 'The business may not sell in your department’s sectors. The applicant reads exactly these reasons.',
				do: 'Refuse registration',
				said: (title) => `Noted: “${title}” refused.`
			}
		},
		reconfirmation: {
			name: 'Reconfirmation',
			to: 'the person',
			approve: {
				button: 'Approve',
				title: (title) => `Unlock “${title}”?`,
				more: 'The measure ends as soon as the server receives this, and the goods come back as they were.',
				do: 'Approve and unlock',
				said: (title) => `Noted: “${title}” unlocked.`
			},
			return: {
				button: 'Request more',
				title: (title) => `Request more about “${title}”`,
				more: 'The measure stays. The person adds what is missing and asks again; the deadline starts over.',
				do: 'Send request',
				said: (title) => `Recorded: requested more about “${title}”.`
			},
			refuse: {
				button: 'Refuse',
				title: (title) => `Keep “${title}” locked`,
				more: 'The measure stays. The person reads exactly these reasons.',
				do: 'Refuse',
				said: (title) => `Noted: “${title}” stays locked.`
			}
		},
		need: {
			name: 'Purchase need',
			to: 'the buyer',
			approve: {
				button: 'Approve',
				title: (title) => `Approve “${title}”?`,
				more: 'It stands on the board for everybody as soon as the server receives this. A decision cannot be undone.',
				do: 'Approve and put on the board',
				said: (title) => `Noted: “${title}” approved.`
			},
			return: {
				button: 'Return for changes',
				title: (title) => `Return “${title}” for changes`,
				more: 'The buyer corrects it and sends it again; the deadline starts over.',
				do: 'Return to the buyer',
				said: (title) => `Noted: “${title}” returned.`
			},
			refuse: {
				button: 'Refuse',
				title: (title) => `Refuse “${title}”`,
				more: '',
				do: 'Refuse',
				said: (title) => `Noted: “${title}” refused.`
			}
		}
	}
});
