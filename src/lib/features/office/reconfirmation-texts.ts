import { defineTexts } from '$lib/i18n/texts.ts';

export const reconfirmationTexts = defineTexts({
	vi: {
		measure: 'Biện pháp đang áp dụng',
		steps: {
			warn: 'Nhắc nhở',
			hide_product: 'Gỡ sản phẩm',
			suspend: 'Khóa',
			end: 'Chấm dứt',
			refer: 'Chuyển cơ quan khác'
		},
		targets: { account: 'tài khoản', business: 'cơ sở', listing: 'sản phẩm' },
		taken: (name: string, at: string) => `${name}, ${at}`,
		open: (code: string) => `Xem hồ sơ xử lý ${code}`,
		request: 'Người bị khóa đã khắc phục',
		erased: 'Nội dung đã xóa theo yêu cầu của chủ tài khoản.',
		paper: (number: number) => `Giấy tờ ${number}`,
		noPapers: 'Không kèm hình giấy tờ.'
	},
	en: {
		measure: 'The measure in force',
		steps: {
			warn: 'Warning',
			hide_product: 'Product removed',
			suspend: 'Lock',
			end: 'Terminated',
			refer: 'Referred to another body'
		},
		targets: { account: 'account', business: 'business', listing: 'product' },
		taken: (name, at) => `${name}, ${at}`,
		open: (code) => `View case ${code}`,
		request: 'What has been fixed',
		erased: 'Erased at the account owner’s request.',
		paper: (number) => `Paper ${number}`,
		noPapers: 'No photos of papers attached.'
	}
});
