import { certificate, item, type Stall } from './shape.ts';

export const thaoDuocTanPhuoc: Stall = {
	seller: 'thao-duoc-tan-phuoc',
	place: 'Khu bảo tồn Đồng Tháp Mười, Thạnh Tân cũ',
	growingAreaCode: 'VN-TGDL-0002',
	certificates: [
		certificate('ocop', 'OCOP-82-2024-035', 'UBND tỉnh Tiền Giang', '2027-12-20'),
		certificate('attp', '019/2026/ATTP-CNĐK', 'Sở Y tế', '2029-01-20')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'don-vi-van-chuyen', 'tu-den-lay'],
	shippingTerms: 'Hàng nhẹ gửi bưu điện, đơn từ 400.000 đ miễn cước.',
	deliveryDays: 3,
	voice: [
		'Tràm gió lấy lá trong vùng đệm có phép của khu bảo tồn.',
		'Nồi chưng 500 lít, mỗi mẻ sáu tiếng, ghi số mẻ trên nhãn.',
		'Cơ sở chỉ nói đúng công dụng đã công bố, ai bệnh nên đi khám.'
	],
	groups: [
		{
			categoryId: 'tinh-dau',
			pictures: ['tinh-dau-1', 'tinh-dau-2', 'thao-duoc-1'],
			about: 'Tinh dầu chưng cất hơi nước, không pha dung môi.',
			items: [
				item(
					'Tinh dầu tràm gió',
					110000,
					'chai',
					'Chai 50 ml',
					'Thoa lòng bàn chân, xông phòng khi trời lạnh.',
					{ ingredients: 'Tinh dầu tràm gió 100%', bulk: { from: 20, price: 98000 }, stock: 230 }
				),
				item('Tinh dầu sả chanh', 85000, 'chai', 'Chai 50 ml', 'Khử mùi bếp, đuổi muỗi.', {
					ingredients: 'Tinh dầu sả chanh 100%',
					stock: 260
				}),
				item('Tinh dầu tràm lăn', 45000, 'chai', 'Chai lăn 10 ml', 'Bỏ túi, đi xe đường dài.', {
					ingredients: 'Tinh dầu tràm 30%, dầu nền dừa',
					stock: 310
				}),
				item('Nước lau sàn sả tràm', 55000, 'chai', 'Chai 1 lít', 'Pha loãng một nắp với nửa xô nước.', {
					ingredients: 'Nước chưng tràm, sả, chất hoạt động bề mặt dừa',
					stock: 180
				}),
				item(
					'Nến thơm sả tràm',
					68000,
					'hu',
					'Hũ 120 g',
					'Sáp đậu nành, cháy 20 giờ, bớt muỗi trong phòng.',
					{ stock: 140, ingredients: 'Sáp đậu nành, tinh dầu sả, tinh dầu tràm' }
				)
			]
		},
		{
			categoryId: 'my-pham',
			pictures: ['xa-phong-1', 'tinh-dau-2'],
			about: 'Mỹ phẩm thảo dược làm thủ công, có phiếu công bố, ghi đủ thành phần.',
			voice: [
				'Cơ sở chỉ nói đúng công dụng đã công bố, ai bệnh nên đi khám.',
				'Mẻ nào cũng giữ mẫu lưu một năm.'
			],
			items: [
				item('Xà phòng tràm trà', 38000, 'cai', 'Bánh 100 g', 'Mát da, hợp người làm đồng về.', {
					pictures: ['xa-phong-1', 'thao-duoc-1'],
					ingredients: 'Dầu dừa, kiềm, tinh dầu tràm',
					stock: 200
				}),
				item('Dầu gội bồ kết sả', 98000, 'chai', 'Chai 300 ml', 'Bồ kết nướng, vỏ bưởi, ít bọt.', {
					pictures: ['tinh-dau-2'],
					ingredients: 'Bồ kết, vỏ bưởi, sả, chất tạo bọt dừa',
					stock: 150
				})
			]
		},
		{
			categoryId: 'thuc-pham-chuc-nang',
			pictures: ['thao-duoc-1', 'goi-kho-1', 'gung-1'],
			about: 'Dược liệu khô của vùng phèn Tân Phước, rửa sạch, sấy 50 độ; không phải là thuốc.',
			voice: [
				'Cơ sở chỉ nói đúng công dụng đã công bố, ai bệnh nên đi khám.',
				'Nguyên liệu mua theo hợp đồng với tám hộ trong vùng đệm.'
			],
			items: [
				item('Tinh bột nghệ vàng', 120000, 'hop', 'Hộp 250 g', 'Lắng ba lần nước, không còn xơ.', {
					pictures: ['gung-1', 'goi-kho-1'],
					ingredients: '100% tinh bột nghệ',
					stock: 160
				}),
				item('Viên nghệ mật ong', 95000, 'hu', 'Hũ 200 g', 'Nghệ xay vo với mật hoa tràm.', {
					pictures: ['gung-1', 'mat-ong-1'],
					ingredients: 'Bột nghệ 70%, mật ong 30%',
					stock: 140
				}),
				item('Diệp hạ châu khô', 60000, 'goi', 'Gói 200 g', 'Nấu nước uống, vị đắng nhẹ.', {
					ingredients: '100% diệp hạ châu',
					stock: 90
				}),
				item('Đinh lăng sấy', 85000, 'goi', 'Gói 250 g', 'Rễ năm năm tuổi thái lát.', {
					ingredients: '100% rễ đinh lăng',
					stock: 70
				})
			]
		}
	]
};
