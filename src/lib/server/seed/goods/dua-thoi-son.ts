import { certificate, item, type Stall } from './shape.ts';

export const duaThoiSon: Stall = {
	seller: 'dua-thoi-son',
	place: 'Cồn Thới Sơn, bến đò số 3',
	growingAreaCode: 'VN-TGOR-0260',
	certificates: [
		certificate('attp', '214/2025/ATTP-CNĐK', 'Sở Công Thương', '2028-06-02'),
		certificate('ocop', 'OCOP-82-2024-031', 'UBND tỉnh Tiền Giang', '2027-12-20')
	],
	payment: ['tien-mat', 'chuyen-khoan'],
	shipping: ['buu-dien', 'chanh-xe', 'tu-den-lay', 'don-vi-van-chuyen'],
	shippingTerms: 'Đơn từ 500.000 đ miễn cước trong phường; đi tỉnh gửi bưu điện.',
	deliveryDays: 3,
	voice: [
		'Khách qua cồn có thể ghé lò coi nấu và ăn thử tại chỗ.',
		'Dừa mua của bà con trên cồn và bên Tân Phú Đông, trả giá theo ngày.',
		'Lò nhỏ, nấu mẻ nào bán hết mẻ đó nên hàng luôn mới.'
	],
	groups: [
		{
			categoryId: 'trai-cay',
			pictures: ['dua-xiem-1', 'dua-xiem-2', 'vuon-dua'],
			about: 'Dừa xiêm xanh trồng ven cồn, nước ngọt, cùi vừa.',
			voice: [
				'Dừa mua của bà con trên cồn và bên Tân Phú Đông, trả giá theo ngày.',
				'Khách qua cồn được uống thử một trái trước khi mua.'
			],
			items: [
				item(
					'Dừa xiêm xanh tươi',
					11000,
					'trai',
					'Chặt buồng trong ngày',
					'Bảy tháng tuổi, nước đầy và ngọt nhất.',
					{ bulk: { from: 100, price: 9000 }, stock: 900 }
				),
				item(
					'Dừa xiêm gọt kim cương',
					19000,
					'trai',
					'Gọt trắng, bọc màng, có nắp giật',
					'Để ngăn mát 20 ngày, giật nắp là uống.',
					{ bulk: { from: 60, price: 17000 }, stock: 420 }
				),
				item('Dừa khô lột vỏ', 13000, 'trai', 'Trái 1 đến 1,2 kg', 'Cơm dày, thắng nước cốt nhiều.', {
					about: 'Dừa khô hái từ vườn trên cồn, cơm dày và chắc.',
					pictures: ['dua-kho-1', 'vuon-dua'],
					stock: 1500
				})
			]
		},
		{
			categoryId: 'banh-keo',
			pictures: ['keo-1', 'keo-2', 'lo-bep'],
			about: 'Kẹo dừa thắng chảo gang bằng nước cốt dừa và mạch nha nếp, mềm, không gắt.',
			items: [
				item(
					'Kẹo dừa truyền thống',
					38000,
					'hop',
					'Hộp 400 g',
					'Gói tay với bánh tráng mỏng, ăn luôn cả lớp trong.',
					{ ingredients: 'Nước cốt dừa, mạch nha, đường', stock: 300 }
				),
				item(
					'Kẹo dừa sầu riêng',
					45000,
					'hop',
					'Hộp 400 g',
					'Thêm cơm sầu riêng Ngũ Hiệp, thơm từ lúc mở nắp.',
					{ ingredients: 'Nước cốt dừa, cơm sầu riêng 12%, mạch nha, đường', stock: 240 }
				),
				item('Kẹo dừa ca cao', 46000, 'hop', 'Hộp 400 g', 'Ca cao Chợ Gạo, đắng nhẹ ở cuối.', {
					ingredients: 'Nước cốt dừa, bột ca cao 6%, mạch nha',
					stock: 160
				}),
				item('Bánh dừa nướng', 30000, 'goi', 'Gói 180 g', 'Giòn rụm, nướng than từng vỉ.', {
					about: 'Bánh làm từ dừa nạo trong ngày, nướng lò than.',
					pictures: ['banh-phong-1', 'dua-kho-1'],
					ingredients: 'Dừa nạo, bột gạo, đường, mè',
					stock: 210
				})
			]
		},
		{
			categoryId: 'mam-gia-vi',
			pictures: ['mam-1', 'dua-kho-1'],
			about: 'Gia vị nấu từ nước dừa tươi, không màu nhân tạo.',
			items: [
				item('Nước màu dừa', 28000, 'chai', 'Chai 300 ml', 'Thắng mười tiếng, kho thịt lên màu cánh gián.', {
					ingredients: 'Nước dừa cô đặc',
					stock: 270
				}),
				item('Giấm dừa', 22000, 'chai', 'Chai 500 ml', 'Chua dịu, ngâm rau củ rất trong.', {
					pictures: ['mam-1', 'vuon-dua'],
					ingredients: 'Nước dừa lên men',
					stock: 180
				})
			]
		},
		{
			categoryId: 'my-pham',
			pictures: ['tinh-dau-1', 'xa-phong-1', 'dua-kho-1'],
			about: 'Làm từ dầu dừa ép lạnh của lò, thành phần ghi đủ trên nhãn.',
			voice: [
				'Dầu ép từ cơm dừa tươi trong ngày nên không gắt mùi.',
				'Dừa mua của bà con trên cồn và bên Tân Phú Đông, trả giá theo ngày.'
			],
			items: [
				item('Dầu dừa ép lạnh', 85000, 'chai', 'Chai 250 ml', 'Trong như nước, đông trắng khi trời lạnh.', {
					pictures: ['tinh-dau-1', 'dua-kho-1'],
					ingredients: '100% dầu dừa',
					stock: 150
				}),
				item('Xà phòng dầu dừa', 35000, 'cai', 'Bánh 100 g', 'Bọt mịn, mùi sả nhẹ, phơi bốn tuần mới bán.', {
					pictures: ['xa-phong-1', 'dua-kho-1'],
					ingredients: 'Dầu dừa, kiềm, tinh dầu sả',
					stock: 260
				}),
				item('Son dưỡng dầu dừa', 42000, 'cai', 'Thỏi 5 g', 'Không màu, dùng được cho trẻ em.', {
					pictures: ['tinh-dau-1'],
					ingredients: 'Dầu dừa, sáp ong',
					stock: 120
				})
			]
		}
	]
};
