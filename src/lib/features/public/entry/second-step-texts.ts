import { defineTexts } from '$lib/i18n/texts.ts';

export const secondStepTexts = defineTexts({
	vi: {
		title: 'Xác thực bước hai',
		lead: 'Mở ứng dụng xác thực trên điện thoại và ghi mã 6 số đang hiện.',
		code: 'Mã xác thực',
		codeHint: 'Mất điện thoại? Ghi một mã dự phòng vào đây.',
		go: 'Tiếp tục',
		passkey: 'Dùng khóa truy cập thay cho mã',
		lost: 'Mất cả điện thoại lẫn mã dự phòng? Xin liên hệ',
		demo: (code: string) => `Bản dùng thử: mã lúc này là ${code}.`,
		demoWords: 'Chỉ tài khoản mẫu trên máy này mới hiện mã. Sàn thật không bao giờ hiện.',
		enrolTitle: 'Đặt xác thực bước hai',
		enrolLead: 'Tài khoản cán bộ cần thêm một bước ngoài mật khẩu. Làm một lần, mất chừng hai phút.',
		enrolSteps: {
			install:
				'Cài một ứng dụng xác thực trên điện thoại, ví dụ Google Authenticator hoặc Microsoft Authenticator.',
			add: 'Trong ứng dụng, chọn thêm tài khoản rồi quét hình vuông bên dưới.',
			type: 'Ghi mã 6 số ứng dụng vừa hiện vào ô cuối trang.'
		},
		square: 'Hình vuông để ứng dụng xác thực quét',
		secret: 'Không quét được? Ghi khóa này vào ứng dụng:',
		codesTitle: 'Cất các mã dự phòng',
		codesLead:
			'Khi mất điện thoại, mỗi mã dùng được một lần thay cho mã xác thực. Trang này chỉ hiện một lần: hãy chép ra giấy và cất riêng.',
		kept: 'Tôi đã cất, vào làm việc',
		passkeyTitle: 'Đăng nhập bằng khóa truy cập',
		passkeyLead: 'Dùng vân tay, khuôn mặt hoặc mã mở khóa của máy. Không cần mật khẩu.',
		passkeyGo: 'Dùng khóa truy cập',
		passkeyBusy: 'Đang chờ máy xác nhận…',
		passkeyNone: 'Trình duyệt này không dùng được khóa truy cập.',
		passkeyStopped: 'Chưa đăng nhập được. Thử lại, hoặc dùng mật khẩu.',
		withPassword: 'Đăng nhập bằng mật khẩu'
	},
	en: {
		title: 'Second step',
		lead: 'Open the authenticator app on your phone and type the 6 digits it shows.',
		code: 'Code',
		codeHint: 'Lost the phone? Type a recovery code here.',
		go: 'Continue',
		passkey: 'Use a passkey instead of the code',
		lost: 'Lost both the phone and the recovery codes? Please contact',
		demo: (code: string) => `Demo: the code of this moment is ${code}.`,
		demoWords: 'Only the demo accounts of this machine show it. A real exchange never does.',
		enrolTitle: 'Set up the second step',
		enrolLead:
			'Officers’ accounts need one step more than a password. It is done once and takes two minutes.',
		enrolSteps: {
			install:
				'Install an authenticator app on your phone, for example Google Authenticator or Microsoft Authenticator.',
			add: 'In the app, add an account and scan the square below.',
			type: 'Type the 6 digits the app now shows into the field at the end.'
		},
		square: 'Square for the authenticator app to scan',
		secret: 'Cannot scan? Type this key into the app:',
		codesTitle: 'Keep the recovery codes',
		codesLead:
			'When the phone is lost, each of them works once instead of a code. This page is shown once: copy them on paper and keep it apart.',
		kept: 'I have kept them, go on',
		passkeyTitle: 'Sign in with a passkey',
		passkeyLead: 'With the finger, face or PIN that opens your device. No password.',
		passkeyGo: 'Use the passkey',
		passkeyBusy: 'Waiting for your device…',
		passkeyNone: 'This browser cannot use passkeys.',
		passkeyStopped: 'Not signed in yet. Try again, or use the password.',
		withPassword: 'Sign in with the password'
	}
});
