import { certificate, item, type Stall } from './shape.ts';

export const khomTanLap: Stall = {
	seller: 'khom-tan-lap',
	place: 'Kinh Tràm Mù, Tân Lập 1 cũ',
	growingAreaCode: 'VN-TGOR-0203',
	certificates: [certificate('vietgap', 'VietGAP-TT-15-01-82-0020', 'Vinacert', '2027-09-09')],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['tu-den-lay', 'chanh-xe', 'nguoi-ban-giao'],
	shippingTerms: 'Ghe và xe tải vào tận bờ kinh; đơn từ 500 kg giao tận vựa.',
	deliveryDays: 2,
	voice: [
		'Khóm trồng trên liếp đất phèn Đồng Tháp Mười, đất chua mà khóm lại ngọt.',
		'Chặt lúc mắt vừa mở, để hai ngày chín vàng là vừa ăn.',
		'Nhà làm mười hai công khóm, tự chặt tự bán nên giá mềm.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['khom-1', 'khom-2', 'xuong-1'],
			about: 'Khóm Queen Tân Phước mắt lồi, thịt vàng sậm, giòn, ít xơ và thơm.',
			items: [
				item(
					'Khóm Tân Phước trái lớn',
					11000,
					'trai',
					'Trái 1 đến 1,3 kg',
					'Hàng nhất của liếp, một trái gọt được một dĩa đầy.',
					{ bulk: { from: 200, price: 9000 }, stock: 3500 }
				),
				item(
					'Khóm Tân Phước trái vừa',
					8000,
					'trai',
					'Trái 0,8 đến 1 kg',
					'Loại bán chạy nhất cho quán cơm, quán nước.',
					{ bulk: { from: 200, price: 6500 }, stock: 5200 }
				),
				item(
					'Khóm trái nhỏ nấu canh',
					5000,
					'trai',
					'Trái dưới 0,8 kg',
					'Trái chiến cuối vụ, chua thơm, nấu canh chua cá.',
					{ bulk: { from: 300, price: 4000 }, stock: 4200 }
				),
				item('Khóm gọt sẵn', 28000, 'hop', 'Hộp 700 g, giữ lạnh', 'Gọt mắt, cắt khoanh, kèm gói muối ớt.', {
					stock: 60,
					deliveryDays: 1
				})
			]
		},
		{
			categoryId: 'trai-cay-che-bien',
			pictures: ['khom-1', 'goi-kho-1', 'lo-bep'],
			about: 'Khóm chín cây được sơ chế trong ngày, không ngâm đường hóa học.',
			voice: [
				'Khóm trồng trên liếp đất phèn Đồng Tháp Mười, đất chua mà khóm lại ngọt.',
				'Nhà có mười hai công khóm, lúc rảnh vụ cả nhà làm bánh mứt.'
			],
			items: [
				item('Mứt khóm dẻo', 48000, 'hop', 'Hộp 250 g', 'Sên với gừng, chua ngọt vừa miệng.', {
					ingredients: 'Khóm 75%, đường, gừng',
					stock: 110
				}),
				item('Khóm sấy khoanh', 65000, 'goi', 'Gói 200 g', 'Khoanh mỏng, nhai dai, chua thanh.', {
					ingredients: '100% khóm',
					stock: 95
				}),
				item('Kẹo khóm', 32000, 'goi', 'Gói 200 g', 'Mềm, thơm, không dính răng.', {
					pictures: ['keo-1', 'khom-1'],
					ingredients: 'Khóm, mạch nha, đường',
					stock: 150
				})
			]
		},
		{
			categoryId: 'do-uong-co-con',
			pictures: ['ruou-vang-1', 'ruou-vang-2'],
			about: 'Vang trái cây lên men tự nhiên, độ cồn thấp, chỉ bán cho người từ đủ 18 tuổi.',
			voice: ['Khóm trồng trên liếp đất phèn Đồng Tháp Mười, đất chua mà khóm lại ngọt.'],
			items: [
				item(
					'Vang khóm Tân Phước 11°',
					135000,
					'chai',
					'Chai 750 ml',
					'Ủ sáu tháng trong bồn lạnh, chua nhẹ, dùng với cá nướng.',
					{ ingredients: 'Nước khóm lên men, đường', stock: 140 }
				)
			]
		},
		{
			categoryId: 'rau-cu',
			pictures: ['khoai-lang-1', 'gung-1'],
			about: 'Củ trồng luân canh giữa hai vụ khóm, đất xốp nên củ suôn.',
			voice: [
				'Đất phèn xả hai mùa mưa mới xuống giống, củ không bị sượng.',
				'Đào theo đơn, để dính đất cho lâu héo.'
			],
			items: [
				item('Khoai mỡ Bến Kè', 23000, 'kg', 'Bao 20 kg', 'Ruột tím, nấu canh tôm sánh và bùi.', {
					pictures: ['khoai-lang-1'],
					bulk: { from: 100, price: 19000 },
					stock: 850
				}),
				item('Gừng sẻ', 42000, 'kg', 'Túi lưới 2 kg', 'Củ nhỏ, cay nồng, hợp kho cá và ngâm mật.', {
					pictures: ['gung-1'],
					stock: 130
				})
			]
		}
	]
};
