import { askPurposeWords } from '$lib/i18n/look-purposes.ts';
import { defineTexts } from '$lib/i18n/texts.ts';

/** What an officer reads of a registration (TG-7.2b, TG-19.4). */
export const businessCaseTexts = defineTexts({
	vi: {
		registration: 'Hồ sơ đăng ký',
		sectors: 'Ngành thuộc đơn vị mình',
		kind: 'Loại hình',
		kinds: {
			household: 'Hộ kinh doanh',
			cooperative: 'Hợp tác xã',
			enterprise: 'Doanh nghiệp',
			individual: 'Cá nhân sản xuất'
		},
		number: 'Số định danh',
		identity: {
			none: 'Danh tính điện tử: chưa xác minh',
			asking: 'Danh tính điện tử: đang hỏi bên định danh',
			unknown: 'Danh tính điện tử: bên định danh chưa trả lời được',
			not_matched: 'Danh tính điện tử: số này mang tên khác',
			verified: 'Danh tính điện tử: đã xác minh'
		},
		identityBy: {
			manual: (day: string) => `cán bộ đối chiếu, ${day}`,
			provider: (day: string) => `bên định danh xác nhận, ${day}`
		},
		identityDuty: (day: string) =>
			`từ ${day} phải có mới được bắt đầu bán; đối chiếu rồi đánh dấu khi xác nhận`,
		see: 'Xem',
		why: { ...askPurposeWords.vi, told: 'Người đăng ký thấy ai đã xem, lúc nào, để làm gì.' },
		seeHint: 'Mỗi lần xem được ghi lại cùng mục đích, người đăng ký đọc được.',
		representative: 'Người đại diện',
		seeFailed: 'Cần mạng để xem số đầy đủ.',
		sameNumber: (count: string) => `Số này đang có trong ${count} hồ sơ đăng ký khác.`,
		phone: 'Điện thoại công khai',
		intro: 'Giới thiệu',
		area: 'Vùng trồng',
		places: 'Địa điểm',
		papers: 'Giấy tờ',
		card: 'Hình thẻ căn cước',
		noPapers: 'Chưa có giấy tờ nào.',
		issued: (by: string, day: string) => `cấp ${[by, day].filter((word) => word !== '').join(', ')}`,
		until: (day: string) => `hết hạn ${day}`,
		expired: 'đã hết hạn',
		openFile: (name: string, number: string) => `Mở hình ${number} của ${name}`,
		missingFile: 'Hình chưa có trên máy này',
		difference: 'Khác với bản đã xác nhận',
		confirmed: 'Đã xác nhận',
		nothingChanged: 'Không có gì khác với bản đã xác nhận, ngoài số định danh và người đại diện nếu có sửa.',
		name: 'Tên cơ sở',
		allSectors: 'Ngành muốn bán',
		pages: (count: number) => `${count} tệp`,
		changedWords: { otherFiles: 'tệp mới', gone: 'đã bỏ' },
		checkList: 'Đã đối chiếu',
		checkHint: 'Đánh dấu những gì anh chị đã đối chiếu. Mục có * là bắt buộc.',
		checkHintOther: 'Đánh dấu những gì anh chị đã đối chiếu.',
		checkNeeded: 'Còn mục bắt buộc chưa đối chiếu.'
	},
	en: {
		registration: 'Registration',
		sectors: 'Sectors of this department',
		kind: 'Type of business',
		kinds: {
			household: 'Household business',
			cooperative: 'Cooperative',
			enterprise: 'Enterprise',
			individual: 'Individual producer'
		},
		number: 'Identity number',
		identity: {
			none: 'Electronic identity: not verified yet',
			asking: 'Electronic identity: asking the provider',
			unknown: 'Electronic identity: the provider could not answer yet',
			not_matched: 'Electronic identity: the number belongs to another name',
			verified: 'Electronic identity: verified'
		},
		identityBy: {
			manual: (day) => `checked by an officer, ${day}`,
			provider: (day) => `confirmed by the provider, ${day}`
		},
		identityDuty: (day) =>
			`required from ${day} before selling can start; check it and tick it when you confirm`,
		see: 'Show',
		why: { ...askPurposeWords.en, told: 'The applicant sees who viewed it, when and why.' },
		seeHint: 'Every viewing is recorded with its purpose, and the applicant can read it.',
		representative: 'Representative',
		seeFailed: 'You need to be online to see the full number.',
		sameNumber: (count) =>
			count === '1'
				? 'This number is also in another registration.'
				: `This number is also in ${count} other registrations.`,
		phone: 'Public phone',
		intro: 'Introduction',
		area: 'Growing area',
		places: 'Places',
		papers: 'Papers',
		card: 'Identity card',
		noPapers: 'No papers yet.',
		issued: (by, day) => `issued by ${[by, day].filter((word) => word !== '').join(', ')}`,
		until: (day) => `expires ${day}`,
		expired: 'expired',
		openFile: (name, number) => `Open page ${number} of ${name}`,
		missingFile: 'Not on this device',
		difference: 'Differences from the confirmed version',
		confirmed: 'Confirmed',
		nothingChanged:
			'Nothing differs from the confirmed version, apart from the identity number and the representative if they were changed.',
		name: 'Business name',
		allSectors: 'Sectors applied for',
		pages: (count) => (count === 1 ? '1 file' : `${count} files`),
		changedWords: { otherFiles: 'new files', gone: 'removed' },
		checkList: 'Checked against the papers',
		checkHint: 'Tick what you have checked. Lines marked * are required.',
		checkHintOther: 'Tick what you have checked.',
		checkNeeded: 'A required line has not been checked.'
	}
});
