import { certificate, item, type Stall } from './shape.ts';

export const ngheuTanThanh: Stall = {
	seller: 'ngheu-tan-thanh',
	place: 'Bãi biển Tân Thành',
	growingAreaCode: 'NGHEU-TT-04',
	certificates: [certificate('attp', '031/2026/ATTP-CNĐK', 'Sở Nông nghiệp và Môi trường', '2029-02-15')],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['xe-lanh', 'nguoi-ban-giao', 'tu-den-lay'],
	shippingTerms: 'Chỉ giao hàng sống trong ngày, thùng đá; ngoài tỉnh đi xe lạnh lúc 3 giờ sáng.',
	deliveryDays: 1,
	voice: [
		'Bãi được lấy mẫu nước hằng tháng, kết quả dán tại trạm.',
		'Hàng ngâm nhả cát sáu tiếng trước khi giao.',
		'Biển động thì không có hàng, tổ sẽ gọi báo và hẹn lại.'
	],
	groups: [
		{
			categoryId: 'thuy-san',
			pictures: ['ngheu-1', 'ngheu-2', 'ghe-ca'],
			about: 'Nghêu trắng Tân Thành nuôi bãi tự nhiên cửa sông, thịt đầy, ngọt nước.',
			items: [
				item(
					'Nghêu trắng lớn',
					48000,
					'kg',
					'Cỡ 40 đến 50 con một ký',
					'Đủ mười sáu tháng, hấp sả con nào mở con đó.',
					{ bulk: { from: 50, price: 43000 }, stock: 600, minimum: 2 }
				),
				item('Nghêu trắng vừa', 36000, 'kg', 'Cỡ 60 đến 70 con một ký', 'Nấu cháo, nấu canh chua đều hợp.', {
					stock: 900,
					minimum: 2
				}),
				item('Thịt nghêu luộc', 120000, 'kg', 'Túi 500 g, cấp đông', 'Luộc chín tách vỏ, rã đông là nấu.', {
					pictures: ['ngheu-2', 'ngheu-1'],
					stock: 140
				}),
				item(
					'Nghêu giống cỡ cúc áo',
					9000000,
					'tan',
					'Bao 40 kg, giao tại bãi',
					'Giống cào tự nhiên, khỏe, cho hộ nuôi bãi.',
					{ stock: 6, deliveryDays: 4 }
				)
			]
		},
		{
			categoryId: 'thuy-san',
			pictures: ['tom-1', 'tom-2', 'ghe-ca'],
			about: 'Tôm nuôi quảng canh trong vuông rừng ngập mặn Gia Thuận, lớn chậm, thịt chắc.',
			voice: [
				'Biển động thì không có hàng, tổ sẽ gọi báo và hẹn lại.',
				'Tổ thu tôm theo con nước, cỡ nào ghi đúng cỡ đó.'
			],
			items: [
				item(
					'Tôm thẻ tươi',
					165000,
					'kg',
					'Cỡ 40 con một ký, ướp đá',
					'Vớt vuông lúc nửa đêm, sáng tới chợ.',
					{ bulk: { from: 20, price: 155000 }, stock: 130 }
				),
				item(
					'Tôm sú sống',
					320000,
					'kg',
					'Cỡ 25 con một ký, bơm oxy',
					'Còn búng khi tới tay, chỉ giao dưới 80 cây số.',
					{ stock: 60 }
				),
				item('Tôm đất lột', 240000, 'kg', 'Hộp 500 g, ướp đá', 'Lột tay, nấu canh bầu ngọt nước.', {
					pictures: ['tom-1'],
					stock: 45
				})
			]
		},
		{
			categoryId: 'thuy-san',
			pictures: ['cua-1', 'muc-1', 'ghe-ca'],
			about: 'Hải sản ghe Vàm Láng đánh về trong đêm, phân loại tại bến.',
			voice: [
				'Biển động thì không có hàng, tổ sẽ gọi báo và hẹn lại.',
				'Ghe về bến lúc năm giờ, bảy giờ hàng đã lên đá.'
			],
			items: [
				item(
					'Cua biển gạch',
					420000,
					'kg',
					'Con 300 đến 500 g, buộc dây nhỏ',
					'Yếm đỏ, gạch đầy; dây buộc không quá 5 phần trăm.',
					{ pictures: ['cua-1', 'ghe-ca'], stock: 55 }
				),
				item('Cua thịt', 310000, 'kg', 'Con 400 g trở lên', 'Bóp yếm cứng tay mới bán.', {
					pictures: ['cua-1'],
					stock: 70
				}),
				item('Mực ống tươi', 230000, 'kg', 'Con 15 đến 20 cm, ướp đá', 'Còn lấp lánh, hấp gừng.', {
					pictures: ['muc-1', 'ghe-ca'],
					stock: 80
				}),
				item('Cá đối cửa sông', 95000, 'kg', 'Con 150 đến 250 g', 'Béo nhất tháng Mười, nướng muối ớt.', {
					pictures: ['ca-1', 'ca-2'],
					stock: 65
				}),
				item('Cá kèo', 135000, 'kg', 'Cá sống, túi bơm oxy', 'Lẩu lá giang hoặc kho rau răm.', {
					pictures: ['ca-2', 'ca-1'],
					stock: 50
				}),
				item('Ốc len', 90000, 'kg', 'Ốc sống, ngâm sạch', 'Bắt rừng đước Gia Thuận, xào nước cốt dừa.', {
					about: 'Ốc len bắt tay trong rừng ngập mặn ven biển.',
					pictures: ['oc-1', 'ghe-ca'],
					stock: 60
				})
			]
		}
	]
};
