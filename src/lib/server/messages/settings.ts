import { z } from 'zod';

export type MailSettings = {
	readonly host: string;
	readonly port: number;
	/** Encrypted from the first byte (`smtps:`, port 465); otherwise the line is upgraded where the server can. */
	readonly secure: boolean;
	readonly user: string | null;
	readonly password: string | null;
	readonly from: { readonly name: string; readonly address: string };
};

export type SmsSettings = {
	readonly url: string;
	readonly token: string | null;
	/** JSON with `{to}`, `{text}` and `{id}` in its strings. */
	readonly template: unknown;
};

/** How messages leave; null = they are kept and read by an operator (docs/operations.md). */
export type MessageSettings = { readonly mail: MailSettings | null; readonly sms: SmsSettings | null };

const address = /^[^\s@<>"]+@[^\s@<>"]+$/;

const smtpUrl = z
	.url({ protocol: /^smtps?$/ })
	.transform((text) => new URL(text))
	.refine((url) => url.hostname !== '' && url.search === '' && /^\/?$/.test(url.pathname));

const from = z
	.string()
	.regex(/^[^\r\n]*$/)
	.transform((text, ctx) => {
		const named = /^(.*?)\s*<([^<>]+)>$/.exec(text);
		const found = { name: named?.[1]?.replace(/^"|"$/g, '') ?? '', address: named?.[2] ?? text };
		if (address.test(found.address)) return found;
		ctx.addIssue('no address');
		return z.NEVER;
	});

const template = z
	.string()
	.refine((text) => text.includes('{to}') && text.includes('{text}'))
	.transform((text, ctx): unknown => {
		try {
			return JSON.parse(text);
		} catch {
			ctx.addIssue('not JSON');
			return z.NEVER;
		}
	});

const fields = {
	SMTP_URL: {
		schema: smtpUrl,
		fix: 'dùng dạng smtps://tên:mật-khẩu@máy-chủ-thư:465 hoặc smtp://máy-chủ-thư:587 (ký tự lạ trong mật khẩu viết dạng %..), hoặc bỏ trống để thư được giữ lại'
	},
	SMTP_HOST: {
		schema: z.string().regex(/^[\w.:-]+$/),
		fix: 'đặt tên máy chủ thư, ví dụ SMTP_HOST=mail.tinh.gov.vn'
	},
	SMTP_PORT: {
		schema: z
			.string()
			.regex(/^\d{1,5}$/)
			.transform(Number)
			.pipe(z.int().min(1).max(65535)),
		fix: 'đặt một số từ 1 đến 65535: 587 (nâng cấp mã hóa) hoặc 465 (mã hóa từ đầu)'
	},
	SMTP_USER: { schema: z.string().min(1), fix: 'đặt tên tài khoản gửi thư' },
	SMTP_PASSWORD: { schema: z.string().min(1), fix: 'đặt mật khẩu của tài khoản gửi thư' },
	SMTP_FROM: {
		schema: from,
		fix: 'đặt người gửi, ví dụ SMTP_FROM="Sàn Tiền Giang <khong-tra-loi@san.example.vn>"'
	},
	SMS_URL: {
		schema: z.url({ protocol: /^https?$/ }),
		fix: 'đặt địa chỉ cổng nhắn tin, ví dụ SMS_URL=https://sms.example.vn/send, hoặc bỏ trống để tin được giữ lại'
	},
	SMS_TOKEN: {
		schema: z.string().regex(/^[\x21-\x7e]+$/),
		fix: 'đặt mã truy cập của cổng nhắn tin, không có dấu cách'
	},
	SMS_TEMPLATE: {
		schema: template,
		fix: 'đặt JSON có {to} và {text}, ví dụ SMS_TEMPLATE=\'{"phone":"{to}","content":"{text}","ref":"{id}"}\''
	}
} as const;

/** Reads one variable: undefined when it is missing, or wrong, which is written down. */
type Read = <S extends z.ZodType>(
	name: string,
	field: { readonly schema: S; readonly fix: string }
) => z.output<S> | undefined;
type Problem = { readonly name: string; readonly problem: string; readonly fix: string };

const usualTemplate = { to: '{to}', text: '{text}', id: '{id}' };

/** The settings from what was read; adds to `problems` what does not fit together. */
export function messageSettings(
	read: Read,
	given: (name: keyof typeof fields) => boolean,
	problems: Problem[]
): MessageSettings {
	const url = read('SMTP_URL', fields.SMTP_URL);
	const host = url?.hostname ?? read('SMTP_HOST', fields.SMTP_HOST);
	const sender = read('SMTP_FROM', fields.SMTP_FROM);
	const port = read('SMTP_PORT', fields.SMTP_PORT);
	const user = url?.username ? decodeURIComponent(url.username) : read('SMTP_USER', fields.SMTP_USER);
	const password = url?.password
		? decodeURIComponent(url.password)
		: read('SMTP_PASSWORD', fields.SMTP_PASSWORD);
	const smsUrl = read('SMS_URL', fields.SMS_URL);
	const token = read('SMS_TOKEN', fields.SMS_TOKEN);
	const smsTemplate = read('SMS_TEMPLATE', fields.SMS_TEMPLATE);

	const wrong = (name: keyof typeof fields, problem: string) =>
		problems.push({ name, problem, fix: fields[name].fix });
	const mailGiven = given('SMTP_URL') || given('SMTP_HOST');
	if (given('SMTP_URL') && given('SMTP_HOST'))
		problems.push({
			name: 'SMTP_HOST',
			problem: 'đặt cả SMTP_URL lẫn SMTP_HOST',
			fix: 'giữ một trong hai'
		});
	if (mailGiven && !given('SMTP_FROM')) wrong('SMTP_FROM', 'chưa đặt, trong khi đã có máy chủ thư');
	if (user !== undefined && password === undefined && !given('SMTP_PASSWORD'))
		wrong('SMTP_PASSWORD', 'chưa đặt, trong khi đã có tên tài khoản gửi thư');
	if ((given('SMS_TOKEN') || given('SMS_TEMPLATE')) && !given('SMS_URL'))
		wrong('SMS_URL', 'chưa đặt, trong khi đã có phần khác của cổng nhắn tin');

	const secure = url ? url.protocol === 'smtps:' : port === 465;
	const portOfUrl = url?.port ? Number(url.port) : undefined;
	return {
		mail:
			host !== undefined && sender !== undefined
				? {
						host: host.replace(/^\[|\]$/g, ''),
						port: portOfUrl ?? port ?? (secure ? 465 : 587),
						secure,
						user: user ?? null,
						password: password ?? null,
						from: sender
					}
				: null,
		sms: smsUrl ? { url: smsUrl, token: token ?? null, template: smsTemplate ?? usualTemplate } : null
	};
}
