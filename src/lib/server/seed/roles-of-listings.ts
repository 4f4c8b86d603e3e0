/** Which listings of the demo are not simply approved. Everything else is in the catalogue. */

/** Open past their term: the oldest of the queue. */
export const overdueTitles = ['Mắm tôm chà hũ lớn', 'Mật ong hoa nhãn', 'Bánh pía khoai môn'] as const;

/** Open, and next to fall due. */
export const tightTitles = [
	'Xoài cát Hòa Lộc loại 2',
	'Gạo ST25 túi 5 kg',
	'Khô cá lóc một nắng',
	'Cua thịt',
	'Vú sữa Lò Rèn mua theo chục',
	'Kẹo dừa ca cao'
] as const;

/** Open with time left. */
export const waitingTitles = [
	'Thanh long ruột đỏ loại 2',
	'Khóm gọt sẵn',
	'Trứng vịt bắc thảo',
	'Nấm rơm muối',
	'Hạt sen sấy giòn',
	'Trà mãng cầu',
	'Cây giống bưởi da xanh',
	'Bắp nếp tím',
	'Chuối sáp luộc sẵn',
	'Vang khóm Tân Phước 11°',
	'Viên nghệ mật ong',
	'Mùa sen Tháp Mười',
	'Tem truy xuất QR'
] as const;

/** Approved before; a changed version is open while the approved one stays public (TG-17.1). */
export const revisions = [
	{
		title: 'Bưởi da xanh loại 1',
		price: 59000,
		packing: 'Trái 1,4 đến 1,8 kg, bọc lưới, thùng giấy 12 trái'
	},
	{ title: 'Gạo Nàng Hoa 9', price: 112000, packing: 'Túi 5 kg hút chân không' },
	{
		title: 'Dừa xiêm gọt kim cương',
		price: 21000,
		packing: 'Gọt trắng, bọc màng, có nắp giật, thùng 9 trái'
	}
] as const;

/** Returned once, mended, and sent again with a new term. */
export const secondRound = [
	{
		title: 'Sầu riêng Monthong Ngũ Hiệp',
		reasonCodes: ['anh-chua-ro'],
		note: 'Bà chụp giúp thêm hình trái nguyên và hình cuống nhé.'
	},
	{
		title: 'Khô cá sặc bổi',
		reasonCodes: ['thieu-thong-tin'],
		note: 'Mời cơ sở ghi thêm khối lượng tịnh và cách bảo quản.'
	}
] as const;

/** Returned and waiting for the seller. */
export const returned = [
	{
		title: 'Sầu riêng Ri6 trái nhỏ ăn liền',
		reasonCodes: ['chung-nhan-het-han'],
		note: 'Giấy VietGAP đính kèm chưa thấy trang gia hạn. Bà chụp lại giấy còn hạn rồi gửi lại giúp.'
	},
	{
		title: 'Trà tim sen',
		reasonCodes: ['quang-cao-qua-muc'],
		note: 'Bỏ giúp câu nói về công dụng, chỉ giữ mùi vị và cách pha.'
	},
	{
		title: 'Vang sơ ri hộp đôi',
		reasonCodes: ['thieu-chung-nhan', 'thanh-toan-giao-nhan'],
		note: 'Cần bản công bố sản phẩm và cách kiểm tra tuổi người nhận.'
	},
	{
		title: 'Nghêu giống cỡ cúc áo',
		reasonCodes: ['vung-san-xuat'],
		note: 'Xin ghi mã bãi và giấy kiểm dịch con giống.'
	},
	{
		title: 'Đinh lăng sấy',
		reasonCodes: ['thieu-thong-tin'],
		note: 'Ghi thêm ngày sấy và hạn dùng trên bao.'
	}
] as const;

/** Approved a day too late, each counted against its officer (TG-10.3b). */
export const lateTitles = [
	'Khô cá chạch',
	'Cam xoàn',
	'Phấn hoa',
	'Bánh dừa nướng',
	'Homestay nhà lá vườn dừa'
] as const;

/** Returned, mended and approved in the end. */
export const mendedTitles = [
	'Mực ống tươi',
	'Bột sen dinh dưỡng',
	'Tủ thờ gỗ căm xe 1,37 m',
	'Hồng Sa Đéc chậu',
	'Máy đo độ mặn cầm tay',
	'Nem chua Lai Vung'
] as const;
