import { certificate, item, type Stall } from './shape.ts';

export const htxMyXuong: Stall = {
	seller: 'htx-my-xuong',
	place: 'Ấp Mỹ Thới, nhà lạnh của hợp tác xã',
	growingAreaCode: 'VN-DTOR-0011',
	certificates: [
		certificate('vietgap', 'VietGAP-TT-13-10-87-0004', 'Vinacert', '2028-02-20'),
		certificate('ocop', 'OCOP-87-2024-009', 'UBND tỉnh Đồng Tháp', '2027-10-01')
	],
	payment: ['chuyen-khoan', 'tien-mat', 'coc-truoc'],
	shipping: ['chanh-xe', 'don-vi-van-chuyen', 'tu-den-lay'],
	shippingTerms: 'Khách nhận nuôi cây được giao tận nhà, cước tính theo vùng.',
	deliveryDays: 2,
	voice: [
		'Mỗi thùng có mã để xem cây, ngày bao trái và ngày cắt.',
		'Hợp tác xã nhận đặt trước cả vụ cho bếp ăn và cửa hàng.',
		'Xoài hái còn cuống ba phân để mủ không chảy lên da.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['xoai-1', 'xoai-2', 'vuon-cay'],
			about: 'Xoài cát Chu Cao Lãnh vỏ mỏng, thịt vàng, ngọt đậm hơi chua, rất thơm.',
			items: [
				item(
					'Xoài cát Chu Cao Lãnh loại 1',
					42000,
					'kg',
					'Thùng 8 kg',
					'Trái 350 đến 450 g, chín đều sau ba ngày.',
					{ bulk: { from: 80, price: 37000 }, stock: 640, minimum: 4 }
				),
				item('Xoài cát Chu loại 2', 28000, 'kg', 'Thùng 10 kg', 'Trái nhỏ, hợp làm sinh tố và kem.', {
					stock: 560
				}),
				item(
					'Xoài cát Hòa Lộc trồng Mỹ Xương',
					76000,
					'kg',
					'Thùng 8 kg',
					'Giống Hòa Lộc trên đất cồn Cao Lãnh, vị ngọt sắc hơn.',
					{ about: 'Xoài cát Hòa Lộc trồng trên đất cồn Cao Lãnh, thịt vàng tươi, không xơ.', stock: 210 }
				),
				item(
					'Nhận nuôi một cây xoài',
					2500000,
					'cay',
					'Một mùa, ít nhất 50 kg trái',
					'Cây có bảng tên, xem vườn bất cứ lúc nào, thiếu trái hợp tác xã bù.',
					{
						about: 'Một cây xoài cát Chu mang tên mình trong vườn của hợp tác xã.',
						pictures: ['vuon-cay', 'xoai-1'],
						stock: 18,
						deliveryDays: 60
					}
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['nhan-1', 'nhan-2'],
			about: 'Nhãn trồng cù lao, cắt theo chùm lúc vỏ vừa vàng da bò.',
			voice: [
				'Hợp tác xã nhận đặt trước cả vụ cho bếp ăn và cửa hàng.',
				'Mỗi thùng ghi tên nhà vườn và ngày cắt.'
			],
			items: [
				item(
					'Nhãn xuồng cơm vàng',
					48000,
					'kg',
					'Chùm, bao lưới 2 kg',
					'Cơm dày ráo nước, ngọt thơm như mật.',
					{ stock: 260 }
				),
				item('Nhãn Idor', 29000, 'kg', 'Bao lưới 5 kg', 'Trái to, hột nhỏ, để được lâu.', {
					bulk: { from: 100, price: 24000 },
					stock: 520
				}),
				item('Nhãn sấy long nhãn', 260000, 'kg', 'Túi 500 g', 'Lột vỏ sấy than, dẻo, nấu chè sen.', {
					about: 'Long nhãn làm từ nhãn xuồng loại nhỏ của xã viên.',
					categoryId: 'trai-cay-che-bien',
					stock: 45
				})
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['mit-1', 'mit-2', 'chom-chom-1', 'chom-chom-2'],
			about: 'Trái của các hộ xã viên quanh cồn, gom bán chung để nhà ít cây cũng có đầu ra.',
			voice: [
				'Hợp tác xã nhận đặt trước cả vụ cho bếp ăn và cửa hàng.',
				'Mỗi thùng ghi tên nhà vườn và ngày cắt.'
			],
			items: [
				item('Mít Thái nguyên trái', 14000, 'kg', 'Trái 8 đến 12 kg', 'Gai nở, vỗ kêu trầm là đã chín tới.', {
					pictures: ['mit-1', 'mit-2'],
					stock: 1400
				}),
				item('Múi mít tách sẵn', 55000, 'hop', 'Hộp 700 g', 'Múi vàng giòn, bỏ hột, giữ lạnh.', {
					pictures: ['mit-2', 'mit-1'],
					stock: 45,
					deliveryDays: 1
				}),
				item('Chôm chôm nhãn', 33000, 'kg', 'Bao lưới 5 kg', 'Tróc hột, giòn ngọt, râu còn tươi.', {
					pictures: ['chom-chom-1', 'chom-chom-2'],
					stock: 320
				})
			]
		}
	]
};
