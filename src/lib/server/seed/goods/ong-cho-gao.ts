import { certificate, item, type Stall } from './shape.ts';

export const ongChoGao: Stall = {
	seller: 'ong-cho-gao',
	place: 'Ấp Bình Hạnh, vườn dừa xen ca cao',
	growingAreaCode: '',
	certificates: [certificate('ocop', 'OCOP-82-2024-027', 'UBND tỉnh Tiền Giang', '2027-12-20')],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'tu-den-lay', 'don-vi-van-chuyen'],
	shippingTerms: 'Bọc chống sốc, gửi bưu điện thứ Hai, Tư, Sáu.',
	deliveryDays: 3,
	voice: [
		'Trại có 180 thùng ong, dời theo mùa nhãn, mùa dừa, mùa tràm.',
		'Mật quay khi lỗ tổ đã vít nắp, để lắng rồi mới vô chai.',
		'Trời lạnh mật đóng đường là chuyện thường, ngâm nước ấm là tan.'
	],
	groups: [
		{
			categoryId: 'mat-ong',
			pictures: ['mat-ong-1', 'mat-ong-2', 'vuon-cay'],
			about: 'Mật ong nguyên chất quay tại vườn, không pha đường, độ ẩm dưới 21 phần trăm.',
			items: [
				item(
					'Mật ong hoa nhãn',
					160000,
					'chai',
					'Chai thủy tinh 500 ml',
					'Vàng nhạt, thơm hoa, quay tháng Ba.',
					{ bulk: { from: 12, price: 148000 }, stock: 230 }
				),
				item('Mật ong hoa dừa', 140000, 'chai', 'Chai 500 ml', 'Màu hổ phách, ngọt dịu, có quanh năm.', {
					stock: 280
				}),
				item('Mật ong hoa tràm', 170000, 'chai', 'Chai 500 ml', 'Đậm và hơi the, từ rừng tràm Tân Phước.', {
					stock: 120
				}),
				item('Sáp ong nguyên tầng', 220000, 'hop', 'Hộp 500 g', 'Cắt nguyên tầng còn vít nắp, nhai cả sáp.', {
					about: 'Lấy từ thùng ong của trại lúc cầu mật đã vít nắp.',
					stock: 30
				}),
				item(
					'Mật ong chín 250 ml',
					85000,
					'chai',
					'Chai 250 ml, vòi rót',
					'Lượng vừa cho nhà ít người, mật hoa dừa và hoa nhãn.',
					{ stock: 190 }
				),
				item('Phấn hoa', 130000, 'hu', 'Hũ 250 g', 'Phơi âm can, rắc sữa chua.', {
					about: 'Phấn hoa dừa và hoa tràm hứng ở cửa tổ mỗi sáng.',
					stock: 75
				})
			]
		},
		{
			categoryId: 'ca-phe-ca-cao',
			pictures: ['ca-cao-1', 'ca-cao-2', 'vuon-dua'],
			about: 'Ca cao Chợ Gạo trồng xen dừa, lên men sáu ngày rồi phơi nắng.',
			voice: [
				'Vườn ca cao bốn công dưới tán dừa, nhà tự lên men trong thùng gỗ.',
				'Ong của trại thụ phấn luôn cho vườn ca cao.'
			],
			items: [
				item('Bột ca cao nguyên chất', 110000, 'hop', 'Hộp 250 g', 'Không đường, pha nóng với sữa.', {
					ingredients: '100% ca cao',
					stock: 140
				}),
				item('Sô-cô-la đen 70%', 75000, 'cai', 'Thanh 80 g', 'Đắng thanh, có hậu trái cây chín.', {
					ingredients: 'Ca cao 70%, đường mía',
					stock: 190
				}),
				item('Ca cao nibs', 95000, 'goi', 'Gói 200 g', 'Hạt rang bể, nhai giòn, rắc ngũ cốc.', {
					ingredients: '100% hạt ca cao rang',
					stock: 85
				}),
				item('Trà vỏ ca cao', 58000, 'hop', 'Hộp 100 g', 'Vỏ lụa rang, thơm như sô-cô-la mà không ngọt.', {
					about: 'Trà từ vỏ lụa của hạt ca cao, phần trước đây bỏ đi.',
					categoryId: 'tra',
					stock: 110,
					pictures: ['tra-2', 'ca-cao-1'],
					ingredients: '100% vỏ hạt ca cao rang'
				})
			]
		}
	]
};
