import { certificate, item, type Stall } from './shape.ts';

export const utMuoi: Stall = {
	seller: 'ut-muoi',
	place: 'Chợ Tràm Chim, dãy khô mắm',
	growingAreaCode: '',
	certificates: [
		certificate('ocop', 'OCOP-87-2023-015', 'UBND tỉnh Đồng Tháp', '2027-08-15'),
		certificate('attp', '112/2025/ATTP-CNĐK', 'Sở Nông nghiệp và Môi trường', '2028-09-30')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'don-vi-van-chuyen', 'chanh-xe'],
	shippingTerms: 'Hút chân không, gửi bưu điện toàn quốc 2 đến 4 ngày.',
	deliveryDays: 3,
	voice: [
		'Khô phơi giàn lưới cao, có mái kính che bụi và ruồi.',
		'Mùa nước nổi cá đồng nhiều, khô ngon nhất từ tháng Chín đến tháng Chạp.',
		'Cất ngăn đá giữ được sáu tháng, ngăn mát một tháng.'
	],
	groups: [
		{
			categoryId: 'kho-thit-che-bien',
			pictures: ['kho-ca-1', 'kho-ca-2', 'ghe-ca'],
			about: 'Khô cá lóc Tràm Chim ướp nhạt, xẻ banh, phơi hai nắng.',
			items: [
				item(
					'Khô cá lóc một nắng',
					210000,
					'kg',
					'Túi 500 g hút chân không',
					'Còn mềm, chiên sơ hoặc nướng than.',
					{ bulk: { from: 20, price: 195000 }, stock: 120 }
				),
				item('Khô cá lóc hai nắng', 260000, 'kg', 'Túi 500 g hút chân không', 'Ráo hơn, xé trộn gỏi xoài.', {
					stock: 160
				}),
				item('Khô cá lóc tẩm ớt', 275000, 'kg', 'Túi 300 g', 'Ướp ớt sừng, sả, ít đường.', {
					ingredients: 'Cá lóc, ớt, sả, muối, đường',
					stock: 90
				}),
				item('Chà bông cá lóc', 380000, 'kg', 'Hũ 250 g', 'Xé tay, sao lửa nhỏ, mặn ngọt vừa cho trẻ em.', {
					about: 'Cá lóc hấp chín, gỡ xương rồi mới sao.',
					stock: 50,
					ingredients: 'Cá lóc 90%, nước mắm, đường'
				})
			]
		},
		{
			categoryId: 'kho-thit-che-bien',
			pictures: ['kho-ca-2', 'kho-ca-1'],
			about: 'Cá đồng của bà con quanh Vườn quốc gia Tràm Chim bán lại, cân tại chợ mỗi sáng.',
			items: [
				item(
					'Khô cá sặc bổi',
					340000,
					'kg',
					'Con 8 đến 10 một ký',
					'Nướng dậy mùi, ăn với cơm nguội, dưa leo.',
					{ stock: 70 }
				),
				item('Khô cá chạch', 420000, 'kg', 'Túi 250 g', 'Chiên giòn ăn cả xương.', { stock: 35 }),
				item('Khô cá tra phồng', 230000, 'kg', 'Túi 500 g', 'Béo thơm, hấp cơm hoặc nướng.', { stock: 85 }),
				item('Khô cá bống sông', 390000, 'kg', 'Túi 250 g', 'Rim nước mắm đường, giòn cay.', { stock: 40 })
			]
		},
		{
			categoryId: 'thuy-san',
			pictures: ['ca-1', 'ca-2', 'ghe-ca'],
			about: 'Cá tươi bắt trong mùa nước, làm sạch theo yêu cầu.',
			voice: [
				'Cá vớt từ vèo mỗi sáng, khách chọn con rồi mới làm.',
				'Mùa nước nổi từ tháng Chín đến tháng Chạp là lúc cá ngon nhất.'
			],
			items: [
				item('Cá lóc đồng', 145000, 'kg', 'Con 500 g đến 1 kg, sống', 'Nướng trui hoặc nấu canh chua.', {
					stock: 75,
					deliveryDays: 1
				}),
				item('Cá linh non', 180000, 'kg', 'Túi 500 g, ướp đá', 'Chỉ có đầu mùa nước, ăn được cả xương.', {
					stock: 20,
					deliveryDays: 1
				}),
				item(
					'Cá tra phi lê',
					68000,
					'kg',
					'Miếng 200 đến 300 g, cấp đông',
					'Bỏ da, bỏ xương, cấp đông từng miếng.',
					{
						about: 'Cá tra nuôi ao ven sông Tiền, phi lê ngay tại xưởng.',
						bulk: { from: 100, price: 62000 },
						stock: 800
					}
				)
			]
		},
		{
			categoryId: 'mam-gia-vi',
			pictures: ['hu-mam-1', 'mam-ca-2'],
			about: 'Mắm đồng ủ khạp, chao bằng thính gạo rang và đường thốt nốt.',
			voice: ['Khạp mắm gài nan tre, đậy nắp sành, sáu tháng mới mở.'],
			items: [
				item('Mắm cá linh', 85000, 'hu', 'Hũ 500 g', 'Nấu lẩu mắm với bông điên điển.', {
					ingredients: 'Cá linh, muối, thính, đường thốt nốt',
					stock: 130
				}),
				item('Mắm cá sặc', 90000, 'hu', 'Hũ 500 g', 'Chưng thịt bằm, trứng vịt.', {
					ingredients: 'Cá sặc, muối, thính',
					stock: 110
				})
			]
		}
	]
};
