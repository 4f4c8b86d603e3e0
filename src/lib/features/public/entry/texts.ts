import { defineTexts } from '$lib/i18n/texts.ts';

export const entryTexts = defineTexts({
	vi: {
		signInTitle: 'Đăng nhập',
		signInLead: 'Dành cho người bán, người mua và cán bộ. Xem hàng thì không cần đăng nhập.',
		name: 'Số điện thoại, e-mail hoặc tên đăng nhập',
		password: 'Mật khẩu',
		signIn: 'Đăng nhập',
		forgot: 'Quên mật khẩu? Xin liên hệ',
		sharedTitle: 'Dùng chung máy?',
		sharedBody: 'Làm xong bà con nhớ đăng xuất ở mục Cá nhân. Máy sẽ hỏi trước nếu còn việc chưa gửi.',
		setupTitle: 'Thiết lập lần đầu',
		setupLead: 'Đường dẫn này dùng được một lần, để tạo tài khoản quản trị đầu tiên của sàn.',
		fullName: 'Họ và tên',
		userName: 'Tên đăng nhập',
		userNameHint: 'Từ 3 đến 40 ký tự: chữ không dấu, số, dấu chấm.',
		newPassword: 'Mật khẩu mới',
		newPasswordHint: 'Ít nhất 10 ký tự.',
		create: 'Tạo tài khoản quản trị',
		badLink: 'Đường dẫn đã dùng rồi, đã hết hạn hoặc gõ chưa đủ. Người vận hành có thể tạo đường dẫn mới.',
		badName: 'Xin ghi họ và tên.',
		badUserName: 'Tên đăng nhập chưa đúng hoặc đã có người dùng.',
		badPassword: 'Mật khẩu quá ngắn.'
	},
	en: {
		signInTitle: 'Sign in',
		signInLead: 'For sellers, buyers and officers. Looking at the goods needs no account.',
		name: 'Phone number, e-mail or user name',
		password: 'Password',
		signIn: 'Sign in',
		forgot: 'Forgot the password? Please contact',
		sharedTitle: 'Sharing this device?',
		sharedBody: 'Sign out under Me when you are done. The device asks first if some work has not been sent.',
		setupTitle: 'First set-up',
		setupLead: 'This link works once, to create the first administrator of the exchange.',
		fullName: 'Full name',
		userName: 'User name',
		userNameHint: '3 to 40 characters: letters without accents, digits, dots.',
		newPassword: 'New password',
		newPasswordHint: 'At least 10 characters.',
		create: 'Create the administrator',
		badLink: 'This link was used, has expired or is incomplete. The operator can make a new one.',
		badName: 'Please give the full name.',
		badUserName: 'This user name is not valid or already taken.',
		badPassword: 'The password is too short.'
	}
});
