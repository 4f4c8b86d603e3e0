import { certificate, item, type Stall } from './shape.ts';

export const htxChoGao: Stall = {
	seller: 'htx-cho-gao',
	place: 'Ấp Mỹ An B, nhà đóng gói số 2',
	growingAreaCode: 'VN-TGOR-0150',
	certificates: [
		certificate('globalgap', 'GGN 4056186700310', 'Control Union', '2027-08-01'),
		certificate('haccp', 'HACCP-VN-2219', 'Vinacontrol', '2028-01-14')
	],
	payment: ['chuyen-khoan', 'tien-mat'],
	shipping: ['chanh-xe', 'don-vi-van-chuyen', 'xe-lanh', 'tu-den-lay'],
	shippingTerms: 'Đơn từ 300 kg có xe lạnh của hợp tác xã; dưới đó gửi chành.',
	deliveryDays: 2,
	voice: [
		'Hợp tác xã có nhà đóng gói được cấp mã, hàng đi Nhật và hàng chợ cùng một vườn.',
		'Vườn dùng đèn LED xông trái nghịch vụ nên gần như tháng nào cũng có.',
		'Cất ngăn mát giữ tươi được nhiều ngày.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['thanh-long-1', 'thanh-long-2', 'vuon-cay', 'thung-hang-1'],
			about: 'Thanh long ruột trắng Chợ Gạo, tai xanh cứng, thịt chắc, ngọt mát.',
			items: [
				item(
					'Thanh long ruột trắng hàng xuất',
					24000,
					'kg',
					'Trái 400 đến 600 g, thùng 9 kg',
					'Tai thẳng, da đỏ đều, không vết kiến.',
					{ bulk: { from: 100, price: 20500 }, stock: 1800, minimum: 9 }
				),
				item(
					'Thanh long ruột trắng hàng chợ',
					14000,
					'kg',
					'Bao lưới 20 kg',
					'Tai hơi quăn, ăn ngon, hợp quán sinh tố.',
					{ bulk: { from: 200, price: 11000 }, stock: 2500 }
				)
			]
		},
		{
			categoryId: 'trai-cay',
			pictures: ['thanh-long-ruot-do-1', 'thanh-long-1', 'vuon-cay'],
			about: 'Thanh long ruột đỏ giống LĐ1 của Viện Cây ăn quả miền Nam, ngọt hơn ruột trắng.',
			items: [
				item(
					'Thanh long ruột đỏ loại 1',
					38000,
					'kg',
					'Trái trên 350 g, thùng 9 kg',
					'Ruột đỏ sẫm, đo được 17 đến 19 độ Brix.',
					{ bulk: { from: 100, price: 33000 }, stock: 900, minimum: 3 }
				),
				item(
					'Thanh long ruột đỏ loại 2',
					26000,
					'kg',
					'Bao lưới 10 kg',
					'Trái 250 đến 350 g, da có vết xước nhỏ.',
					{ stock: 750 }
				),
				item('Bông thanh long tươi', 30000, 'kg', 'Túi 1 kg', 'Nụ hái sáng sớm, luộc hoặc xào tỏi như rau.', {
					stock: 40,
					deliveryDays: 1
				})
			]
		},
		{
			categoryId: 'trai-cay-che-bien',
			pictures: ['thanh-long-2', 'goi-kho-1', 'lo-bep'],
			about: 'Làm từ thanh long ruột đỏ, chế biến ngay tại xã Mỹ Tịnh An.',
			voice: [
				'Hợp tác xã có nhà đóng gói được cấp mã, hàng đi Nhật và hàng chợ cùng một vườn.',
				'Trái loại hai của xã viên được mua hết để chế biến, không ai phải đổ bỏ.'
			],
			items: [
				item('Thanh long sấy dẻo', 62000, 'goi', 'Gói 150 g', 'Sấy ở 55 độ, giữ màu đỏ tự nhiên.', {
					ingredients: '100% thanh long ruột đỏ',
					stock: 160
				}),
				item(
					'Bánh tráng thanh long',
					33000,
					'goi',
					'Gói 300 g',
					'Bột gạo pha nước ép ruột đỏ, cuốn gỏi lên màu hồng.',
					{
						categoryId: 'bun-hu-tieu',
						stock: 170,
						pictures: ['banh-trang-1', 'thanh-long-1'],
						ingredients: 'Bột gạo, nước ép thanh long, muối'
					}
				),
				item(
					'Mì sợi thanh long',
					35000,
					'goi',
					'Gói 300 g',
					'Bột mì nhồi với nước ép thanh long, nấu 4 phút.',
					{
						categoryId: 'bun-hu-tieu',
						pictures: ['hu-tieu-1', 'thanh-long-1'],
						ingredients: 'Bột mì, nước ép thanh long 20%, muối',
						stock: 230
					}
				),
				item('Bột thanh long hòa tan', 98000, 'hop', 'Hộp 15 gói', 'Pha nước lạnh, không cần đường.', {
					ingredients: 'Bột thanh long, đường thốt nốt',
					stock: 90
				})
			]
		},
		{
			categoryId: 'do-uong',
			pictures: ['nuoc-ep-1', 'thanh-long-ruot-do-1'],
			about: 'Nước trái cây ép từ vườn của xã viên, thanh trùng, đóng chai tại xưởng.',
			voice: ['Trái loại hai của xã viên được mua hết để chế biến, không ai phải đổ bỏ.'],
			items: [
				item(
					'Nước ép thanh long ruột đỏ',
					22000,
					'chai',
					'Chai 330 ml',
					'Uống lạnh, lắc đều vì có thịt trái lắng.',
					{
						pictures: ['nuoc-ep-1', 'thanh-long-ruot-do-1'],
						ingredients: 'Nước ép thanh long 70%, nước, đường',
						stock: 500
					}
				)
			]
		}
	]
};
