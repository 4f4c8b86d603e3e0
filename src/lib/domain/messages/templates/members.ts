import { z } from 'zod';
import { code, codeBlock, line, link, minutes, template, text } from '../template.ts';

const neverAsked = {
	vi: 'Sàn không bao giờ gọi điện hay nhắn tin hỏi mã này. Đừng đọc mã cho bất kỳ ai.',
	en: 'The exchange never calls or writes to ask for this code. Do not read it to anybody.'
};

const codeAndMinutes = z.strictObject({ code, minutes });

/** TG-8: what registration and the ways to reach a member send. */
export const memberTemplates = {
	/** To a phone or an e-mail that nobody is registered with. */
	activation_code: template(codeAndMinutes, {
		vi: (p) => ({
			subject: `${p.code} là mã kích hoạt tài khoản`,
			blocks: [
				text('Mã kích hoạt tài khoản của bạn trên sàn:'),
				codeBlock(p.code),
				text(`Mã dùng được trong ${p.minutes} phút. ${neverAsked.vi}`),
				text('Nếu bạn không đăng ký, hãy bỏ qua: không có mã thì không ai mở được tài khoản.')
			],
			sms: `${p.code} là mã kích hoạt tài khoản, dùng trong ${p.minutes} phút. Không đọc mã cho bất kỳ ai.`
		}),
		en: (p) => ({
			subject: `${p.code} is your activation code`,
			blocks: [
				text('The code that activates your account on the exchange:'),
				codeBlock(p.code),
				text(`It works for ${p.minutes} minutes. ${neverAsked.en}`),
				text('If you did not register, ignore this: without the code nobody can open the account.')
			],
			sms: `${p.code} activates your account, for ${p.minutes} minutes. Do not read it to anybody.`
		})
	}),

	/** Somebody registers with what this member has: the answer on the screen is the same, so the member hears it here. */
	already_registered: template(z.strictObject({}), {
		vi: () => ({
			subject: 'Bạn đã có tài khoản trên sàn',
			blocks: [
				text('Vừa có người đăng ký bằng số điện thoại hoặc thư điện tử này, mà bạn đã có tài khoản rồi.'),
				text('Nếu là bạn: hãy đăng nhập, hoặc đặt lại mật khẩu nếu quên.'),
				link('Đăng nhập', '/sign-in'),
				text('Nếu không phải bạn: không cần làm gì, tài khoản của bạn không thay đổi.')
			],
			sms: 'Bạn đã có tài khoản trên sàn. Nếu vừa đăng ký, hãy đăng nhập; nếu không, không cần làm gì.'
		}),
		en: () => ({
			subject: 'You already have an account',
			blocks: [
				text('Somebody has just registered with this phone or e-mail, and you already have an account.'),
				text('If it was you: sign in, or set a new password if you forgot it.'),
				link('Sign in', '/sign-in'),
				text('If it was not you: there is nothing to do, your account has not changed.')
			],
			sms: 'You already have an account. If it was you, sign in; if not, there is nothing to do.'
		})
	}),

	/** To the new phone or e-mail, before it takes the place of the old. */
	contact_code: template(codeAndMinutes, {
		vi: (p) => ({
			subject: `${p.code} là mã xác nhận liên hệ mới`,
			blocks: [
				text('Nhập mã này trên sàn để xác nhận số điện thoại hoặc thư điện tử mới của bạn:'),
				codeBlock(p.code),
				text(`Mã dùng được trong ${p.minutes} phút. ${neverAsked.vi}`)
			],
			sms: `${p.code} là mã xác nhận liên hệ mới, dùng trong ${p.minutes} phút. Không đọc mã cho bất kỳ ai.`
		}),
		en: (p) => ({
			subject: `${p.code} confirms your new contact`,
			blocks: [
				text('Enter this code on the exchange to confirm your new phone or e-mail:'),
				codeBlock(p.code),
				text(`It works for ${p.minutes} minutes. ${neverAsked.en}`)
			],
			sms: `${p.code} confirms your new contact, for ${p.minutes} minutes. Do not read it to anybody.`
		})
	}),

	/** To the old phone or e-mail, after it was replaced. */
	contact_changed: template(z.strictObject({ at: line(40) }), {
		vi: (p) => ({
			subject: 'Liên hệ của tài khoản đã đổi',
			blocks: [
				text(`Số điện thoại hoặc thư điện tử của tài khoản đã được đổi lúc ${p.at}.`),
				text('Nếu không phải bạn đổi, hãy báo ngay ở mục “Ai đó dùng tài khoản của tôi”.'),
				link('Báo ngay', '/app/me/sessions')
			],
			sms: `Liên hệ của tài khoản đã đổi lúc ${p.at}. Nếu không phải bạn, hãy báo ngay trên sàn.`
		}),
		en: (p) => ({
			subject: 'The contact of your account has changed',
			blocks: [
				text(`The phone or e-mail of your account was changed at ${p.at}.`),
				text('If it was not you, tell us at once under “Somebody uses my account”.'),
				link('Tell us', '/app/me/sessions')
			],
			sms: `The contact of your account was changed at ${p.at}. If it was not you, tell us at once.`
		})
	}),

	/** TG-16.1: the Board has looked at a report. `answer` are the words of whoever answered. */
	misuse_answered: template(z.strictObject({ code, answer: line(1_000), byName: line(120) }), {
		vi: (p) => ({
			subject: `Đã xem báo cáo ${p.code} của bạn`,
			blocks: [
				text(`Báo cáo ${p.code} “Ai đó dùng tài khoản của tôi” đã có trả lời của ${p.byName}:`),
				text(p.answer),
				link('Xem máy đang đăng nhập', '/app/me/sessions')
			],
			sms: `Báo cáo ${p.code} của bạn đã có trả lời. Đăng nhập sàn, mục Máy đang đăng nhập, để xem.`
		}),
		en: (p) => ({
			subject: `Your report ${p.code} was looked at`,
			blocks: [
				text(`${p.byName} answered your report ${p.code}, “Somebody uses my account”:`),
				text(p.answer),
				link('See where you are signed in', '/app/me/sessions')
			],
			sms: `Your report ${p.code} was answered. Sign in to read it, beside the devices that use your account.`
		})
	}),

	password_reset_code: template(codeAndMinutes, {
		vi: (p) => ({
			subject: `${p.code} là mã đặt lại mật khẩu`,
			blocks: [
				text('Mã đặt lại mật khẩu của bạn:'),
				codeBlock(p.code),
				text(`Mã dùng được trong ${p.minutes} phút. ${neverAsked.vi}`),
				text('Nếu bạn không yêu cầu, hãy bỏ qua: mật khẩu của bạn không thay đổi.')
			],
			sms: `${p.code} là mã đặt lại mật khẩu, dùng trong ${p.minutes} phút. Không đọc mã cho bất kỳ ai.`
		}),
		en: (p) => ({
			subject: `${p.code} sets a new password`,
			blocks: [
				text('The code to set a new password:'),
				codeBlock(p.code),
				text(`It works for ${p.minutes} minutes. ${neverAsked.en}`),
				text('If you did not ask for it, ignore this: your password has not changed.')
			],
			sms: `${p.code} sets a new password, for ${p.minutes} minutes. Do not read it to anybody.`
		})
	})
};
