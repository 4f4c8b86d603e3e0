import { certificate, item, type Stall } from './shape.ts';

export const senMyQui: Stall = {
	seller: 'sen-my-qui',
	place: 'Ấp Mỹ Tây, nhà sơ chế hợp tác xã',
	growingAreaCode: 'VN-DTSEN-0003',
	certificates: [
		certificate('ocop', 'OCOP-87-2024-003', 'UBND tỉnh Đồng Tháp', '2027-10-01'),
		certificate('haccp', 'HACCP-VN-3107', 'Vinacontrol', '2028-04-25')
	],
	payment: ['chuyen-khoan', 'tien-mat'],
	shipping: ['buu-dien', 'don-vi-van-chuyen', 'chanh-xe', 'tu-den-lay'],
	shippingTerms: 'Gửi toàn quốc 2 đến 4 ngày, hạt tươi đi thùng đá.',
	deliveryDays: 3,
	voice: [
		'Sen trồng trên ruộng lúa mùa nước nổi, một năm hai vụ.',
		'Chị em trong ấp tách hạt, rút tim bằng tay, công tính theo ký.',
		'Hợp tác xã dùng hết cây sen: hạt, tim, lá, ngó và tơ.'
	],
	groups: [
		{
			categoryId: 'gao-ngu-coc',
			pictures: ['hat-sen-1', 'sen-2', 'sen-1'],
			about: 'Hạt sen Tháp Mười bùi, thơm, tách vỏ và bỏ tim trong ngày.',
			items: [
				item(
					'Hạt sen tươi bóc vỏ',
					155000,
					'kg',
					'Túi 500 g, hút chân không, đi đá',
					'Đã rút tim, nấu chè mười lăm phút là mềm.',
					{ bulk: { from: 20, price: 145000 }, stock: 130, deliveryDays: 1 }
				),
				item('Hạt sen khô', 290000, 'kg', 'Túi 500 g', 'Hạt già phơi khô, hầm gà, nấu sữa hạt.', {
					stock: 180
				}),
				item('Hạt sen sấy giòn', 75000, 'hop', 'Hộp 150 g', 'Sấy chân không, ăn liền, ít muối.', {
					categoryId: 'trai-cay-che-bien',
					pictures: ['hat-sen-1', 'goi-kho-1'],
					ingredients: 'Hạt sen 97%, muối',
					stock: 260
				}),
				item('Ngó sen ngâm chua ngọt', 48000, 'hu', 'Hũ 500 g', 'Giòn trắng, trộn gỏi tôm thịt.', {
					about: 'Ngó sen Tháp Mười trắng giòn, tước sợi và ngâm trong ngày.',
					categoryId: 'trai-cay-che-bien',
					pictures: ['hu-mam-1', 'sen-1'],
					ingredients: 'Ngó sen, giấm, đường, tỏi, ớt',
					stock: 150
				})
			]
		},
		{
			categoryId: 'tra',
			pictures: ['tra-1', 'tra-2', 'sen-1'],
			about: 'Trà từ cây sen, sao khô bằng chảo gang, không hương liệu.',
			items: [
				item('Trà tim sen', 95000, 'hop', 'Hộp 100 g', 'Đắng nhẹ, hậu ngọt, thường uống buổi tối.', {
					ingredients: '100% tim sen',
					stock: 170
				}),
				item('Trà lá sen túi lọc', 52000, 'hop', 'Hộp 25 túi', 'Mùi lá thanh, pha nóng hoặc ủ lạnh.', {
					ingredients: '100% lá sen',
					stock: 240
				}),
				item('Trà ướp hương sen', 180000, 'hop', 'Hộp 100 g', 'Trà xanh ướp gạo sen ba lần.', {
					pictures: ['tra-1', 'sen-1'],
					ingredients: 'Trà xanh, gạo sen',
					stock: 60
				}),
				item('Trà mãng cầu', 68000, 'hop', 'Hộp 200 g', 'Mãng cầu xiêm Tân Phú Đông, chua thơm.', {
					about: 'Trà trái cây sấy lạnh, không hương liệu.',
					pictures: ['tra-2'],
					ingredients: '100% mãng cầu xiêm sấy',
					stock: 130
				})
			]
		},
		{
			categoryId: 'do-uong',
			pictures: ['nuoc-ep-1', 'sen-2'],
			about: 'Sữa và nước từ hạt sen, không chất bảo quản.',
			items: [
				item('Sữa hạt sen', 20000, 'chai', 'Chai 300 ml', 'Thanh trùng, giữ lạnh 7 ngày.', {
					pictures: ['nuoc-ep-1', 'hat-sen-1'],
					ingredients: 'Hạt sen, sữa tươi, đường phèn',
					stock: 210
				})
			]
		},
		{
			categoryId: 'thuc-pham-chuc-nang',
			pictures: ['thao-duoc-1', 'goi-kho-1'],
			about: 'Dược liệu trồng sạch, sấy thấp nhiệt; không phải là thuốc, không thay thuốc chữa bệnh.',
			items: [
				item(
					'Tim sen sấy túi lọc phối cúc',
					88000,
					'hop',
					'Hộp 30 túi',
					'Tim sen, hoa cúc, táo đỏ thái lát.',
					{ ingredients: 'Tim sen 40%, hoa cúc 30%, táo đỏ', stock: 120 }
				),
				item('Bột sen dinh dưỡng', 165000, 'hop', 'Hộp 400 g', 'Hạt sen, đậu xanh, gạo lứt rang xay.', {
					ingredients: 'Hạt sen 60%, đậu xanh, gạo lứt',
					stock: 100
				})
			]
		}
	]
};
