import { certificate, item, type Stall } from './shape.ts';

export const htxMyThanh: Stall = {
	seller: 'htx-my-thanh',
	place: 'Ấp 4, Mỹ Thành Nam cũ',
	growingAreaCode: 'VN-TGLUA-0008',
	certificates: [
		certificate('vietgap', 'VietGAP-TT-11-03-82-0002', 'Vinacert', '2027-12-01'),
		certificate('ocop', 'OCOP-82-2024-008', 'UBND tỉnh Tiền Giang', '2027-12-20')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['nguoi-ban-giao', 'chanh-xe', 'tu-den-lay', 'don-vi-van-chuyen'],
	shippingTerms: 'Từ 100 kg giao miễn phí trong vùng Cai Lậy, Cái Bè, Mỹ Tho.',
	deliveryDays: 2,
	voice: [
		'Ruộng liền thửa 320 công, cấy máy, ghi sổ từng lần bón phân.',
		'Lúa sấy trong mười hai giờ sau khi gặt, xay theo đơn nên gạo mới.',
		'Gạo không tẩy, không tạo mùi; vo một nước là vừa.'
	],
	groups: [
		{
			categoryId: 'gao-ngu-coc',
			pictures: ['gao-1', 'gao-2', 'ruong-lua', 'com-1'],
			about: 'Gạo thơm xay từ lúa của xã viên, hạt dài, cơm dẻo và ngọt hậu.',
			items: [
				item(
					'Gạo ST25 túi 5 kg',
					175000,
					'tui-5kg',
					'Túi 5 kg hút chân không',
					'Thơm lá dứa, cơm nguội vẫn mềm.',
					{ bulk: { from: 20, price: 166000 }, stock: 400 }
				),
				item(
					'Gạo ST25 bao 25 kg',
					800000,
					'bao-25kg',
					'Bao PP 25 kg',
					'Cùng lô với túi 5 kg, tiện quán ăn.',
					{ pictures: ['gao-1', 'ruong-lua'], stock: 160 }
				),
				item('Gạo Nàng Hoa 9', 105000, 'tui-5kg', 'Túi 5 kg', 'Dẻo vừa, hợp cơm gia đình và cơm tấm nhỏ.', {
					bulk: { from: 20, price: 98000 },
					stock: 520
				}),
				item('Gạo Đài Thơm 8', 92000, 'tui-5kg', 'Túi 5 kg', 'Giá mềm, nở vừa, bếp ăn công ty hay đặt.', {
					bulk: { from: 40, price: 86000 },
					stock: 750
				}),
				item(
					'Gạo lứt đỏ',
					48000,
					'kg',
					'Túi 1 kg hút chân không',
					'Còn nguyên cám, ngâm bốn tiếng trước khi nấu.',
					{ pictures: ['gao-1', 'com-1'], stock: 260 }
				),
				item('Tấm thơm', 14000, 'kg', 'Bao 10 kg', 'Nấu cơm tấm, cháo; đã sàng hết thóc.', {
					pictures: ['com-1', 'gao-1'],
					stock: 900
				})
			]
		},
		{
			categoryId: 'gao-ngu-coc',
			pictures: ['lua-1', 'gao-1', 'ruong-lua'],
			about: 'Nếp bè Chợ Gạo, giống địa phương gieo một vụ mỗi năm.',
			items: [
				item('Nếp bè Chợ Gạo', 34000, 'kg', 'Túi 2 kg', 'Dẻo lâu, gói bánh tét không sống hạt.', {
					bulk: { from: 50, price: 30000 },
					stock: 480
				}),
				item('Nếp than', 52000, 'kg', 'Túi 1 kg', 'Nấu rượu nếp than, xôi, chè.', {
					about: 'Nếp than hạt tím sẫm, gieo một vụ mỗi năm trên ruộng gò.',
					stock: 140
				}),
				item('Đậu xanh không vỏ', 52000, 'kg', 'Túi 1 kg', 'Trồng luân canh sau lúa, đãi sạch vỏ.', {
					about: 'Đậu xanh trồng luân canh để đất nghỉ giữa hai vụ lúa.',
					pictures: ['dau-1', 'ruong-lua'],
					stock: 230
				})
			]
		},
		{
			categoryId: 'bun-hu-tieu',
			pictures: ['hu-tieu-1', 'banh-trang-1', 'goi-kho-1'],
			about: 'Làm từ gạo cũ của hợp tác xã, không chất tẩy trắng.',
			voice: [
				'Ruộng liền thửa 320 công, cấy máy, ghi sổ từng lần bón phân.',
				'Gạo đem làm là gạo cũ sáu tháng, nở đều và không chua.'
			],
			items: [
				item('Bún gạo khô', 28000, 'goi', 'Gói 500 g', 'Trụng ba phút, sợi dai không bở.', {
					pictures: ['hu-tieu-1'],
					ingredients: 'Gạo 98%, muối',
					stock: 300
				}),
				item('Bột gạo lọc', 32000, 'kg', 'Túi 1 kg', 'Đổ bánh xèo, bánh căn, bánh bèo.', {
					pictures: ['goi-kho-1', 'lua-1'],
					ingredients: '100% bột gạo',
					stock: 220
				}),
				item('Bánh tráng dẻo Hậu Thành', 30000, 'goi', 'Xấp 500 g', 'Cuốn không cần nhúng nước.', {
					pictures: ['banh-trang-1', 'banh-trang-2'],
					ingredients: 'Bột gạo, bột mì, muối',
					stock: 260
				})
			]
		}
	]
};
