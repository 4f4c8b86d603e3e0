import { certificate, item, type Stall } from './shape.ts';

export const haiHuong: Stall = {
	seller: 'hai-huong',
	place: 'Đường Nguyễn Huệ, gần chợ Gò Công',
	growingAreaCode: '',
	certificates: [
		certificate('ocop', 'OCOP-82-2023-002', 'UBND tỉnh Tiền Giang', '2027-06-30'),
		certificate('attp', '067/2025/ATTP-CNĐK', 'Sở Nông nghiệp và Môi trường', '2028-04-11')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'chanh-xe', 'tu-den-lay', 'don-vi-van-chuyen'],
	shippingTerms: 'Hũ bọc ba lớp màng và mút; bể đổi hũ mới.',
	deliveryDays: 3,
	voice: [
		'Nghề mắm của nhà đã ba đời, vẫn phơi nắng biển và chà tay.',
		'Mở nắp xong để ngăn mát, múc bằng muỗng khô thì giữ được nửa năm.',
		'Khách quen gọi trước một tuần để có mẻ đúng nắng.'
	],
	groups: [
		{
			categoryId: 'mam-gia-vi',
			pictures: ['tom-1', 'mam-2', 'hu-mam-1'],
			about:
				'Mắm tôm chà Gò Công làm từ tôm đất lột vỏ, chà qua rây, phơi nắng nhiều ngày, xưa từng tiến cung.',
			items: [
				item(
					'Mắm tôm chà Gò Công',
					145000,
					'hu',
					'Hũ 250 g',
					'Sánh đỏ, thơm mùi gạch tôm, ăn với bún thịt luộc.',
					{ ingredients: 'Tôm đất 82%, muối, đường, rượu, tỏi ớt', stock: 210 }
				),
				item('Mắm tôm chà hũ lớn', 270000, 'hu', 'Hũ 500 g', 'Cùng một mẻ với hũ nhỏ, hợp nhà đông.', {
					ingredients: 'Tôm đất 82%, muối, đường, rượu, tỏi ớt',
					bulk: { from: 12, price: 250000 },
					stock: 120
				}),
				item(
					'Mắm tôm chà hộp quà',
					390000,
					'hop',
					'Hộp 2 hũ 250 g và bánh tráng',
					'Có thiệp kể chuyện món mắm đất Gò.',
					{ ingredients: 'Tôm đất 82%, muối, đường, rượu, tỏi ớt', stock: 40 }
				),
				item(
					'Mắm tôm chà ít cay',
					148000,
					'hu',
					'Hũ 250 g',
					'Bớt ớt một nửa cho trẻ nhỏ và người lớn tuổi.',
					{ ingredients: 'Tôm đất 84%, muối, đường, rượu, tỏi', stock: 75 }
				)
			]
		},
		{
			categoryId: 'mam-gia-vi',
			pictures: ['mam-1', 'mam-ca-2', 'hu-mam-1'],
			about: 'Ủ chượp trong lu sành phơi sân, kéo rút tự nhiên.',
			items: [
				item(
					'Nước mắm cá cơm 35 độ đạm',
					95000,
					'chai',
					'Chai 500 ml',
					'Ủ mười hai tháng, mặn trước ngọt sau.',
					{ ingredients: 'Cá cơm, muối biển', bulk: { from: 24, price: 86000 }, stock: 380 }
				),
				item('Nước mắm ruốc Gò Công', 60000, 'chai', 'Chai 500 ml', 'Màu cánh gián, nấu bún nước lèo.', {
					pictures: ['mam-2'],
					ingredients: 'Ruốc, muối biển',
					stock: 190
				}),
				item('Mắm ruốc chà', 70000, 'hu', 'Hũ 400 g', 'Nhuyễn mịn, chấm xoài, chiên cơm.', {
					pictures: ['hu-mam-1', 'tom-1'],
					ingredients: 'Ruốc tươi, muối',
					stock: 160
				}),
				item('Mắm còng Phú Đông', 110000, 'hu', 'Hũ 400 g', 'Còng lột tháng Năm, ướp nước mắm tỏi ớt.', {
					pictures: ['hu-mam-1', 'cua-1'],
					ingredients: 'Còng lột, nước mắm, tỏi, ớt, đường',
					stock: 55
				}),
				item(
					'Mắm cá lóc thính',
					130000,
					'hu',
					'Hũ 500 g',
					'Thính gạo rang, chao đường thốt nốt, chưng trứng.',
					{ pictures: ['hu-mam-1', 'ca-1'], ingredients: 'Cá lóc, thính, đường thốt nốt, muối', stock: 85 }
				)
			]
		},
		{
			categoryId: 'mam-gia-vi',
			pictures: ['ot-1', 'ot-2', 'hanh-toi-1'],
			about: 'Gia vị pha sẵn của nhà mắm, dùng cho bữa cơm hằng ngày.',
			items: [
				item('Muối ớt tôm', 35000, 'hu', 'Hũ 200 g', 'Tôm khô giã, ớt hiểm, chấm trái cây.', {
					pictures: ['ot-1', 'tom-1'],
					ingredients: 'Muối, tôm khô 15%, ớt, tỏi',
					stock: 240
				}),
				item('Sa tế tôm', 42000, 'hu', 'Hũ 200 g', 'Phi sả tỏi thơm, cay vừa.', {
					pictures: ['ot-2', 'tom-1'],
					ingredients: 'Ớt, sả, tỏi, tôm khô, dầu',
					stock: 170
				})
			]
		}
	]
};
