import { z } from 'zod';
import { line, link, template, text } from '../template.ts';

const what = z.enum([
	'new_device',
	'password_changed',
	'second_factor_added',
	'second_factor_removed',
	'sessions_ended'
]);
type What = z.output<typeof what>;

const vi: Record<What, string> = {
	new_device: 'Tài khoản của bạn vừa được đăng nhập trên một máy mới',
	password_changed: 'Mật khẩu của tài khoản vừa được đổi',
	second_factor_added: 'Tài khoản vừa được thêm một cách đăng nhập hai bước',
	second_factor_removed: 'Một cách đăng nhập hai bước vừa bị gỡ khỏi tài khoản',
	sessions_ended: 'Mọi phiên đăng nhập của tài khoản vừa được kết thúc'
};
const en: Record<What, string> = {
	new_device: 'Somebody has signed in to your account on a new device',
	password_changed: 'The password of your account has been changed',
	second_factor_added: 'A second step of signing in was added to your account',
	second_factor_removed: 'A second step of signing in was removed from your account',
	sessions_ended: 'All sessions of your account have been ended'
};

/** What a member should hear of at once, in case somebody else did it. */
export const securityTemplates = {
	security_notice: template(z.strictObject({ what, at: line(40) }), {
		vi: (p) => ({
			subject: vi[p.what],
			blocks: [
				text(`${vi[p.what]}, lúc ${p.at}.`),
				text('Nếu là bạn thì không cần làm gì. Nếu không phải, hãy báo ngay và đổi mật khẩu.'),
				link('Xem bảo mật tài khoản', '/app/me/security')
			],
			sms: `${vi[p.what]}, lúc ${p.at}. Nếu không phải bạn, hãy đổi mật khẩu ngay.`
		}),
		en: (p) => ({
			subject: en[p.what],
			blocks: [
				text(`${en[p.what]}, at ${p.at}.`),
				text('If it was you, there is nothing to do. If not, tell us and change your password at once.'),
				link('See the security of your account', '/app/me/security')
			],
			sms: `${en[p.what]}, at ${p.at}. If it was not you, change your password at once.`
		})
	})
};
