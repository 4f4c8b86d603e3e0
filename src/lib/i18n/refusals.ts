import type { Refusal, RefusalCode } from '$lib/domain/kernel/refusal.ts';
import { formatDateTime, formatDong, formatNumber } from './format.ts';
import type { Locale } from './texts.ts';

/** What happened, and what the person can do about it. Both are shown; neither blames. */
export type RefusalWords = { readonly what: string; readonly todo: string };

type Words = (facts: Facts) => RefusalWords;
type Facts = {
	readonly locale: Locale;
	readonly text: (name: string) => string;
	readonly number: (name: string) => number | null;
};

const say =
	(what: string, todo: string): Words =>
	() => ({ what, todo });

/** The compiler asks for a line here whenever a refusal code is added, in both languages. */
const vi: Readonly<Record<RefusalCode, Words>> = {
	not_allowed: say('Tài khoản này không được làm việc đó.', 'Cần hỏi thêm, xin gọi ban quản lý sàn.'),
	not_found: say('Không còn tìm thấy mục này trên sàn.', 'Xem lại danh sách, có thể mục đã được gỡ.'),
	invalid_input: say('Có chỗ ghi chưa đúng.', 'Xem các chỗ được đánh dấu, sửa rồi gửi lại.'),
	stale_version: say(
		'Mục này vừa được sửa ở nơi khác.',
		'Xem bản mới nhất, những gì bà con đã ghi vẫn còn, rồi gửi lại.'
	),
	illegal_transition: say('Việc này không còn làm được ở bước hiện tại.', 'Xem lại tình trạng mới nhất.'),
	already_decided: ({ locale, text }) => ({
		what:
			text('by') === ''
				? 'Việc này đã có người giải quyết xong.'
				: `${text('by')} đã giải quyết xong việc này${text('at') === '' ? '' : ` lúc ${formatDateTime(text('at'), locale)}`}.`,
		todo: 'Không cần làm gì thêm.'
	}),
	id_reused: say('Mã gửi này đã dùng cho việc khác.', 'Bỏ mục này và làm lại từ đầu.'),
	depends_on_refused: say(
		'Bước trước của việc này chưa được nhận nên bước này cũng chưa được nhận.',
		'Sửa bước trước rồi gửi lại.'
	),
	unknown_command: say('Máy chủ chưa hiểu yêu cầu này.', 'Cập nhật ứng dụng lên bản mới rồi gửi lại.'),
	unknown_sector: say('Loại hàng này chưa có sở nào phụ trách trên sàn.', 'Chọn loại hàng khác gần nhất.'),
	unknown_unit: say('Đơn vị tính này không có trên sàn.', 'Chọn đơn vị tính trong danh sách.'),
	unknown_ward: say('Xã, phường này không thuộc tỉnh.', 'Chọn lại xã, phường trong danh sách.'),
	seller_not_confirmed: say(
		'Cơ sở chưa được sở quản lý xác nhận nên chưa gửi được.',
		'Nội dung vẫn giữ trên máy. Khi được xác nhận, bấm gửi lại.'
	),
	seller_locked: say(
		'Cơ sở đang bị khóa nên không gửi được.',
		'Xem lý do trong thông báo và liên hệ sở quản lý.'
	),
	account_locked: say('Tài khoản đang bị khóa.', 'Xem thư báo khóa và liên hệ sở quản lý.'),
	photo_missing: say(
		'Sàn chưa nhận đủ hình kèm theo.',
		'Giữ máy có mạng để gửi hình, rồi bấm gửi lại. Hình bị mất thì chụp lại.'
	),
	files_awaited: say(
		'Chưa duyệt được: sàn còn thiếu hình hoặc lời ghi âm, phải chờ máy của người bán gửi lại.',
		'Hồ sơ vẫn còn đó. Hãy duyệt lại khi người bán đã mở máy có mạng.'
	),
	photo_refused: say('Có hình không dùng được.', 'Bỏ hình đó, chụp lại rồi gửi.'),
	too_many_photos: say('Nhiều hình quá.', 'Giữ tối đa 8 hình rõ nhất.'),
	reason_required: say('Việc này cần ghi lý do.', 'Chọn hoặc ghi lý do rồi gửi lại.'),
	sector_not_confirmed: say(
		'Cơ sở chưa được xác nhận bán ngành hàng này.',
		'Vào Trang cá nhân, Đăng ký doanh nghiệp, thêm ngành hàng rồi chờ sở quản lý xác nhận.'
	),
	identity_needed: say(
		'Cơ sở chưa xác minh danh tính điện tử.',
		'Mở Đăng ký doanh nghiệp, lưu lại để sở đối chiếu.'
	),
	paper_expired: say(
		'Giấy tờ bắt buộc của ngành hàng này đã hết hạn.',
		'Gửi giấy mới ở Đăng ký doanh nghiệp; sở xác nhận xong thì làm tiếp được.'
	),
	certificate_expired: say(
		'Giấy chứng nhận kèm theo tin đã hết hạn.',
		'Ghi giấy còn hạn ở phần Giấy chứng nhận, hoặc bỏ giấy ấy nếu ngành hàng không cần, rồi gửi lại.'
	),
	agreement_changed: say('Thỏa thuận hoạt động đã đổi.', 'Đọc bản mới, đồng ý rồi lưu lại.'),
	check_list_open: say('Còn mục bắt buộc chưa đối chiếu.', 'Đối chiếu, đánh dấu rồi xác nhận lại.'),
	not_for_sale: say('Mặt hàng này hiện không bán nữa.', 'Tìm hàng khác tương tự trên chợ.'),
	own_listing: say('Đây là hàng của chính cơ sở mình.', 'Không thể tự đặt hàng của mình.'),
	need_over: say('Nhu cầu này đã đóng hoặc đã hết hạn.', 'Xem các nhu cầu khác đang cần hàng.'),
	own_need: say('Đây là nhu cầu của chính mình.', 'Không thể tự chào hàng cho mình.'),
	other_sector: say(
		'Hàng này thuộc ngành hàng khác với nhu cầu.',
		'Chọn một mặt hàng cùng ngành hàng rồi gửi lại.'
	),
	already_offered: say(
		'Mặt hàng này đã được chào cho nhu cầu này.',
		'Muốn đổi số lượng thì rút chào hàng cũ rồi gửi lại.'
	),
	offers_full: ({ number }) => ({
		what: `Nhu cầu này đã có ${number('most') ?? ''} chào hàng, không nhận thêm.`,
		todo: 'Xem các nhu cầu khác đang cần hàng.'
	}),
	below_minimum: ({ locale, number }) => ({
		what:
			number('minimum') === null
				? 'Số lượng thấp hơn mức người bán nhận.'
				: `Người bán nhận từ ${formatNumber(number('minimum') ?? 0, locale)} trở lên.`,
		todo: 'Tăng số lượng rồi đặt lại.'
	}),
	out_of_stock: ({ locale, number }) => ({
		what:
			number('stock') === null
				? 'Hàng không còn đủ số lượng này.'
				: number('stock') === 0
					? 'Hàng đã hết.'
					: `Hàng chỉ còn ${formatNumber(number('stock') ?? 0, locale)}.`,
		todo: 'Bớt số lượng rồi đặt lại, hoặc gọi hỏi người bán.'
	}),
	price_changed: ({ locale, number }) => ({
		what:
			number('unitPrice') === null
				? 'Giá đã đổi sau khi bà con xem.'
				: `Giá đã đổi, nay là ${formatDong(number('unitPrice') ?? 0, locale)}.`,
		todo: 'Chưa đặt gì cả. Xem giá mới, đồng ý thì đặt lại.'
	}),
	officer_not_in_agency: say('Người này không thuộc đơn vị xử lý.', 'Chọn người khác trong đơn vị.'),
	wrong_credentials: say('Tên đăng nhập hoặc mật khẩu chưa đúng.', 'Xem lại từng chữ rồi thử lại.'),
	wrong_code: say('Mã chưa đúng hoặc đã dùng rồi.', 'Chờ mã mới hiện ra trên máy rồi ghi lại.'),
	passkey_refused: say('Khóa truy cập này không dùng được ở đây.', 'Thử lại, hoặc đăng nhập bằng mật khẩu.'),
	reauthentication_needed: say(
		'Việc này cần xác nhận lại đúng là bạn.',
		'Ghi lại mật khẩu hoặc mã xác thực, những gì đã ghi vẫn còn.'
	),
	still_needed: say('Còn việc chưa xong nên chưa đóng được.', 'Xem những việc được nêu, xong rồi làm lại.'),
	last_factor: say(
		'Tài khoản này phải có một cách xác thực thứ hai.',
		'Thêm cách khác trước, rồi mới bỏ cách này.'
	),
	too_many_attempts: ({ number }) => ({
		what: 'Thử sai nhiều lần quá.',
		todo:
			number('seconds') === null
				? 'Chờ một lát rồi thử lại.'
				: `Chờ ${Math.max(1, Math.ceil((number('seconds') ?? 0) / 60))} phút rồi thử lại.`
	}),
	too_many_waiting: ({ locale, number }) => ({
		what:
			number('most') === null
				? 'Đang có nhiều việc chờ sàn trả lời nên sàn chưa nhận thêm.'
				: `Đang có ${formatNumber(number('most') ?? 0, locale)} việc chờ sàn trả lời nên sàn chưa nhận thêm.`,
		todo: 'Những gì đã viết vẫn còn đây. Khi có trả lời thì gửi lại.'
	}),
	upload_too_large: say('Hình hoặc tệp lớn quá.', 'Chụp lại, hoặc chọn tệp nhẹ hơn 12 MB.'),
	pdf_locked: say('Tệp PDF này có mật khẩu.', 'Lưu lại một bản không mật khẩu, hoặc chụp hình giấy.'),
	pdf_active: say(
		'Tệp PDF này có phần tự chạy hoặc tệp đính kèm.',
		'In lại thành PDF khác, hoặc chụp hình giấy.'
	),
	pdf_unusable: say('Tệp PDF này bị hỏng hoặc dài hơn 30 trang.', 'Tải lại tệp, hoặc chụp hình giấy.'),
	upload_not_an_image: say(
		'Không mở được tệp này như một tấm hình.',
		'Chọn hình JPG, PNG hoặc WebP. Hình quá lớn thì chụp lại ở cỡ nhỏ hơn.'
	),
	upload_hash_mismatch: say('Hình bị hỏng trên đường gửi.', 'Bỏ hình này rồi thêm lại.'),
	file_not_work: say(
		'Tệp này không phải tệp việc chưa gửi của sàn.',
		'Chọn tệp có đuôi .santinh đã lưu từ máy kia.'
	),
	file_too_new: say('Tệp này do bản ứng dụng mới hơn ghi ra.', 'Cập nhật ứng dụng trên máy này rồi thử lại.'),
	file_cut: say(
		'Tệp này bị đứt giữa chừng nên không đọc được.',
		'Chép hoặc gửi lại tệp từ máy kia, chờ xong hẳn rồi thử lại.'
	),
	file_of_another: say(
		'Tệp này là việc của người khác.',
		'Nhờ đúng người đó đăng nhập để nhập tệp, hoặc mang tệp đến cán bộ sàn nộp giúp.'
	),
	handover_closed: say(
		'Lần nộp giúp này đã xong hoặc đã quá hạn.',
		'Xem lại danh sách; nếu vẫn cần, nhờ cán bộ nộp lại tệp.'
	),
	voice_missing: say(
		'Sàn chưa nhận được lời ghi âm.',
		'Giữ máy có mạng để gửi, rồi bấm gửi lại. Lời ghi bị mất thì ghi lại.'
	),
	voice_unusable: say('Lời ghi âm này không dùng được.', 'Bỏ lời ghi đó, ghi lại rồi gửi.'),
	voice_too_long: say('Lời ghi âm dài hoặc nặng quá.', 'Ghi lại, nói gọn trong một phút.')
};

