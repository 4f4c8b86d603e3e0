import { defineTexts } from '$lib/i18n/texts.ts';

/** A purchase need on the desk (TG-10.3a). */
export const needTexts = defineTexts({
	vi: {
		title: 'Nội dung nhu cầu',
		rows: {
			title: 'Cần mua',
			category: 'Loại hàng',
			amount: 'Số lượng',
			price: 'Giá mong muốn',
			ward: 'Nơi giao',
			until: 'Nhận chào hàng đến hết ngày',
			description: 'Mô tả'
		},
		nobodyNamed:
			'Bảng không ghi tên người mua. Tên, số điện thoại hay địa chỉ viết trong mô tả là lý do để trả lại.'
	},
	en: {
		title: 'The need',
		rows: {
			title: 'Wanted',
			category: 'Category',
			amount: 'Quantity',
			price: 'Wanted price',
			ward: 'Deliver to',
			until: 'Offers until the end of',
			description: 'Description'
		},
		nobodyNamed:
			'The board names no buyer. A name, phone number or address in the description is a reason to return it.'
	}
});
