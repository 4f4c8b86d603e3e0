import { certificate, item, type Stall } from './shape.ts';

export const chieuLongDinh: Stall = {
	seller: 'chieu-long-dinh',
	place: 'Ấp Tây, tổ dệt của phụ nữ xã',
	growingAreaCode: '',
	certificates: [certificate('origin-quality', 'XN-LN-2025-07', 'UBND xã Long Định', null)],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'chanh-xe', 'tu-den-lay'],
	shippingTerms: 'Chiếu cuộn bọc ni-lông, gửi chành; nhận đổi khi lỗi dệt.',
	deliveryDays: 4,
	voice: [
		'Làng dệt chiếu hơn bảy mươi năm, nay còn 60 khung dệt.',
		'Lác trồng tại Tân Phú Đông, chẻ, phơi ba nắng rồi mới nhuộm.',
		'Chiếu mới phơi nắng nhẹ một buổi cho bay mùi lác.'
	],
	groups: [
		{
			categoryId: 'thu-cong-my-nghe',
			pictures: ['chieu-1', 'chieu-2'],
			about: 'Chiếu lác Long Định dệt dày, biên may viền, nằm mát và êm.',
			items: [
				item(
					'Chiếu lác bông 1,6 m',
					320000,
					'chiec',
					'1,6 × 2 m',
					'Bông trang trí nhuộm chảo, không phai khi lau ướt.',
					{ stock: 60 }
				),
				item('Chiếu lác trơn 1,2 m', 190000, 'chiec', '1,2 × 1,9 m', 'Màu lác mộc, nhẹ, dễ cuộn.', {
					bulk: { from: 10, price: 175000 },
					stock: 110
				}),
				item(
					'Chiếu cưới chữ hỷ',
					450000,
					'cap',
					'Cặp 1,6 × 2 m',
					'Dệt chữ song hỷ đỏ, giao trước ngày cưới.',
					{ stock: 18 }
				),
				item('Chiếu trẻ em', 95000, 'chiec', '0,6 × 1,2 m', 'Lác chẻ nhỏ, mềm, trải nôi.', { stock: 80 }),
				item(
					'Lót chén, lót bàn bằng lác',
					75000,
					'bo-san-pham',
					'Bộ 6 tấm',
					'Dệt từ lác ngắn còn lại, màu tự nhiên.',
					{ pictures: ['chieu-2'], stock: 140 }
				)
			]
		},
		{
			categoryId: 'thu-cong-my-nghe',
			pictures: ['gio-dan-1', 'gio-dan-2'],
			about: 'Đan từ lục bình và lá buông phơi khô của vùng Tân Phước, Cái Bè.',
			voice: [
				'Lục bình cắt ngoài kinh, phơi đủ năm nắng mới đan.',
				'Chị em nhận đan tại nhà, hàng gom về tổ kiểm từng chiếc.'
			],
			items: [
				item('Giỏ lục bình đi chợ', 145000, 'cai', '32 × 22 × 24 cm', 'Quai da bò, lót vải bên trong.', {
					stock: 75
				}),
				item('Sọt lục bình đựng đồ', 220000, 'cai', 'Cao 40 cm', 'Khung sắt sơn tĩnh điện, đứng vững.', {
					stock: 40
				}),
				item('Nón bàng buông', 65000, 'cai', 'Vành 38 cm', 'Nhẹ, gấp được, đi đồng hay đi biển.', {
					pictures: ['non-1'],
					bulk: { from: 20, price: 58000 },
					stock: 160
				}),
				item('Túi bàng xách tay', 130000, 'cai', '30 × 26 cm', 'Đan nong mốt, thêu tay hoa súng.', {
					pictures: ['gio-dan-1'],
					stock: 55
				})
			]
		},
		{
			categoryId: 'vai-may-mac',
			pictures: ['khan-1', 'vai-1', 'non-1'],
			about: 'Dệt và may tại tổ phụ nữ, đường may kép, nhuộm bền màu.',
			voice: ['Tổ may có tám máy, nhận sửa cỡ theo số đo.', 'Giặt tay nước đầu, phơi bóng râm cho bền màu.'],
			items: [
				item('Khăn rằn Nam Bộ', 45000, 'cai', '50 × 150 cm', 'Cotton thấm mồ hôi, càng giặt càng mềm.', {
					pictures: ['khan-1'],
					bulk: { from: 50, price: 38000 },
					stock: 420
				}),
				item('Áo bà ba may sẵn', 280000, 'cai', 'Cỡ S đến XXL', 'Vải lụa Hà, nút bấm, có túi.', {
					pictures: ['vai-1'],
					stock: 70
				}),
				item('Võng đan tay', 350000, 'cai', 'Dài 2,4 m', 'Dây dù đan mắt nhỏ, chịu 150 kg.', {
					pictures: ['vai-1'],
					stock: 30
				})
			]
		}
	]
};
