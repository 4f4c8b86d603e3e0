import { certificate, item, type Stall } from './shape.ts';

export const soRiBinhAn: Stall = {
	seller: 'so-ri-binh-an',
	place: 'Ấp Xóm Bàng, đường tỉnh 862',
	growingAreaCode: 'VN-TGOR-0077',
	certificates: [certificate('ocop', 'OCOP-82-2023-011', 'UBND tỉnh Tiền Giang', '2027-06-30')],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'xe-lanh', 'chanh-xe', 'tu-den-lay'],
	shippingTerms: 'Trái tươi chỉ đi xe lạnh hoặc giao trong ngày; hàng chế biến gửi bưu điện.',
	deliveryDays: 2,
	voice: [
		'Sơ ri trồng đất giồng cát gần biển Gò Công, chịu được nước lợ.',
		'Hái tay lúc ba giờ sáng, bảy giờ đã lên xe.',
		'Cơ sở có sáu chị em trong xóm cùng làm, mẻ nào ra mẻ nấy.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['so-ri-1', 'so-ri-2', 'vuon-cay'],
			about: 'Sơ ri Gò Công chín đỏ, mọng nước, chua ngọt, giàu vitamin C.',
			items: [
				item('Sơ ri chua Gò Công', 15000, 'kg', 'Khay 5 kg', 'Hợp làm nước ép, si rô, ngâm đường.', {
					bulk: { from: 100, price: 12000 },
					stock: 700,
					deliveryDays: 1
				}),
				item('Sơ ri ngọt Gò Công', 24000, 'kg', 'Hộp 2 kg', 'Ăn tươi chấm muối ớt, để tủ lạnh được 3 ngày.', {
					stock: 220,
					deliveryDays: 1
				}),
				item('Sơ ri cấp đông', 32000, 'kg', 'Túi 1 kg, cấp đông', 'Rửa sạch, bỏ cuống, dùng dần cả năm.', {
					stock: 400
				})
			]
		},
		{
			categoryId: 'trai-cay-che-bien',
			pictures: ['so-ri-1', 'hu-mam-1', 'goi-kho-1'],
			about: 'Sơ ri chín được nấu trong ngày hái, giữ màu đỏ tự nhiên.',
			voice: [
				'Sơ ri trồng đất giồng cát gần biển Gò Công, chịu được nước lợ.',
				'Cơ sở có sáu chị em trong xóm cùng làm, mẻ nào ra mẻ nấy.'
			],
			items: [
				item('Mứt sơ ri', 55000, 'hu', 'Hũ 300 g', 'Phết bánh mì, pha trà đá, chua ngọt dễ chịu.', {
					pictures: ['hu-mam-1', 'so-ri-1'],
					ingredients: 'Sơ ri 65%, đường, chanh',
					stock: 130
				}),
				item('Sơ ri sấy dẻo', 58000, 'goi', 'Gói 150 g', 'Bỏ hột, phơi và sấy hai lửa.', {
					ingredients: 'Sơ ri, đường',
					stock: 85
				}),
				item('Si rô sơ ri', 68000, 'chai', 'Chai 500 ml', 'Hai muỗng với nước đá là một ly giải nhiệt.', {
					pictures: ['nuoc-dua-1', 'so-ri-1'],
					ingredients: 'Nước cốt sơ ri, đường mía',
					stock: 100
				})
			]
		},
		{
			categoryId: 'do-uong-co-con',
			pictures: ['ruou-vang-2', 'ruou-vang-1'],
			about: 'Vang sơ ri Gò Công, độ cồn 12 phần trăm, chỉ bán cho người từ đủ 18 tuổi.',
			voice: [
				'Sơ ri trồng đất giồng cát gần biển Gò Công, chịu được nước lợ.',
				'Cơ sở có sáu chị em trong xóm cùng làm, mẻ nào ra mẻ nấy.'
			],
			items: [
				item(
					'Vang sơ ri Gò Công 12°',
					150000,
					'chai',
					'Chai 750 ml',
					'Màu hồng ngọc, hậu chua, ủ lạnh rồi mở.',
					{ ingredients: 'Nước sơ ri lên men, đường', stock: 95 }
				),
				item('Vang sơ ri hộp đôi', 320000, 'hop', 'Hộp 2 chai kèm ly', 'Hộp gỗ thông, hợp quà cuối năm.', {
					ingredients: 'Nước sơ ri lên men, đường',
					stock: 24
				})
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['dua-hau-1', 'dua-hau-2'],
			about: 'Dưa hấu trồng trên đất giồng sau vụ lúa, ruột đỏ, cát và ngọt.',
			voice: ['Ruộng dưa lót rơm, mỗi dây chỉ để một trái.', 'Cắt trước mặt khách, trái nào non trả lại.'],
			items: [
				item(
					'Dưa hấu Gò Công',
					12000,
					'kg',
					'Trái 3 đến 5 kg',
					'Dưa đủ 65 ngày mới cắt dây, vỗ kêu bụp bụp.',
					{ bulk: { from: 200, price: 9000 }, stock: 2600 }
				),
				item('Dưa hấu không hột', 17000, 'kg', 'Trái 2 đến 3 kg', 'Vỏ mỏng, ruột đỏ tươi, trẻ nhỏ ăn tiện.', {
					stock: 900
				}),
				item(
					'Dưa hấu ruột vàng',
					18000,
					'kg',
					'Trái 2 đến 3 kg',
					'Ruột vàng tươi, giòn, ngọt thanh hơn ruột đỏ.',
					{ about: 'Dưa hấu ruột vàng trồng trên đất giồng sau vụ lúa.', stock: 650 }
				)
			]
		}
	]
};
