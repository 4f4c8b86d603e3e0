import type { PublicListing } from '$lib/domain/listings/schema.ts';

/** One complete approved listing for the tests of this feature. */
export const mango: PublicListing = {
	id: '0b7c1c1e-5d1f-4a57-9f53-0c7b5d0a1e01',
	rev: 3,
	title: 'Xoài cát Hòa Lộc loại 1',
	categoryId: 'trai-cay',
	sectorId: 'nong-san',
	price: 85_000,
	unit: 'kg',
	bulk: { from: 20, price: 78_000 },
	stock: 300,
	minimum: 5,
	description: 'Xoài chín cây, cắt sáng giao chiều. Trái 400 đến 550 gam, cơm vàng, hạt lép, thơm.',
	ingredients: '',
	packing: 'Thùng giấy 5 kg hoặc 10 kg, lót xốp',
	wardCode: '28384',
	wardName: 'Xã Hòa Hưng',
	formerly: 'Xã Hòa Hưng, Xã Mỹ Lương (huyện Cái Bè)',
	place: 'Ấp Hòa Lộc',
	growingAreaCode: 'VN-TGOR-0095',
	certificates: [
		{ type: 'ocop', number: 'OCOP-82-0141', issuedBy: 'UBND tỉnh', expiresOn: '2028-03-31' },
		{ type: 'vietgap', number: 'VG-2025-077', issuedBy: 'Trung tâm Kiểm nghiệm', expiresOn: null }
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['chanh-xe', 'tu-den-lay', 'buu-dien'],
	shippingTerms: 'Đơn từ 20 kg người bán trả cước chành xe trong tỉnh.',
	deliveryDays: 2,
	photos: [
		{ thumb: '/files/public/a-thumb.webp', detail: '/files/public/a.webp', width: 960, height: 720 },
		{ thumb: '/files/public/b-thumb.webp', detail: '/files/public/b.webp', width: 960, height: 720 }
	],
	seller: { id: '5d1f0c7b-4a57-4f53-8c7b-0b7c1c1e5d01', name: 'HTX Xoài Hòa Lộc', phone: '0900000101' },
	agency: { id: 'so-nnmt', name: 'Sở Nông nghiệp và Môi trường' },
	approvedAt: '2026-11-18T03:20:00.000Z'
};
