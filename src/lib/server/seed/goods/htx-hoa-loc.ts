import { certificate, item, type Stall } from './shape.ts';

export const htxHoaLoc: Stall = {
	seller: 'htx-hoa-loc',
	place: 'Ấp Hòa, cạnh trụ sở hợp tác xã',
	growingAreaCode: 'VN-TGOR-0095',
	certificates: [
		certificate('ocop', 'OCOP-82-2023-004', 'UBND tỉnh Tiền Giang', '2027-06-30'),
		certificate('vietgap', 'VietGAP-TT-13-02-82-0009', 'Viện Cây ăn quả miền Nam', '2027-11-15')
	],
	payment: ['tien-mat', 'chuyen-khoan', 'coc-truoc'],
	shipping: ['chanh-xe', 'tu-den-lay', 'buu-dien', 'don-vi-van-chuyen'],
	shippingTerms: 'Đóng thùng xốp lót giấy, cước theo bảng giá nhà xe, hợp tác xã hỗ trợ thùng.',
	deliveryDays: 2,
	voice: [
		'Hợp tác xã có 42 hộ, mỗi thùng ghi tên nhà vườn và ngày cắt.',
		'Trái được bao giấy từ lúc bằng ngón tay cái nên da sạch, ít sâu.',
		'Ủ ba ngày trong thùng giấy là chín đều, đừng bỏ tủ lạnh khi còn xanh.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['xoai-1', 'xoai-2', 'vuon-cay', 'thung-hang-1'],
			about: 'Xoài cát Hòa Lộc có chỉ dẫn địa lý, thịt vàng tươi, không xơ, ngọt và thơm.',
			items: [
				item(
					'Xoài cát Hòa Lộc loại 1',
					85000,
					'kg',
					'Trái 450 đến 650 g, thùng 10 kg',
					'Trái thuôn, da phủ phấn, không vết đen.',
					{ bulk: { from: 20, price: 78000 }, stock: 680, minimum: 5 }
				),
				item(
					'Xoài cát Hòa Lộc loại 2',
					58000,
					'kg',
					'Trái 300 đến 450 g, thùng 10 kg',
					'Da có chấm nhỏ, thịt ngọt như loại 1.',
					{ bulk: { from: 50, price: 52000 }, stock: 540, minimum: 5 }
				),
				item(
					'Xoài cát Hòa Lộc hộp quà',
					420000,
					'hop',
					'Hộp 6 trái, tem truy xuất',
					'Lựa trái trên 500 g, lót rơm giấy, kèm thiệp.',
					{ stock: 55 }
				),
				item(
					'Xoài cát Hòa Lộc chín cây',
					95000,
					'kg',
					'Hộp 3 kg, giao trong ngày',
					'Chín trên cây, mềm và rất thơm, chỉ giao trong tỉnh.',
					{ stock: 40, deliveryDays: 1 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['xoai-2', 'xoai-1'],
			about: 'Xoài tượng da xanh ăn sống, giòn và chua nhẹ, cắt khi cơm đã dày.',
			voice: [
				'Hợp tác xã có 42 hộ, mỗi thùng ghi tên nhà vườn và ngày cắt.',
				'Trái được bao giấy từ lúc bằng ngón tay cái nên da sạch, ít sâu.'
			],
			items: [
				item(
					'Xoài tượng da xanh',
					24000,
					'kg',
					'Trái 700 g đến 1 kg',
					'Chấm mắm ruốc hoặc bào gỏi khô cá sặc.',
					{ bulk: { from: 100, price: 19000 }, stock: 800 }
				),
				item('Xoài keo ăn giòn', 17000, 'kg', 'Bao lưới 10 kg', 'Loại bình dân, mua nhiều cho quán gỏi.', {
					about: 'Xoài ăn sống của nhà vườn xã viên, cắt khi cơm đã dày.',
					stock: 700
				}),
				item('Xoài cát chua làm gỏi', 21000, 'kg', 'Bao lưới 5 kg', 'Trái hườm, bào sợi không bở.', {
					about: 'Xoài cát còn xanh, tỉa bớt cho cây nuôi trái.',
					stock: 420
				})
			]
		},
		{
			categoryId: 'trai-cay-che-bien',
			pictures: ['xoai-1', 'goi-kho-1', 'lo-bep'],
			about: 'Chế biến tại xưởng của hợp tác xã từ xoài cát loại 2, không chất bảo quản.',
			voice: [
				'Hợp tác xã có 42 hộ, mỗi thùng ghi tên nhà vườn và ngày cắt.',
				'Xưởng làm theo mẻ 200 ký, ghi ngày sấy trên từng gói.'
			],
			items: [
				item('Xoài sấy dẻo', 78000, 'goi', 'Gói 200 g', 'Sấy lạnh, còn mềm, ngọt tự nhiên.', {
					ingredients: 'Xoài cát 95%, đường 5%',
					stock: 210
				}),
				item('Bánh tráng xoài', 52000, 'goi', 'Gói 250 g', 'Phơi nắng hai ngày, dẻo, chua ngọt.', {
					pictures: ['banh-trang-1', 'xoai-1'],
					ingredients: 'Xoài cát, đường, mè',
					stock: 120
				}),
				item('Nước cốt xoài đông lạnh', 96000, 'kg', 'Túi 1 kg', 'Dùng pha sinh tố, làm kem, bánh.', {
					ingredients: '100% thịt xoài cát',
					stock: 150
				})
			]
		}
	]
};
