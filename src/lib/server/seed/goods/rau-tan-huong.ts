import { certificate, item, type Stall } from './shape.ts';

export const rauTanHuong: Stall = {
	seller: 'rau-tan-huong',
	place: 'Ấp Tân Thạnh, khu nhà lưới',
	growingAreaCode: 'VN-TGRAU-0019',
	certificates: [certificate('vietgap', 'VietGAP-TT-12-20-82-0044', 'Vinacert', '2027-10-18')],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['nguoi-ban-giao', 'tu-den-lay', 'xe-lanh'],
	shippingTerms: 'Giao Mỹ Tho, Tân Hương mỗi sáng 5 giờ; đơn từ 150.000 đ miễn phí.',
	deliveryDays: 1,
	voice: [
		'Rau cắt lúc bốn giờ sáng, bó lạt chuối, không rửa trước để tươi lâu.',
		'Nhà lưới 1,2 héc-ta, luân canh bốn loại, sổ tay đồng ruộng để khách xem.',
		'Đặt trước 18 giờ hôm trước là sáng có rau.'
	],
	groups: [
		{
			categoryId: 'rau-cu',
			pictures: ['rau-la-1', 'rau-la-2'],
			about: 'Rau ăn lá trồng nhà lưới, tưới nước giếng khoan đã kiểm mẫu.',
			items: [
				item('Cải ngọt', 16000, 'kg', 'Bó 500 g', 'Cây non 25 ngày, luộc chấm mắm.', { stock: 120 }),
				item('Cải bẹ xanh', 17000, 'kg', 'Bó 500 g', 'Hăng nhẹ, cuốn bánh xèo.', { stock: 110 }),
				item('Rau muống nước', 14000, 'kg', 'Bó 500 g', 'Cọng giòn, xào tỏi.', { stock: 160 }),
				item('Rau thơm tổng hợp', 9000, 'bo', 'Bó 200 g', 'Húng lủi, húng cây, tía tô, kinh giới.', {
					pictures: ['thao-duoc-1'],
					stock: 140
				}),
				item('Xà lách xoong', 38000, 'kg', 'Túi 500 g', 'Trồng mương nước chảy, giòn mát.', { stock: 45 }),
				item(
					'Giỏ rau tuần cho gia đình',
					120000,
					'suat',
					'Giỏ 5 kg, 6 loại',
					'Đổi loại theo mùa, mỗi thứ Bảy một giỏ.',
					{ pictures: ['rau-la-2', 'xe-giao'], stock: 40 }
				)
			]
		},
		{
			categoryId: 'rau-cu',
			pictures: ['ca-chua-1', 'dua-leo-1', 'ot-1', 'ot-2'],
			about: 'Rau ăn trái trồng giàn, bao lưới ngăn ruồi đục thay cho thuốc.',
			voice: [
				'Nhà lưới 1,2 héc-ta, luân canh bốn loại, sổ tay đồng ruộng để khách xem.',
				'Đặt trước 18 giờ hôm trước là sáng có rau.'
			],
			items: [
				item('Dưa leo', 13000, 'kg', 'Túi 1 kg', 'Trái suôn 15 phân, giòn.', {
					pictures: ['dua-leo-1'],
					bulk: { from: 50, price: 10500 },
					stock: 220
				}),
				item('Cà chua', 19000, 'kg', 'Túi 1 kg', 'Chín cây, thịt dày.', {
					pictures: ['ca-chua-1'],
					stock: 170
				}),
				item('Khổ qua', 18000, 'kg', 'Túi 1 kg', 'Gai nở, hầm thịt hay ăn sống đều được.', {
					pictures: ['dua-leo-1'],
					stock: 90
				}),
				item('Bầu sao', 12000, 'kg', 'Trái 600 đến 900 g', 'Vỏ đốm trắng, ruột ít hột, nấu tôm khô.', {
					stock: 130,
					pictures: ['dua-leo-1', 'rau-la-2']
				}),
				item('Ớt hiểm', 55000, 'kg', 'Túi 200 g đến 1 kg', 'Cay xé, cuống xanh.', {
					pictures: ['ot-1', 'ot-2'],
					stock: 40
				}),
				item('Bắp nếp tím', 6000, 'trai', 'Trái tươi nguyên vỏ', 'Dẻo ngọt, luộc với ít muối.', {
					about: 'Bắp nếp trồng bìa nhà lưới, bẻ lúc hạt còn non.',
					pictures: ['bap-1', 'bap-2'],
					bulk: { from: 50, price: 5000 },
					stock: 400
				})
			]
		},
		{
			categoryId: 'rau-cu',
			pictures: ['nam-rom-1', 'nam-rom-2'],
			about: 'Nấm rơm chất trong nhà bằng rơm khô sau vụ gặt, không bón hóa chất.',
			voice: ['Hái lúc hai giờ sáng khi nấm còn búp.', 'Đặt trước 18 giờ hôm trước là sáng có rau.'],
			items: [
				item('Nấm rơm búp', 95000, 'kg', 'Khay 500 g, giữ lạnh', 'Búp chưa nở, kho tiêu hoặc nấu cháo.', {
					stock: 55
				}),
				item('Nấm rơm muối', 60000, 'hu', 'Hũ 500 g', 'Muối nhạt, xả nước một lần trước khi nấu.', {
					about: 'Nấm rơm búp chần sơ và muối nhạt trong ngày hái.',
					categoryId: 'trai-cay-che-bien',
					pictures: ['hu-mam-1', 'nam-rom-1'],
					ingredients: 'Nấm rơm, nước, muối',
					stock: 90
				})
			]
		}
	]
};
