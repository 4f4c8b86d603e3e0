import type { OpenDuty } from '$lib/domain/personal-data/breaches.ts';
import { kindNames } from '$lib/domain/personal-data/kind-names.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

type Words<K extends string> = { readonly [key in K]: string };

export const breachTexts = defineTexts({
	vi: {
		kinds: kindNames.vi,
		title: 'Sổ vi phạm dữ liệu cá nhân',
		back: 'Quản trị',
		lead: 'Đồng hồ chạy từ lúc phát hiện, tính cả ngày nghỉ. Vi phạm có thể gây hại phải báo cơ quan chuyên trách và báo người bị ảnh hưởng.',
		open: 'Đang xử lý',
		overdue: 'Quá hạn báo',
		toldLate: 'Đã báo trễ',
		record: 'Ghi vi phạm mới',
		none: 'Chưa có vi phạm nào',
		noneWords: 'Khi phát hiện lộ, mất dữ liệu, ghi ngay tại đây để đồng hồ chạy đúng.',
		foundAt: 'Lúc phát hiện',
		found: (at: string) => `Phát hiện ${at}`,
		foundBad: 'Mời chọn thời điểm đã qua.',
		what: 'Chuyện gì đã xảy ra',
		whatHint: 'Không ghi tên hay số liên lạc của ai.',
		which: 'Loại dữ liệu liên quan',
		consequences: 'Hậu quả có thể xảy ra',
		measures: 'Đã và đang làm gì',
		harmful: 'Có thể gây hại cho người có dữ liệu',
		harmYes: 'Có thể: phải báo',
		harmNo: 'Không: chỉ ghi sổ',
		needed: 'Mời điền mục này.',
		save: 'Ghi vào sổ',
		saveAgain: 'Ghi lại',
		edit: 'Sửa thông tin',
		cancel: 'Thôi',
		toRegister: 'Sổ vi phạm',
		clock: {
			not_needed: () => 'Không phải báo',
			running: (left: string) => `Còn ${left} để báo`,
			overdue: (left: string) => `Quá hạn báo ${left}`,
			told: () => 'Đã báo đúng hạn',
			told_late: (left: string) => `Đã báo, trễ ${left}`
		},
		until: (at: string) => `Hạn báo ${at}`,
		hours: (hours: number, minutes: number) =>
			[
				...(hours > 0 ? [`${hours} giờ`] : []),
				...(minutes > 0 || hours === 0 ? [`${minutes} phút`] : [])
			].join(' '),
		closed: 'Đã kết thúc',
		affected: 'Người bị ảnh hưởng',
		affectedCount: (count: string) =>
			count === '0' ? 'Chưa có ai trong danh sách' : `${count} người trong danh sách`,
		unreachable: (count: string) => `${count} người không còn địa chỉ để báo`,
		role: 'Thành viên nào',
		roles: { any: 'Mọi thành viên', buyer: 'Người mua', seller: 'Người bán' },
		registeredFrom: 'Đăng ký từ ngày',
		registeredTo: 'Đăng ký đến ngày',
		orderedFrom: 'Có đơn hàng từ ngày',
		orderedTo: 'Có đơn hàng đến ngày',
		count: 'Đếm thử',
		matches: (count: string) => `${count} người khớp, chưa có trong danh sách`,
		add: 'Thêm vào danh sách',
		added: (count: string) => `Đã thêm ${count} người.`,
		names: 'Hoặc nhập từng người',
		namesHint: 'Mỗi dòng một số điện thoại, e-mail hoặc tên đăng nhập.',
		addNamed: 'Thêm những người này',
		unknown: (names: string) => `Không tìm thấy: ${names}`,
		drop: 'Bỏ danh sách, chọn lại',
		authority: 'Báo cơ quan chuyên trách',
		notice: 'Văn bản thông báo',
		noticeWords: 'Lập từ mẫu và các mục đã ghi ở trên. Tải về, ký, gửi, rồi ghi số văn bản.',
		download: 'Tải văn bản',
		toldAt: 'Gửi lúc',
		toldTo: 'Gửi đến',
		reference: 'Số văn bản',
		markTold: 'Ghi là đã gửi',
		toldLine: (to: string, reference: string, at: string) => `${to}, số ${reference}, ${at}`,
		members: 'Báo người bị ảnh hưởng',
		words: 'Chuyện gì đã xảy ra, nói dễ hiểu',
		advice: 'Họ nên làm gì',
		tell: (count: string) => `Gửi cho ${count} người`,
		tellMore: (count: string) =>
			`${count} người mới thêm chưa được báo. Lời đã gửi ghi sẵn ở dưới; sửa lại nếu cần.`,
		told: (count: string) => `Đang gửi cho ${count} người.`,
		toldMembers: (at: string) => `Đã báo ${at}`,
		nobody: 'Chưa có ai trong danh sách.',
		close: 'Kết thúc',
		conclusions: 'Kết luận: nguyên nhân, khắc phục, phòng ngừa',
		closeGo: 'Kết thúc vụ việc',
		duties: {
			authority: 'chưa báo cơ quan chuyên trách',
			affected: 'chưa chọn người bị ảnh hưởng',
			members: 'chưa báo hết người bị ảnh hưởng'
		} satisfies Words<OpenDuty>,
		stillOpen: 'Chưa kết thúc được vì:',
		law: 'Căn cứ',
		saved: 'Đã ghi.'
	},
	en: {
		kinds: kindNames.en,
		title: 'Data breach register',
		back: 'Administration',
		lead: 'The clock runs from discovery, days off included. A breach that may cause harm must be reported to the authority and to the people affected.',
		open: 'Open',
		overdue: 'Report overdue',
		toldLate: 'Reported late',
		record: 'Record a breach',
		none: 'No breaches recorded',
		noneWords: 'If data is leaked or lost, record it here right away so that the clock is correct.',
		foundAt: 'Discovered at',
		found: (at: string) => `Discovered ${at}`,
		foundBad: 'Choose a time in the past.',
		what: 'What happened',
		whatHint: 'Do not include anyone’s name or contact details.',
		which: 'Kinds of data affected',
		consequences: 'Possible consequences',
		measures: 'What has been and is being done',
		harmful: 'Could it harm the people affected?',
		harmYes: 'Yes: must be reported',
		harmNo: 'No: register only',
		needed: 'Please fill this in.',
		save: 'Record',
		saveAgain: 'Save',
		edit: 'Edit',
		cancel: 'Cancel',
		toRegister: 'Register',
		clock: {
			not_needed: () => 'No report needed',
			running: (left: string) => `${left} left to report`,
			overdue: (left: string) => `Report overdue by ${left}`,
			told: () => 'Reported on time',
			told_late: (left: string) => `Reported, ${left} late`
		},
		until: (at: string) => `Report due ${at}`,
		hours: (hours: number, minutes: number) =>
			[...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 || hours === 0 ? [`${minutes} min`] : [])].join(
				' '
			),
		closed: 'Closed',
		affected: 'People affected',
		affectedCount: (count: string) =>
			count === '0'
				? 'No one on the list yet'
				: count === '1'
					? '1 person on the list'
					: `${count} people on the list`,
		unreachable: (count: string) => `${count} can no longer be reached`,
		role: 'Which members',
		roles: { any: 'All members', buyer: 'Buyers', seller: 'Sellers' },
		registeredFrom: 'Registered from',
		registeredTo: 'Registered until',
		orderedFrom: 'Ordered from',
		orderedTo: 'Ordered until',
		count: 'Count matches',
		matches: (count: string) =>
			count === '1'
				? '1 person matches and is not on the list yet'
				: `${count} people match and are not on the list yet`,
		add: 'Add to the list',
		added: (count: string) => (count === '1' ? '1 person added.' : `${count} people added.`),
		names: 'Or add people one by one',
		namesHint: 'One phone number, e-mail or user name per line.',
		addNamed: 'Add these people',
		unknown: (names: string) => `Not found: ${names}`,
		drop: 'Clear the list and start over',
		authority: 'Report to the authority',
		notice: 'Report text',
		noticeWords:
			'Made from the template and the details above. Download it, sign it, send it, then enter its number here.',
		download: 'Download',
		toldAt: 'Sent at',
		toldTo: 'Sent to',
		reference: 'Document number',
		markTold: 'Mark as sent',
		toldLine: (to: string, reference: string, at: string) => `${to}, no. ${reference}, ${at}`,
		members: 'Notify the people affected',
		words: 'What happened, in plain words',
		advice: 'What they should do',
		tell: (count: string) => (count === '1' ? 'Send to 1 person' : `Send to ${count} people`),
		tellMore: (count: string) =>
			`${count === '1' ? '1 person' : `${count} people`} added since then and not notified yet. The words sent before are filled in below; change them if needed.`,
		told: (count: string) => (count === '1' ? 'Sending to 1 person.' : `Sending to ${count} people.`),
		toldMembers: (at: string) => `Notified ${at}`,
		nobody: 'No one is on the list yet.',
		close: 'Closing',
		conclusions: 'Conclusions: cause, remedy, prevention',
		closeGo: 'Close the case',
		duties: {
			authority: 'the authority has not been notified',
			affected: 'no affected people have been named',
			members: 'not everyone affected has been notified'
		} satisfies Words<OpenDuty>,
		stillOpen: 'The case cannot be closed yet because:',
		law: 'Legal basis',
		saved: 'Saved.'
	}
});