const en: Readonly<Record<RefusalCode, Words>> = {
	not_allowed: say('This account may not do that.', 'Call the exchange office if you think it should.'),
	not_found: say('This is no longer on the exchange.', 'Check the list again; it may have been removed.'),
	invalid_input: say('Something is not filled in correctly.', 'Correct the marked fields and send again.'),
	stale_version: say(
		'This was just changed somewhere else.',
		'Look at the latest version, then send again. What you wrote is kept.'
	),
	illegal_transition: say('This can no longer be done at this step.', 'Check the latest state.'),
	already_decided: ({ locale, text }) => ({
		what:
			text('by') === ''
				? 'Someone has already decided this.'
				: `${text('by')} already decided this${text('at') === '' ? '' : ` on ${formatDateTime(text('at'), locale)}`}.`,
		todo: 'There is nothing more to do.'
	}),
	id_reused: say('This id was already used for something else.', 'Discard it and start again.'),
	depends_on_refused: say(
		'The step before this one was refused, so this one was too.',
		'Correct the earlier step and send again.'
	),
	unknown_command: say('The server does not know this request.', 'Update the app and send again.'),
	unknown_sector: say('No department looks after this kind of goods yet.', 'Choose the nearest kind.'),
	unknown_unit: say('The exchange does not know this unit.', 'Choose a unit from the list.'),
	unknown_ward: say('This ward is not in the province.', 'Choose a ward from the list.'),
	seller_not_confirmed: say(
		'Your business is not confirmed by its department yet, so this cannot be sent.',
		'Your text stays on this device. Send it again once you are confirmed.'
	),
	seller_locked: say(
		'Your business is locked.',
		'Read the reason in your notices and contact the department.'
	),
	account_locked: say('This account is locked.', 'Read the notice and contact the department.'),
	photo_missing: say(
		'The exchange has not received all the photos yet.',
		'Stay online until the photos are sent, then send again. Retake a lost photo.'
	),
	files_awaited: say(
		'Not approved yet: photos or a voice note must come again from the seller’s device.',
		'The case stays. Approve it once that device has been online.'
	),
	photo_refused: say('A photo cannot be used.', 'Remove it, take it again and send.'),
	too_many_photos: say('Too many photos.', 'Keep the 8 clearest ones.'),
	reason_required: say('This needs a reason.', 'Choose or write a reason and send again.'),
	sector_not_confirmed: say(
		'The business is not confirmed for this sector.',
		'Add the sector to your business registration and wait for the department.'
	),
	identity_needed: say(
		'The business has not verified its electronic identity.',
		'Open Register your business and save again, so that the department can check it.'
	),
	paper_expired: say(
		'A paper required for this sector has expired.',
		'Send the new one under Register your business; you can continue once it is confirmed.'
	),
	certificate_expired: say(
		'A certificate stated with these goods has expired.',
		'Enter one that is valid under Certificates, or remove it if the sector does not need it, and send again.'
	),
	agreement_changed: say(
		'The operating agreement has changed.',
		'Read the new one, accept it and save again.'
	),
	check_list_open: say('A required check is missing.', 'Check it, tick it and confirm again.'),
	not_for_sale: say('These goods are no longer for sale.', 'Look for similar goods on the market.'),
	own_listing: say('These are goods of your own business.', 'You cannot order from yourself.'),
	need_over: say('This need is closed or its last day has passed.', 'See what else buyers are looking for.'),
	own_need: say('This is your own need.', 'You cannot offer goods to yourself.'),
	other_sector: say(
		'These goods belong to another sector than the need.',
		'Choose goods of the same sector and send the offer again.'
	),
	already_offered: say(
		'You have already offered these goods for this need.',
		'To change the quantity, take the offer back and send it again.'
	),
	offers_full: ({ number }) => ({
		what: `This need already has ${number('most') ?? ''} offers and takes no more.`,
		todo: 'See what else buyers are looking for.'
	}),
	below_minimum: ({ locale, number }) => ({
		what:
			number('minimum') === null
				? 'The quantity is below what the seller accepts.'
				: `The seller accepts orders from ${formatNumber(number('minimum') ?? 0, locale)}.`,
		todo: 'Raise the quantity and order again.'
	}),
	out_of_stock: ({ locale, number }) => ({
		what:
			number('stock') === null
				? 'There is not enough in stock.'
				: number('stock') === 0
					? 'This is sold out.'
					: `Only ${formatNumber(number('stock') ?? 0, locale)} left in stock.`,
		todo: 'Order less, or call the seller.'
	}),
	price_changed: ({ locale, number }) => ({
		what:
			number('unitPrice') === null
				? 'The price changed after you looked.'
				: `The price changed and is now ${formatDong(number('unitPrice') ?? 0, locale)}.`,
		todo: 'Nothing was ordered. Look at the new price and order again if you agree.'
	}),
	officer_not_in_agency: say('This person does not work in that unit.', 'Choose someone from the unit.'),
	wrong_credentials: say('The name or password is incorrect.', 'Check each letter and try again.'),
	wrong_code: say(
		'The code is incorrect or has already been used.',
		'Wait for the next code and enter that one.'
	),
	passkey_refused: say('This passkey cannot be used here.', 'Try again, or sign in with your password.'),
	reauthentication_needed: say(
		'Please confirm again that it is you.',
		'Enter your password or a code. What you have typed is kept.'
	),
	still_needed: say(
		'Something is not finished yet, so this cannot be closed.',
		'Finish what is listed, then try again.'
	),
	last_factor: say('This account must have a second factor.', 'Add another one first, then remove this one.'),
	too_many_attempts: ({ number }) => ({
		what: 'Too many wrong attempts.',
		todo:
			number('seconds') === null
				? 'Wait a little and try again.'
				: `Try again in ${Math.max(1, Math.ceil((number('seconds') ?? 0) / 60))} min.`
	}),
	too_many_waiting: ({ locale, number }) => ({
		what:
			number('most') === null
				? 'Many of the things you sent still wait for an answer, so this one was not taken.'
				: `${formatNumber(number('most') ?? 0, locale)} of the things you sent still wait for an answer, so this one was not taken.`,
		todo: 'What you wrote is still here. Send it again once one is answered.'
	}),
	upload_too_large: say('The photo or file is too large.', 'Take it again, or choose one below 12 MB.'),
	pdf_locked: say('This PDF has a password.', 'Save a copy without one, or photograph the paper.'),
	pdf_active: say(
		'This PDF contains a script or an attached file.',
		'Print it to a new PDF, or photograph the paper.'
	),
	pdf_unusable: say(
		'This PDF is damaged or has more than 30 pages.',
		'Download it again, or photograph the paper.'
	),
	upload_not_an_image: say(
		'This file cannot be opened as a picture.',
		'Choose a JPG, PNG or WebP picture. If it is very large, take it again in a smaller size.'
	),
	upload_hash_mismatch: say('The photo was damaged on its way.', 'Remove it and add it again.'),
	file_not_work: say(
		'This is not a file of unsent work.',
		'Choose the file ending in .santinh that the other device saved.'
	),
	file_too_new: say('This file was written by a newer app.', 'Update the app on this device and try again.'),
	file_cut: say(
		'This file is incomplete and cannot be read.',
		'Copy or send it again from the other device, wait until it has finished, then try again.'
	),
	file_of_another: say(
		'This file is someone else’s work.',
		'Ask that person to sign in and import it, or take it to an officer to hand it in.'
	),
	handover_closed: say(
		'This hand-over is already settled or has expired.',
		'Check the list again; if it is still needed, ask the officer to hand the file in again.'
	),
	voice_missing: say(
		'The exchange has not received the voice note yet.',
		'Stay online until it is sent, then send again. Record a lost one again.'
	),
	voice_unusable: say('This voice note cannot be used.', 'Remove it, record it again and send.'),
	voice_too_long: say('The voice note is too long or too large.', 'Record it again, within one minute.')
};

const words = { vi, en } as const;

/** A refusal in the person's words: what happened and what to do. */
export function refusalWords(refusal: Refusal, locale: Locale): RefusalWords {
	const facts = refusal.facts ?? {};
	// A newer exchange may say a code this build does not know yet (sync 16).
	const known = Object.hasOwn(words[locale], refusal.code) ? refusal.code : 'not_allowed';
	return words[locale][known]({
		locale,
		text: (name) => String(facts[name] ?? ''),
		number: (name) => {
			const value = facts[name];
			return typeof value === 'number' ? value : null;
		}
	});
}
