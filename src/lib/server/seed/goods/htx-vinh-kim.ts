import { certificate, item, type Stall } from './shape.ts';

export const htxVinhKim: Stall = {
	seller: 'htx-vinh-kim',
	place: 'Chợ trái cây Vĩnh Kim',
	growingAreaCode: 'VN-TGOR-0042',
	certificates: [
		certificate('globalgap', 'GGN 4049929100012', 'Control Union', '2027-05-10'),
		certificate('ocop', 'OCOP-82-2024-022', 'UBND tỉnh Tiền Giang', '2027-12-20')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['chanh-xe', 'tu-den-lay', 'don-vi-van-chuyen'],
	shippingTerms: 'Xe tải của chợ Vĩnh Kim lên Bình Điền, Thủ Đức mỗi đêm; gửi kèm tính theo thùng.',
	deliveryDays: 1,
	voice: [
		'Vú sữa của tổ Lò Rèn trồng trên đất phù sa ngọt ven rạch Sầm Giang.',
		'Từng trái bọc xốp lưới, xếp một lớp để không dập.',
		'Bóp tròn cho mềm rồi khoét núm mà ăn, giữ lạnh càng ngon.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['vu-sua-1', 'vu-sua-2', 'vuon-cay', 'thung-hang-1'],
			about: 'Vú sữa Lò Rèn Vĩnh Kim vỏ mỏng trắng xanh ửng hồng, nhiều nước như sữa, ngọt thanh.',
			items: [
				item(
					'Vú sữa Lò Rèn Vĩnh Kim loại 1',
					68000,
					'kg',
					'Trái trên 250 g, thùng 5 kg',
					'Trái đầu vụ, tròn láng, đủ chuẩn đóng hàng đi Mỹ.',
					{ bulk: { from: 50, price: 62000 }, stock: 310, minimum: 2 }
				),
				item(
					'Vú sữa Lò Rèn loại 2',
					45000,
					'kg',
					'Trái 180 đến 250 g',
					'Trái nhỏ hơn, vỏ hơi nám nắng, vị không đổi.',
					{ stock: 380 }
				),
				item(
					'Vú sữa Lò Rèn mua theo chục',
					165000,
					'chuc',
					'Chục 12 trái, khay giấy',
					'Bán theo lối chợ xưa, một chục đủ mười hai trái.',
					{ stock: 80 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['vu-sua-1', 'vu-sua-2'],
			about: 'Vú sữa tím Mica vỏ tím sẫm, dày cơm, để lâu hơn vú sữa trắng.',
			items: [
				item('Vú sữa tím Mica', 52000, 'kg', 'Trái 300 đến 400 g', 'Ruột tím nhạt, béo và ít mủ.', {
					stock: 190
				}),
				item(
					'Vú sữa tím hộp biếu',
					290000,
					'hop',
					'Hộp 8 trái',
					'Xếp khay xốp, giao trong 24 giờ sau khi cắt.',
					{ stock: 35 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['man-1', 'man-2'],
			about: 'Mận An Phước trồng ở Phú Phong, trái đỏ sẫm, đặc ruột, giòn ngọt.',
			voice: [
				'Bà con quanh chợ Vĩnh Kim đem tới mỗi sáng, hợp tác xã lựa lại rồi mới đóng thùng.',
				'Từng trái bọc xốp lưới, xếp một lớp để không dập.'
			],
			items: [
				item('Mận An Phước đỏ', 30000, 'kg', 'Khay 5 kg', 'Cắt sáng, rửa sạch là ăn, không cần gọt.', {
					bulk: { from: 50, price: 26000 },
					stock: 260
				}),
				item('Mận hồng đào đá', 26000, 'kg', 'Bao lưới 5 kg', 'Giòn rụm, ngọt nhẹ, hợp làm nước ép.', {
					about: 'Mận hồng đào trồng quanh chợ Vĩnh Kim, trái chuông màu hồng.',
					stock: 180
				}),
				item(
					'Sa pô mặc bắc',
					27000,
					'kg',
					'Thùng 8 kg',
					'Ủ hai ngày là mềm, thịt mịn và ngọt như đường thốt nốt.',
					{
						about: 'Sa pô mặc bắc Kim Sơn ngọt, thịt mịn, không sạn cát.',
						pictures: ['sa-po-1', 'vuon-cay'],
						stock: 330
					}
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['oi-1', 'oi-2'],
			about: 'Ổi trồng bao trái từ nhỏ, giòn, ít hột.',
			voice: [
				'Ổi cắt khi da vừa căng bóng, để hai ngày là thơm.',
				'Bà con quanh chợ Vĩnh Kim đem tới mỗi sáng, hợp tác xã lựa lại rồi mới đóng thùng.'
			],
			items: [
				item('Ổi lê Đài Loan', 16000, 'kg', 'Thùng 10 kg', 'Trái 300 đến 500 g, giòn và ngọt mát.', {
					stock: 420
				}),
				item('Ổi nữ hoàng', 22000, 'kg', 'Thùng 10 kg', 'Ruột trắng, gần như không hột, thơm nhẹ.', {
					stock: 300
				})
			]
		}
	]
};
