import { certificate, item, type Stall } from './shape.ts';

export const muoiThuong: Stall = {
	seller: 'muoi-thuong',
	place: 'Cồn Thới Sơn, bến số 2',
	growingAreaCode: '',
	certificates: [
		certificate('ocop', 'OCOP-82-2024-040', 'UBND tỉnh Tiền Giang', '2027-12-20'),
		certificate('business-registration', '53A8009876', 'UBND thành phố Mỹ Tho', null)
	],
	payment: ['tien-mat', 'chuyen-khoan', 'coc-truoc'],
	shipping: ['tu-den-lay'],
	shippingTerms: 'Đón khách tại bến tàu du lịch 30/4, phường Mỹ Tho; hủy trước 24 giờ không mất cọc.',
	deliveryDays: 0,
	voice: [
		'Nhà vườn của gia đình, khách ăn cùng bàn với chủ nhà.',
		'Ghe có áo phao đủ cỡ, người chèo có chứng chỉ.',
		'Đi đúng con nước lớn sẽ chèo được vào rạch nhỏ.'
	],
	groups: [
		{
			categoryId: 'du-lich-sinh-thai',
			pictures: ['con-thoi-son', 'xuong-1', 'vuon-dua'],
			about: 'Một ngày trên cồn Thới Sơn: xuồng ba lá, vườn trái cây, lò kẹo dừa, trại ong.',
			items: [
				item(
					'Đi xuồng rạch dừa nước',
					90000,
					'khach',
					'45 phút, xuồng 4 khách',
					'Chèo tay dưới tán dừa nước, nghe kể chuyện cồn.',
					{ pictures: ['xuong-1', 'con-thoi-son'], stock: 60 }
				),
				item(
					'Tham quan cồn nửa ngày',
					280000,
					'khach',
					'4 giờ, từ 2 khách',
					'Gồm đò, xuồng, trái cây, trà mật ong.',
					{ bulk: { from: 15, price: 240000 }, stock: 40 }
				),
				item(
					'Đờn ca tài tử trên ghe',
					1800000,
					'suat',
					'90 phút, ghe tối đa 20 khách',
					'Ban nhạc bốn người, khách được ca thử vài câu.',
					{ stock: 5 }
				),
				item(
					'Trải nghiệm làm kẹo dừa',
					120000,
					'khach',
					'1 giờ, từ 4 khách',
					'Tự thắng, tự gói và mang về một hộp.',
					{ pictures: ['keo-1', 'lo-bep'], stock: 50 }
				)
			]
		},
		{
			categoryId: 'du-lich-sinh-thai',
			pictures: ['homestay-1', 'nha-vuon', 'mam-com-1'],
			about: 'Ngủ lại và ăn cơm nhà giữa vườn, nghe gà gáy và nước lớn.',
			voice: [
				'Nhà vườn của gia đình, khách ăn cùng bàn với chủ nhà.',
				'Đặt phòng trước hai ngày để nhà lo bữa cơm.'
			],
			items: [
				item(
					'Homestay nhà lá vườn dừa',
					550000,
					'dem',
					'Phòng đôi, có bữa sáng',
					'Mùng sạch, quạt, nhà tắm riêng.',
					{ pictures: ['homestay-1', 'vuon-dua'], stock: 6 }
				),
				item('Phòng tập thể cho nhóm', 160000, 'khach', 'Sàn gỗ 12 người', 'Có mền gối, bếp chung.', {
					pictures: ['homestay-1', 'nha-vuon'],
					bulk: { from: 10, price: 140000 },
					stock: 12
				}),
				item(
					'Cơm trưa miệt vườn',
					180000,
					'suat',
					'Mâm 4 người tính theo suất',
					'Cá tai tượng chiên xù, canh chua, rau vườn.',
					{ pictures: ['mam-com-1', 'nha-vuon'], stock: 80 }
				),
				item(
					'Đạp xe quanh cồn',
					60000,
					'khach',
					'Xe và nón, 2 giờ',
					'Đường bê-tông bằng phẳng, trẻ em đi được.',
					{ pictures: ['dap-xe'], stock: 30 }
				)
			]
		},
		{
			categoryId: 'du-lich-sinh-thai',
			pictures: ['nha-vuon', 'dap-xe', 'con-thoi-son'],
			about: 'Đi xa hơn một chút trong tỉnh, có người dẫn là dân địa phương.',
			voice: [
				'Ghe có áo phao đủ cỡ, người chèo có chứng chỉ.',
				'Giờ đi đổi theo con nước, người dẫn sẽ báo tối hôm trước.'
			],
			items: [
				item(
					'Nhà cổ Đông Hòa Hiệp một ngày',
					620000,
					'khach',
					'8 giờ, từ 4 khách',
					'Ba nhà cổ trăm tuổi, cơm trưa nhà ông Kiệt cũ, chợ nổi Cái Bè sớm.',
					{ pictures: ['nha-vuon', 'xuong-1'], stock: 16 }
				),
				item(
					'Biển Tân Thành cào nghêu',
					480000,
					'khach',
					'7 giờ, theo con nước ròng',
					'Mang ủng, cào nghêu với tổ hợp tác, nấu ăn tại chòi.',
					{ pictures: ['ngheu-1', 'ghe-ca'], stock: 20 }
				),
				item(
					'Mùa sen Tháp Mười',
					690000,
					'khach',
					'9 giờ, tháng Năm đến tháng Chín',
					'Chụp hình đồng sen, ăn cơm lá sen.',
					{ pictures: ['sen-1', 'sen-2'], stock: 20 }
				)
			]
		}
	]
};
