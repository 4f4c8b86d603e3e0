import { certificate, item, type Stall } from './shape.ts';

export const songTienTech: Stall = {
	seller: 'song-tien-tech',
	place: 'Đường Ấp Bắc, khu vườn ươm khởi nghiệp',
	growingAreaCode: '',
	certificates: [
		certificate('business-registration', '1201234560', 'Sở Kế hoạch và Đầu tư Tiền Giang', null),
		certificate('iso22000', 'ISO9001-VN-7781', 'Quacert', '2028-08-08')
	],
	payment: ['chuyen-khoan', 'coc-truoc', 'tien-mat'],
	shipping: ['buu-dien', 'nguoi-ban-giao', 'don-vi-van-chuyen'],
	shippingTerms: 'Lắp đặt tận vườn trong tỉnh, tính công theo điểm.',
	deliveryDays: 5,
	voice: [
		'Nhóm kỹ sư ở Mỹ Tho, thiết bị làm cho vườn nhà rồi mới bán.',
		'Hỏng trong mười tám tháng thì đổi máy mới, không cần hóa đơn.',
		'Ứng dụng chạy được khi mất mạng, có mạng thì gửi bù.'
	],
	groups: [
		{
			categoryId: 'thiet-bi-nong-nghiep',
			pictures: ['may-do-1', 'may-do-2'],
			about: 'Thiết bị đo mặn cho cống và mương vườn, chịu nước phèn, pin năng lượng mặt trời.',
			items: [
				item(
					'Máy đo độ mặn cầm tay',
					650000,
					'cai',
					'Hộp kèm dung dịch chuẩn',
					'Đo 0 đến 10 phần nghìn, sai số 0,1.',
					{ bulk: { from: 20, price: 590000 }, stock: 140 }
				),
				item(
					'Trạm đo mặn tự động',
					8500000,
					'bo-san-pham',
					'Trụ 2 m, pin mặt trời',
					'Mười lăm phút gửi một lần, báo tin nhắn khi quá ngưỡng.',
					{ stock: 12 }
				),
				item('Que thử phèn nhanh', 95000, 'hop', 'Hộp 50 que', 'Nhúng năm giây, so màu trên nắp.', {
					stock: 220
				}),
				item(
					'Cảm biến độ ẩm đất',
					420000,
					'cai',
					'Đầu dò và hộp đọc',
					'Cắm ba độ sâu, biết lúc nào nên tưới.',
					{ stock: 75, pictures: ['tuoi', 'may-do-2'] }
				)
			]
		},
		{
			categoryId: 'thiet-bi-nong-nghiep',
			pictures: ['tuoi', 'may-do-2'],
			about: 'Bộ tưới và điều khiển cho vườn dưới hai héc-ta, bà con tự lắp theo hình.',
			voice: [
				'Nhóm kỹ sư ở Mỹ Tho, thiết bị làm cho vườn nhà rồi mới bán.',
				'Hỏng trong mười tám tháng thì đổi máy mới, không cần hóa đơn.'
			],
			items: [
				item(
					'Bộ tưới nhỏ giọt 1.000 m²',
					3200000,
					'bo-san-pham',
					'Ống, van, lọc, 300 đầu tưới',
					'Nước yếu vẫn đều, kèm sách hướng dẫn.',
					{ stock: 30 }
				),
				item(
					'Bộ hẹn giờ tưới qua điện thoại',
					780000,
					'cai',
					'Hộp điều khiển 2 van',
					'Chạy pin hoặc điện, hẹn theo nắng.',
					{ stock: 65 }
				),
				item(
					'Bộ lọc nước mương 2 khối',
					1650000,
					'bo-san-pham',
					'Bồn, cát thạch anh, van xả',
					'Lọc phù sa cho ống nhỏ giọt, rửa ngược hai phút.',
					{ stock: 24 }
				),
				item(
					'Đèn LED xông thanh long',
					42000,
					'cai',
					'Bóng 9 W, đui E27',
					'Tiết kiệm điện so với bóng tròn, chống ẩm.',
					{
						about: 'Đèn nông nghiệp lắp cho giàn thanh long và nhà lưới.',
						pictures: ['tuoi', 'thanh-long-1'],
						bulk: { from: 200, price: 37000 },
						stock: 3000
					}
				)
			]
		},
		{
			categoryId: 'thiet-bi-nong-nghiep',
			pictures: ['tem-truy-xuat', 'thung-hang-1'],
			about: 'Dịch vụ truy xuất nguồn gốc cho hộ và hợp tác xã, theo chuẩn mã GS1.',
			voice: [
				'Nhóm kỹ sư ở Mỹ Tho, thiết bị làm cho vườn nhà rồi mới bán.',
				'Ứng dụng chạy được khi mất mạng, có mạng thì gửi bù.'
			],
			items: [
				item('Tem truy xuất QR', 350000, 'thung', 'Cuộn 1.000 tem', 'Chống nước, dán được trên trái cây.', {
					stock: 180
				}),
				item(
					'Nhật ký vườn điện tử một năm',
					900000,
					'suat',
					'Một vườn, không giới hạn thửa',
					'Ghi bằng giọng nói, xuất sổ VietGAP.',
					{ pictures: ['tem-truy-xuat', 'vuon-cay'], stock: 200 }
				)
			]
		}
	]
};
