import { certificate, item, type Stall } from './shape.ts';

export const quytLaiVung: Stall = {
	seller: 'quyt-lai-vung',
	place: 'Ấp Long Thành A, Long Hậu cũ',
	growingAreaCode: 'VN-DTOR-0036',
	certificates: [certificate('safe-commitment', 'CK-ATTP-118/2026', 'UBND xã Hoà Long', '2028-01-31')],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['chanh-xe', 'buu-dien', 'tu-den-lay'],
	shippingTerms: 'Gửi xe Lai Vung đi Sài Gòn 9 giờ và 21 giờ, cước người nhận trả.',
	deliveryDays: 2,
	voice: [
		'Nhà vừa làm vườn vừa gói nem, khách đặt chung một thùng cho đỡ cước.',
		'Nem gói ngày nào ghi ngày đó, để ba ngày là chua vừa.',
		'Quýt Tết xin đặt trước từ tháng Mười âm lịch.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['quyt-1', 'quyt-2', 'vuon-cay'],
			about: 'Quýt hồng Lai Vung vỏ vàng cam bóng, dễ bóc, chua ngọt hài hòa, chín vào dịp Tết.',
			voice: [
				'Nhà vừa làm vườn vừa gói nem, khách đặt chung một thùng cho đỡ cước.',
				'Quýt Tết xin đặt trước từ tháng Mười âm lịch.'
			],
			items: [
				item(
					'Quýt hồng Lai Vung loại 1',
					65000,
					'kg',
					'Thùng 5 kg, còn lá',
					'Trái 6 đến 7 trái một ký, chưng mâm ngũ quả.',
					{ bulk: { from: 50, price: 58000 }, stock: 400, minimum: 5 }
				),
				item('Quýt đường', 34000, 'kg', 'Bao lưới 5 kg', 'Vỏ xanh ruột cam, ngọt lịm.', {
					about: 'Quýt đường trồng chung vườn với quýt hồng, vỏ xanh mỏng, dễ bóc.',
					stock: 520
				}),
				item('Mứt vỏ quýt', 58000, 'hop', 'Hộp 250 g', 'Vỏ quýt hồng ngâm xả ba nước, sên gừng.', {
					about: 'Mứt làm từ vỏ quýt hồng sau mùa Tết.',
					categoryId: 'trai-cay-che-bien',
					stock: 65,
					ingredients: 'Vỏ quýt, đường, gừng'
				}),
				item(
					'Chậu quýt hồng chưng Tết',
					1200000,
					'chau',
					'Chậu cao 1,2 m, 60 đến 80 trái',
					'Trái chín đều, giao từ 20 tháng Chạp.',
					{ categoryId: 'cay-canh', pictures: ['cay-kieng-1', 'quyt-1'], stock: 25, deliveryDays: 45 }
				)
			]
		},
		{
			categoryId: 'kho-thit-che-bien',
			pictures: ['nem-1', 'nem-2'],
			about: 'Nem Lai Vung gói lá vông, lá chuối, chua tự nhiên, không hàn the.',
			voice: [
				'Nhà vừa làm vườn vừa gói nem, khách đặt chung một thùng cho đỡ cước.',
				'Nem gói ngày nào ghi ngày đó, để ba ngày là chua vừa.'
			],
			items: [
				item(
					'Nem chua Lai Vung',
					55000,
					'chuc',
					'Chục 12 chiếc, xâu lạt',
					'Dai giòn, cay tiêu sọ, ăn kèm tỏi.',
					{ ingredients: 'Thịt nạc heo, da heo, thính, tiêu, tỏi, lá vông', stock: 180 }
				),
				item('Nem nướng tươi', 165000, 'kg', 'Khay 500 g, giữ lạnh', 'Nướng than ăn với bánh hỏi.', {
					about: 'Làm từ thịt heo còn nóng trong ngày, không hàn the.',
					pictures: ['thit-1', 'nem-1'],
					ingredients: 'Thịt heo, mỡ gáy, tỏi, đường',
					stock: 60,
					deliveryDays: 1
				}),
				item('Bì heo trộn thính', 120000, 'kg', 'Túi 500 g', 'Sợi mịn, thơm thính, cuốn bánh tráng.', {
					about: 'Da heo luộc, lạng mỡ, xắt sợi tay rồi trộn thính mới rang.',
					pictures: ['thit-1'],
					ingredients: 'Da heo, thịt nạc, thính gạo',
					stock: 45
				}),
				item('Chả lụa lá chuối', 175000, 'kg', 'Đòn 500 g', 'Giã tay, bọc ba lớp lá, hấp chín.', {
					about: 'Chả quết từ thịt đùi còn nóng, không hàn the.',
					pictures: ['nem-2', 'thit-1'],
					ingredients: 'Thịt đùi heo, nước mắm, tiêu',
					stock: 70
				}),
				item(
					'Nem chua hộp biếu',
					145000,
					'hop',
					'Hộp 24 chiếc, lót lá',
					'Gói trong ngày, kèm tỏi lột và tương ớt.',
					{ stock: 40, ingredients: 'Thịt nạc heo, da heo, thính, tiêu, tỏi, lá vông' }
				)
			]
		}
	]
};
