import { certificate, item, type Stall } from './shape.ts';

export const gaBinhNinh: Stall = {
	seller: 'ga-binh-ninh',
	place: 'Ấp Hòa Thành, đường đê',
	growingAreaCode: '',
	certificates: [
		certificate('vietgap', 'VietGAHP-82-0013', 'Vinacert', '2027-07-07'),
		certificate('safe-commitment', 'CK-ATTP-042/2026', 'UBND xã Bình Ninh', '2028-03-15')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['nguoi-ban-giao', 'tu-den-lay', 'xe-lanh'],
	shippingTerms: 'Thịt và trứng giao trong tỉnh trước 9 giờ sáng.',
	deliveryDays: 1,
	voice: [
		'Gà thả vườn dừa 110 ngày, ăn bắp, tấm và rau.',
		'Lò mổ có thú y đóng dấu, giao kèm tem.',
		'Trại nuôi gối đầu nên tuần nào cũng có lứa mới.'
	],
	groups: [
		{
			categoryId: 'thit-trung',
			pictures: ['ga-1', 'thit-ga-1', 'vuon-dua'],
			about: 'Gà ta Chợ Gạo thịt dai thơm, da vàng mỏng.',
			items: [
				item(
					'Gà ta làm sạch',
					135000,
					'kg',
					'Con 1,3 đến 1,7 kg, hút chân không',
					'Có lòng, có chân; luộc cúng hay nấu cháo.',
					{ pictures: ['thit-ga-1', 'ga-1', 'vuon-dua'], bulk: { from: 20, price: 126000 }, stock: 150 }
				),
				item('Gà ta sống', 98000, 'kg', 'Con 1,5 đến 2 kg', 'Bắt tại trại, cân trước mặt khách.', {
					stock: 300
				}),
				item('Gà ác', 90000, 'con', 'Con 300 đến 400 g, làm sạch', 'Tiềm thuốc bắc, làm kỹ lông măng.', {
					about: 'Gà ác xương đen nuôi riêng chuồng, ăn bắp và cám gạo.',
					stock: 80
				}),
				item(
					'Gà ta ủ muối',
					260000,
					'con',
					'Con 1,2 kg, hút chân không',
					'Ủ muối hột với lá chanh, xé chấm muối tiêu.',
					{
						about: 'Gà ta Chợ Gạo làm sạch, ủ muối hột bằng lò điện.',
						categoryId: 'kho-thit-che-bien',
						stock: 40,
						pictures: ['thit-ga-1', 'ga-1'],
						ingredients: 'Gà ta, muối hột, sả, lá chanh'
					}
				),
				item('Chân gà ta', 85000, 'kg', 'Túi 1 kg, cấp đông', 'Cắt móng sẵn, ngâm sả tắc.', {
					pictures: ['thit-ga-1'],
					stock: 60
				})
			]
		},
		{
			categoryId: 'thit-trung',
			pictures: ['trung-1', 'o-trung-1', 'vit-1'],
			about: 'Trứng lượm mỗi sáng, soi đèn bỏ trứng nứt, ghi ngày trên vỏ hộp.',
			voice: [
				'Trại nuôi gối đầu nên tuần nào cũng có lứa mới.',
				'Chuồng lót trấu, thay mỗi tuần, trứng sạch.'
			],
			items: [
				item('Trứng gà ta', 42000, 'chuc', 'Chục 12 quả, hộp giấy', 'Lòng đỏ sẫm, luộc không tanh.', {
					pictures: ['trung-1', 'o-trung-1'],
					bulk: { from: 20, price: 39000 },
					stock: 180
				}),
				item('Trứng vịt chạy đồng', 38000, 'chuc', 'Chục 12 quả', 'Vịt ăn lúa rụng, lòng đỏ to.', {
					pictures: ['o-trung-1', 'vit-1'],
					stock: 240
				}),
				item('Trứng vịt muối', 55000, 'chuc', 'Chục 12 quả', 'Ủ tro 20 ngày, lòng đỏ tươm dầu.', {
					pictures: ['trung-1', 'vit-1'],
					ingredients: 'Trứng vịt, muối, tro trấu',
					stock: 160
				}),
				item(
					'Trứng vịt bắc thảo',
					72000,
					'chuc',
					'Chục 12 quả',
					'Lòng trắng trong như thạch, không mùi nồng.',
					{ pictures: ['trung-1'], ingredients: 'Trứng vịt, muối, trà, vôi', stock: 70 }
				),
				item('Vịt xiêm làm sạch', 110000, 'kg', 'Con 2 đến 2,5 kg', 'Nấu chao, thịt chắc ít mỡ.', {
					about: 'Vịt xiêm thả ao, nuôi chín mươi ngày, thịt chắc.',
					pictures: ['vit-1'],
					stock: 65
				})
			]
		},
		{
			categoryId: 'thit-trung',
			pictures: ['thit-1', 'thung-hang-1'],
			about: 'Heo nuôi bằng cám gạo và bèo lên men, mổ mỗi rạng sáng, có dấu kiểm soát giết mổ.',
			voice: ['Lò mổ có thú y đóng dấu, giao kèm tem.', 'Trại nuôi gối đầu nên tuần nào cũng có lứa mới.'],
			items: [
				item('Thịt ba rọi heo', 155000, 'kg', 'Miếng 500 g, giữ lạnh', 'Nạc mỡ năm lớp, kho nước dừa.', {
					stock: 70
				}),
				item('Sườn non heo', 185000, 'kg', 'Túi 1 kg, giữ lạnh', 'Chặt khúc ba phân theo yêu cầu.', {
					stock: 45
				})
			]
		}
	]
};
