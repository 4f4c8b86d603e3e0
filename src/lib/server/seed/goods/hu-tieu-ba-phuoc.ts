import { certificate, item, type Stall } from './shape.ts';

export const huTieuBaPhuoc: Stall = {
	seller: 'hu-tieu-ba-phuoc',
	place: 'Ấp Mỹ Hưng, lò bánh cạnh rạch Gò Cát',
	growingAreaCode: '',
	certificates: [
		certificate('attp', '145/2025/ATTP-CNĐK', 'Sở Công Thương', '2028-05-19'),
		certificate('ocop', 'OCOP-82-2024-014', 'UBND tỉnh Tiền Giang', '2027-12-20')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'chanh-xe', 'nguoi-ban-giao', 'tu-den-lay'],
	shippingTerms: 'Quán trong thành phố giao 4 giờ sáng mỗi ngày; hàng khô gửi toàn quốc.',
	deliveryDays: 2,
	voice: [
		'Lò tráng tay từ năm 1982, gạo ngâm qua đêm rồi xay cối đá.',
		'Phơi vỉ tre giữa sân, trưa nắng phải trở hai lần.',
		'Trụng nước sôi rồi xả lạnh, sợi trong và dai.'
	],
	groups: [
		{
			categoryId: 'bun-hu-tieu',
			pictures: ['hu-tieu-1', 'hu-tieu-2', 'lo-bep'],
			about: 'Hủ tiếu Mỹ Tho sợi khô làm từ gạo Gò Cát, không bột lọc, không hàn the.',
			items: [
				item('Hủ tiếu Mỹ Tho khô', 40000, 'kg', 'Bọc 1 kg', 'Sợi nhỏ, dai, nấu lâu không nát.', {
					bulk: { from: 50, price: 35000 },
					stock: 480
				}),
				item(
					'Hủ tiếu khô gói nấu liền',
					58000,
					'goi',
					'Gói 4 phần kèm gia vị',
					'Có tôm khô, củ cải, hành phi.',
					{ ingredients: 'Hủ tiếu, tôm khô, củ cải muối, hành phi, gia vị', stock: 210 }
				),
				item('Hủ tiếu tươi', 26000, 'kg', 'Bọc 1 kg, dùng trong ngày', 'Chỉ giao Mỹ Tho và vùng lân cận.', {
					stock: 150,
					deliveryDays: 1
				})
			]
		},
		{
			categoryId: 'banh-keo',
			pictures: ['banh-phong-1', 'banh-trang-1', 'banh-trang-2', 'banh-1'],
			about: 'Bánh quê làm theo mẻ nhỏ, vị lấy từ nước cốt dừa và nếp mới.',
			voice: ['Trên bao có ngày làm và hạn dùng.', 'Mua từ mười gói được chọn lẫn nhiều loại.'],
			items: [
				item('Bánh phồng sữa Cái Bè', 38000, 'goi', 'Gói 300 g', 'Quết tay, mềm, thơm sầu riêng nhẹ.', {
					pictures: ['banh-phong-1'],
					ingredients: 'Nếp, nước cốt dừa, sữa, sầu riêng',
					stock: 260
				}),
				item('Bánh phồng tôm', 52000, 'goi', 'Gói 500 g', 'Tôm 30 phần trăm, chiên nở gấp bốn.', {
					pictures: ['banh-phong-1', 'tom-1'],
					ingredients: 'Bột năng, tôm 30%, tỏi, tiêu',
					stock: 200
				}),
				item('Bánh tráng sữa nướng', 34000, 'goi', 'Gói 10 cái', 'Nướng than, giòn xốp.', {
					pictures: ['banh-trang-1', 'lo-bep'],
					ingredients: 'Bột gạo, nước cốt dừa, sữa, mè',
					stock: 180
				}),
				item('Bánh pía khoai môn', 60000, 'hop', 'Hộp 4 cái', 'Vỏ nhiều lớp, nhân khoai môn trứng muối.', {
					pictures: ['banh-1'],
					ingredients: 'Bột mì, khoai môn, trứng vịt muối, mỡ',
					stock: 110
				}),
				item('Cốm nổ ngào đường', 25000, 'goi', 'Gói 250 g', 'Nếp nổ giòn, gừng thơm ấm.', {
					pictures: ['keo-1'],
					ingredients: 'Nếp, đường, gừng, dừa',
					stock: 140
				}),
				item('Bánh in đậu xanh', 30000, 'hop', 'Hộp 12 cái', 'Khuôn gỗ xưa, in chữ thọ.', {
					pictures: ['banh-1'],
					ingredients: 'Bột nếp, đậu xanh, đường',
					stock: 95
				})
			]
		},
		{
			categoryId: 'do-uong',
			pictures: ['nuoc-ep-1', 'nuoc-dua-1'],
			about: 'Nước giải khát nấu tại lò, ít ngọt, đóng chai thanh trùng.',
			voice: ['Nấu sáng sớm, chiết chai còn nóng rồi làm lạnh nhanh.'],
			items: [
				item('Nước mía sầu riêng đóng chai', 18000, 'chai', 'Chai 350 ml', 'Uống lạnh, hạn dùng 20 ngày.', {
					pictures: ['nuoc-ep-1', 'sau-rieng-mui-1'],
					ingredients: 'Nước mía, cơm sầu riêng 5%',
					stock: 300
				}),
				item('Nước sâm rễ tranh', 15000, 'chai', 'Chai 350 ml', 'Rễ tranh, mía lau, la hán quả.', {
					pictures: ['nuoc-dua-1'],
					ingredients: 'Rễ tranh, mía lau, la hán quả, nước',
					stock: 340
				})
			]
		}
	]
};
