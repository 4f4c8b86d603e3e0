import { certificate, item, type Stall } from './shape.ts';

export const tuThoSauNghia: Stall = {
	seller: 'tu-tho-sau-nghia',
	place: 'Đường Võ Duy Linh, làng nghề tủ thờ',
	growingAreaCode: '',
	certificates: [
		certificate('ocop', 'OCOP-82-2023-019', 'UBND tỉnh Tiền Giang', '2027-06-30'),
		certificate('business-registration', '53K8001234', 'UBND thành phố Gò Công', null)
	],
	payment: ['coc-truoc', 'chuyen-khoan', 'tien-mat'],
	shipping: ['nguoi-ban-giao', 'tu-den-lay', 'don-vi-van-chuyen'],
	shippingTerms: 'Xe của xưởng chở và ráp tận nhà miền Tây, Sài Gòn; nơi khác tính cước riêng.',
	deliveryDays: 20,
	voice: [
		'Xưởng theo nghề từ đời ông nội, thợ cẩn ốc làm tay từng miếng.',
		'Khách chọn gỗ, chọn tích cẩn; xưởng gửi hình từng giai đoạn.',
		'Bảo hành mối mọt năm năm, cong vênh sửa tận nhà.'
	],
	groups: [
		{
			categoryId: 'thu-cong-my-nghe',
			pictures: ['tu-tho-1', 'tu-tho-2'],
			about: 'Tủ thờ Gò Công dáng ba khuôn, ghép mộng không đinh, cẩn ốc xà cừ tích xưa.',
			items: [
				item(
					'Tủ thờ Gò Công gỗ gõ đỏ 1,57 m',
					38000000,
					'cai',
					'Ngang 1,57 m, cao 1,27 m',
					'Cẩn Nhị thập tứ hiếu, chân quỳ chạm lá cúc.',
					{ stock: 3 }
				),
				item(
					'Tủ thờ gỗ cẩm lai 1,27 m',
					52000000,
					'cai',
					'Ngang 1,27 m, cao 1,17 m',
					'Vân gỗ tự nhiên, đánh vẹc-ni tay mười hai lớp.',
					{ stock: 1 }
				),
				item('Tủ thờ gỗ căm xe 1,37 m', 24500000, 'cai', 'Ngang 1,37 m', 'Cẩn tứ quý, hợp nhà phố.', {
					stock: 4
				}),
				item(
					'Tủ thờ nhỏ chung cư 0,97 m',
					14500000,
					'cai',
					'Ngang 0,97 m',
					'Bỏ ngăn chân cho nhẹ, thang máy chở vừa.',
					{ stock: 5 }
				)
			]
		},
		{
			categoryId: 'thu-cong-my-nghe',
			pictures: ['tu-tho-2', 'gio-dan-1'],
			about: 'Đồ gỗ nhỏ làm từ phần gỗ còn lại khi đóng tủ, cùng loại gỗ và nước sơn.',
			items: [
				item('Khay trà cẩn ốc', 850000, 'cai', 'Khay 45 × 28 cm', 'Cẩn hoa sen, lòng khay lau ướt được.', {
					pictures: ['tu-tho-2', 'tra-1'],
					stock: 22
				}),
				item(
					'Hộp đựng trầu cẩn xà cừ',
					620000,
					'cai',
					'Hộp 18 × 12 cm',
					'Nắp khít, đựng nữ trang cũng đẹp.',
					{ stock: 15 }
				),
				item('Bài vị gỗ gõ', 480000, 'cai', 'Cao 41 cm', 'Khắc chữ theo yêu cầu, chữ Việt hoặc chữ Hán.', {
					stock: 12
				}),
				item(
					'Ghế đôn gỗ căm xe',
					1350000,
					'cap',
					'Cặp 2 đôn cao 45 cm',
					'Mặt tròn 30 phân, chịu lực 120 kg.',
					{ stock: 8 }
				),
				item(
					'Kệ sách gỗ căm xe',
					4800000,
					'cai',
					'Cao 1,6 m, 5 tầng',
					'Ghép mộng như tủ thờ, tháo ráp được.',
					{ stock: 6 }
				)
			]
		}
	]
};
