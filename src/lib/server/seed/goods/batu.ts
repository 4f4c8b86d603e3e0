import { certificate, item, type Stall } from './shape.ts';

export const batu: Stall = {
	seller: 'batu',
	place: 'Ấp Tân Sơn, cồn Ngũ Hiệp',
	growingAreaCode: 'VN-TGOR-0231',
	certificates: [
		certificate(
			'vietgap',
			'VietGAP-TT-12-08-82-0031',
			'Trung tâm chứng nhận Chất lượng Nông nghiệp',
			'2028-03-31'
		)
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['chanh-xe', 'tu-den-lay', 'buu-dien'],
	shippingTerms: 'Gửi chành xe bến xe Tiền Giang lúc 17 giờ mỗi ngày, cước người nhận trả.',
	deliveryDays: 2,
	voice: [
		'Vườn nhà tôi trên cồn Ngũ Hiệp, cây trồng từ năm 2009, tưới nước sông Tiền và bón phân bò ủ hoai.',
		'Cắt trái buổi sáng, chiều gửi xe là kịp. Trái nào sượng cứ gọi tôi đổi trái khác.',
		'Mua về để nơi thoáng, trái nứt đít nhẹ, thơm là ăn được.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['sau-rieng-1', 'sau-rieng-2', 'vuon-cay', 'sau-rieng-mui-1'],
			about: 'Sầu riêng Ri6 cơm vàng, hột lép, vị béo ngọt và thơm đậm; trái để già cây đủ ngày mới cắt.',
			items: [
				item(
					'Sầu riêng Ri6 Ngũ Hiệp loại 1',
					98000,
					'kg',
					'Trái 2,5 đến 4 kg, thùng giấy 10 kg',
					'Trái tròn đều ba hộc trở lên, cuống còn tươi.',
					{ bulk: { from: 50, price: 92000 }, stock: 420, minimum: 3 }
				),
				item(
					'Sầu riêng Ri6 Ngũ Hiệp loại 2',
					72000,
					'kg',
					'Trái 1,8 đến 2,5 kg, bao lưới',
					'Trái hơi lệch hộc, cơm vẫn vàng dày như loại 1.',
					{ stock: 260, minimum: 3 }
				),
				item(
					'Sầu riêng Ri6 trái nhỏ ăn liền',
					65000,
					'kg',
					'Trái dưới 1,8 kg',
					'Hợp nhà ít người, một trái ăn vừa một bữa.',
					{ stock: 90 }
				),
				item(
					'Cơm sầu riêng Ri6 tách múi',
					320000,
					'kg',
					'Hộp 500 g, hút chân không, đi thùng đá',
					'Tách múi trong ngày, bỏ hột lép, giữ lạnh 5 ngày.',
					{ pictures: ['sau-rieng-mui-1', 'thung-hang-1'], stock: 35, deliveryDays: 1 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['sau-rieng-2', 'sau-rieng-1', 'thung-hang-1'],
			about: 'Sầu riêng Monthong (Dona) trái to, múi dày, ngọt thanh và ít nồng hơn Ri6.',
			items: [
				item(
					'Sầu riêng Monthong Ngũ Hiệp',
					105000,
					'kg',
					'Trái 3 đến 5 kg, thùng giấy',
					'Hợp người mới tập ăn sầu riêng hoặc biếu xa.',
					{ bulk: { from: 100, price: 99000 }, stock: 300, minimum: 3 }
				),
				item(
					'Cơm sầu riêng Monthong cấp đông',
					290000,
					'kg',
					'Hộp 1 kg, cấp đông',
					'Cấp đông nguyên múi, rã đông ngăn mát 6 giờ ăn như kem.',
					{ pictures: ['sau-rieng-mui-1'], stock: 60 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['chuoi-1', 'chuoi-2', 'vuon-cay'],
			about: 'Chuối trồng xen dưới tán sầu riêng, chín tự nhiên trên giàn, không ủ thuốc.',
			voice: [
				'Vườn nhà tôi trên cồn Ngũ Hiệp, cây trồng từ năm 2009, tưới nước sông Tiền và bón phân bò ủ hoai.',
				'Cắt buồng buổi sáng, chiều gửi xe là kịp.'
			],
			items: [
				item(
					'Chuối xiêm chín cây',
					18000,
					'nai',
					'Nải 12 đến 16 trái',
					'Trái tròn mập, ngọt, nướng hay nấu chè đều ngon.',
					{ stock: 70 }
				),
				item(
					'Chuối sáp luộc sẵn',
					45000,
					'kg',
					'Túi 1 kg hút chân không',
					'Luộc với lá dứa, dẻo và vàng như sáp.',
					{ stock: 25 }
				),
				item(
					'Chuối già hương',
					15000,
					'kg',
					'Nguyên buồng hoặc chia nải',
					'Vỏ mỏng, thơm, để 3 ngày là chín đều.',
					{ bulk: { from: 100, price: 12000 } }
				)
			]
		},
		{
			categoryId: 'trai-cay-che-bien',
			pictures: ['sau-rieng-mui-1', 'goi-kho-1'],
			about: 'Làm từ sầu riêng Ri6 của vườn vào mùa rộ, không thêm phẩm màu.',
			voice: [
				'Vườn nhà tôi trên cồn Ngũ Hiệp, cây trồng từ năm 2009, tưới nước sông Tiền và bón phân bò ủ hoai.',
				'Chỉ làm lúc vườn rộ trái, hết mẻ là chờ mùa sau.'
			],
			items: [
				item(
					'Sầu riêng sấy thăng hoa',
					145000,
					'hop',
					'Hộp 100 g',
					'Giòn tan, giữ gần trọn mùi của trái tươi.',
					{ ingredients: '100% cơm sầu riêng Ri6', stock: 80 }
				),
				item(
					'Mứt sầu riêng dẻo',
					95000,
					'hop',
					'Hộp 300 g, gói lá',
					'Sên lửa nhỏ bốn tiếng, dẻo thơm, ăn với trà.',
					{ ingredients: 'Cơm sầu riêng 80%, đường cát, muối', stock: 40 }
				)
			]
		}
	]
};
