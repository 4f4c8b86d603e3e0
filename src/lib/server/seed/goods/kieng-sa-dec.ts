import { certificate, item, type Stall } from './shape.ts';

export const kiengSaDec: Stall = {
	seller: 'kieng-sa-dec',
	place: 'Khóm Tân Hiệp, làng hoa Tân Quy Đông',
	growingAreaCode: '',
	certificates: [certificate('business-registration', '51G8004321', 'UBND thành phố Sa Đéc', null)],
	payment: ['tien-mat', 'chuyen-khoan', 'coc-truoc'],
	shipping: ['nguoi-ban-giao', 'chanh-xe', 'tu-den-lay'],
	shippingTerms: 'Chậu lớn chở xe tải kèm người xuống cây; chậu nhỏ đóng khay gửi chành.',
	deliveryDays: 3,
	voice: [
		'Vườn đặt giàn trên mặt nước, mùa nước lên chèo xuồng tưới.',
		'Mua cây được chỉ cách chăm, hỏi lúc nào cũng trả lời.',
		'Cây chết trong bảy ngày do vận chuyển, vườn gửi lại cây khác.'
	],
	groups: [
		{
			categoryId: 'hoa',
			pictures: ['hoa-hong-1', 'hoa-hong-2', 'bo-hoa-1'],
			about: 'Hoa chậu Sa Đéc trồng từ cành giâm tại vườn, ra hoa rồi mới bán.',
			items: [
				item(
					'Hồng Sa Đéc chậu',
					45000,
					'chau',
					'Chậu 20 cm, cao 35 cm',
					'Đang có hai đến ba bông, chịu nóng.',
					{ bulk: { from: 50, price: 36000 }, stock: 520 }
				),
				item('Cúc mâm xôi', 130000, 'chau', 'Tán 40 đến 50 cm', 'Nụ đều, nở đúng Tết nếu đặt trước.', {
					pictures: ['hoa-cuc-1', 'xe-giao'],
					stock: 380,
					deliveryDays: 30
				}),
				item('Hoa giấy nhiều màu', 95000, 'chau', 'Chậu 25 cm', 'Ghép ba màu một gốc, phơi nắng suốt ngày.', {
					pictures: ['hoa-giay-1', 'xe-giao'],
					stock: 210
				}),
				item('Vạn thọ lùn', 18000, 'chau', 'Chậu 15 cm', 'Bông vàng to, trồng bồn ven đường.', {
					pictures: ['hoa-cuc-1', 'cay-kieng-2'],
					bulk: { from: 100, price: 14000 },
					stock: 1500
				}),
				item('Hướng dương lùn', 38000, 'chau', 'Chậu 18 cm, cao 45 cm', 'Một bông lớn, giữ hoa hai tuần.', {
					pictures: ['hoa-cuc-1'],
					stock: 260
				})
			]
		},
		{
			categoryId: 'cay-canh',
			pictures: ['cay-kieng-1', 'cay-kieng-2', 'nha-vuon'],
			about: 'Cây kiểng uốn sửa nhiều năm, đất trộn xơ dừa và trấu hun.',
			items: [
				item(
					'Sanh bonsai dáng làng',
					3200000,
					'chau',
					'Cao 65 cm, chậu sành',
					'Tán bốn tầng, đã ổn định ba năm.',
					{ stock: 6 }
				),
				item(
					'Mai vàng năm cánh',
					1500000,
					'chau',
					'Cao 1,1 m, gốc 5 cm',
					'Lặt lá rằm tháng Chạp là nở Tết.',
					{ stock: 40, deliveryDays: 5 }
				),
				item('Kim tiền để bàn', 120000, 'chau', 'Chậu sứ 15 cm', 'Chịu bóng mát, mười ngày tưới một lần.', {
					about: 'Cây để bàn trồng từ lá, chậu sứ, đất tơi.',
					stock: 190
				}),
				item('Lưỡi hổ chậu sứ', 85000, 'chau', 'Chậu 18 cm', 'Dễ sống, đặt phòng làm việc.', {
					about: 'Cây trong nhà tách bụi, đã bén rễ ba tháng.',
					stock: 240
				})
			]
		},
		{
			categoryId: 'cay-canh',
			pictures: ['cay-giong-1', 'vuon-cay'],
			about: 'Cây giống ghép từ cây đầu dòng có hồ sơ, bầu đất chắc rễ.',
			items: [
				item(
					'Cây giống sầu riêng Ri6',
					95000,
					'cay',
					'Bầu 20 × 35 cm, cao 80 cm',
					'Ghép mười hai tháng, lá già sẵn sàng xuống mô.',
					{ bulk: { from: 100, price: 85000 }, stock: 900 }
				),
				item('Cây giống bưởi da xanh', 38000, 'cay', 'Bầu 15 × 25 cm', 'Gốc ghép bưởi chua, chịu phèn.', {
					stock: 1200
				}),
				item(
					'Cây giống xoài cát Hòa Lộc',
					42000,
					'cay',
					'Bầu 15 × 30 cm',
					'Mắt ghép lấy từ vườn được công nhận.',
					{ stock: 700 }
				)
			]
		}
	]
};
