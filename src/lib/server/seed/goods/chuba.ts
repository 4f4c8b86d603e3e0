import { certificate, item, type Stall } from './shape.ts';

export const chuba: Stall = {
	seller: 'chuba',
	place: 'Ấp Thái Hòa, gần ngã ba Cổ Cò',
	growingAreaCode: 'VN-TGOR-0118',
	certificates: [certificate('ocop', 'OCOP-82-2024-017', 'UBND tỉnh Tiền Giang', '2027-12-20')],
	payment: ['tien-mat', 'chuyen-khoan', 'coc-truoc'],
	shipping: ['chanh-xe', 'nguoi-ban-giao', 'tu-den-lay'],
	shippingTerms: 'Giao tận nơi trong xã và Cái Bè; đi xa gửi chành xe Cổ Cò.',
	deliveryDays: 2,
	voice: [
		'Vườn một mẫu ba, cây cho trái quanh năm, tôi chỉ cắt trái đủ tám tháng.',
		'Bưởi để chỗ mát mười ngày vỏ hơi héo ăn càng ngọt.',
		'Đặt từ 20 trái trở lên xin báo trước một ngày để lựa trái đều.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['buoi-1', 'buoi-2', 'vuon-cay', 'thung-hang-1'],
			about: 'Bưởi da xanh ruột hồng, tróc múi, mọng nước, ngọt thanh không the.',
			items: [
				item(
					'Bưởi da xanh loại 1',
					55000,
					'trai',
					'Trái 1,4 đến 1,8 kg, bọc lưới',
					'Trái tròn, da bóng, còn cuống lá để chưng được.',
					{ bulk: { from: 50, price: 49000 }, stock: 480 }
				),
				item(
					'Bưởi da xanh loại 2',
					38000,
					'trai',
					'Trái 1 đến 1,4 kg',
					'Da có sẹo gió nhẹ, múi bên trong không khác loại 1.',
					{ stock: 350 }
				),
				item(
					'Bưởi da xanh bóc múi sẵn',
					62000,
					'hop',
					'Hộp 500 g, giữ lạnh',
					'Bóc tay, lột vỏ lụa, ăn liền trong 3 ngày.',
					{ pictures: ['buoi-2'], stock: 30, deliveryDays: 1 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['buoi-1', 'buoi-2', 'nha-vuon'],
			about:
				'Bưởi lông Cổ Cò có lớp lông mịn trên vỏ, múi hồng nhạt, vị ngọt pha chua nhẹ; giống cũ của vùng Cái Bè.',
			items: [
				item(
					'Bưởi lông Cổ Cò',
					32000,
					'trai',
					'Trái 0,9 đến 1,3 kg',
					'Ai ăn quen không chê chua, trộn gỏi tôm thịt rất hợp.',
					{ bulk: { from: 60, price: 27000 }, stock: 600 }
				),
				item(
					'Bưởi lông Cổ Cò cặp biếu',
					85000,
					'cap',
					'Cặp 2 trái, giỏ tre',
					'Lựa hai trái bằng nhau, có lá, buộc dây lạt.',
					{ stock: 45 }
				),
				item(
					'Gỏi bưởi làm sẵn',
					65000,
					'hop',
					'Hộp 600 g, giữ lạnh',
					'Tép bưởi, tôm khô, rau răm, nước trộn để riêng.',
					{
						categoryId: 'trai-cay-che-bien',
						stock: 25,
						deliveryDays: 1,
						pictures: ['buoi-2', 'tom-1'],
						ingredients: 'Bưởi, tôm khô, rau răm, nước mắm, đường, ớt'
					}
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['quyt-1', 'quyt-2'],
			about: 'Cam vắt tại vườn Cái Bè, vỏ mỏng, nhiều nước, không phun thuốc trong 20 ngày trước khi cắt.',
			voice: [
				'Cam trồng xen giữa liếp bưởi, tôi tự cắt tự chở nên trái còn nguyên phấn.',
				'Đặt bao nhiêu cắt bấy nhiêu, không để tồn.'
			],
			items: [
				item('Cam sành vắt nước', 19000, 'kg', 'Bao lưới 10 kg', 'Trái vừa, một ký vắt được hai ly đầy.', {
					bulk: { from: 100, price: 15500 },
					stock: 900
				}),
				item('Cam xoàn', 36000, 'kg', 'Thùng 10 kg', 'Ngọt đằm, cắt múi ăn tráng miệng.', { stock: 240 }),
				item('Chanh không hạt', 16000, 'kg', 'Bao lưới 10 kg', 'Vỏ mỏng, nhiều nước, pha trà hay ướp cá.', {
					about: 'Chanh trồng bìa liếp bưởi, ra trái quanh năm.',
					pictures: ['chanh-1'],
					stock: 380
				})
			]
		},
		{
			categoryId: 'tinh-dau',
			pictures: ['tinh-dau-1', 'tinh-dau-2'],
			about: 'Chưng cất hơi nước từ vỏ bưởi của vườn, mùi the nhẹ và tươi.',
			voice: ['Vỏ lấy từ bưởi gọt bán múi nên vườn không bỏ phí thứ gì.'],
			items: [
				item(
					'Tinh dầu vỏ bưởi',
					120000,
					'chai',
					'Chai 30 ml, thủy tinh nâu',
					'Xịt tóc hoặc xông phòng, vài giọt là đủ thơm.',
					{ ingredients: 'Tinh dầu vỏ bưởi nguyên chất', stock: 65 }
				)
			]
		}
	]
};
