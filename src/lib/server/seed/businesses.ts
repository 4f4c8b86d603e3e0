import type { BusinessKind } from '$lib/server/accounts/queries.ts';
import { people, stableId, type Person } from './people.ts';

export type Business = {
	readonly id: string;
	/** Key of the stall in `goods/`. */
	readonly key: string;
	readonly owner: Person;
	readonly name: string;
	readonly kind: BusinessKind;
	readonly intro: string;
	readonly wardCode: string;
	readonly place: string;
};

/** Every seller of the demo, confirmed. */
export const businesses: readonly Business[] = [
	business(
		'batu',
		people.batu,
		'Vườn bà Tư',
		'household',
		'28516',
		'Ấp Tân Sơn, cồn Ngũ Hiệp',
		'Mười hai công sầu riêng và chuối trên cồn Ngũ Hiệp, hai vợ chồng và cậu con trai cùng làm. Bán trái cắt theo ngày, nói đúng loại, đổi trái sượng.'
	),
	business(
		'chuba',
		people.chuba,
		'Vườn chú Ba',
		'household',
		'28414',
		'Ấp Thái Hòa, gần ngã ba Cổ Cò',
		'Vườn bưởi da xanh và bưởi lông Cổ Cò giữ giống từ đời cha. Nhận đặt bưởi Tết, giao tận nhà quanh Cái Bè.'
	),
	business(
		'htx-hoa-loc',
		people.hienhoaloc,
		'HTX Xoài Hòa Lộc',
		'cooperative',
		'28429',
		'Ấp Hòa, cạnh trụ sở hợp tác xã',
		'Bốn mươi hai hộ trồng xoài cát Hòa Lộc theo VietGAP, có nhà đóng gói và tem truy xuất từng thùng.'
	),
	business(
		'htx-vinh-kim',
		people.bayvinhkim,
		'HTX Vú sữa Vĩnh Kim',
		'cooperative',
		'28576',
		'Chợ trái cây Vĩnh Kim',
		'Gom vú sữa Lò Rèn, mận, ổi của nhà vườn quanh chợ Vĩnh Kim, đóng hàng đi chợ đầu mối và xuất khẩu.'
	),
	business(
		'htx-cho-gao',
		people.sonchogao,
		'HTX Thanh long Mỹ Tịnh An',
		'cooperative',
		'28603',
		'Ấp Mỹ An B, nhà đóng gói số 2',
		'Một trăm tám mươi hộ trồng thanh long quanh năm, có nhà đóng gói cấp mã và xưởng chế biến.'
	),
	business(
		'khom-tan-lap',
		people.namkhom,
		'Trại khóm Tân Lập',
		'household',
		'28345',
		'Kinh Tràm Mù, Tân Lập 1 cũ',
		'Mười hai công khóm trên đất phèn Đồng Tháp Mười, bán tại liếp, làm thêm mứt và vang khóm.'
	),
	business(
		'so-ri-binh-an',
		people.hongsori,
		'Cơ sở sơ ri Bình Ân',
		'household',
		'28738',
		'Ấp Xóm Bàng, đường tỉnh 862',
		'Thu mua và chế biến sơ ri Gò Công, sáu lao động là chị em trong xóm.'
	),
	business(
		'dua-thoi-son',
		people.utduathoison,
		'Cơ sở dừa Thới Sơn',
		'household',
		'28270',
		'Cồn Thới Sơn, bến đò số 3',
		'Lò kẹo dừa, ép dầu, làm xà phòng từ dừa của cồn. Khách tham quan được làm thử.'
	),
	business(
		'htx-my-xuong',
		people.vietxoai,
		'HTX Xoài Mỹ Xương',
		'cooperative',
		'30076',
		'Ấp Mỹ Thới, nhà lạnh của hợp tác xã',
		'Xoài cát Chu Cao Lãnh và mô hình nhận nuôi cây xoài, khách xem vườn qua mã trên thùng.'
	),
	business(
		'quyt-lai-vung',
		people.thuylaivung,
		'Cơ sở nem quýt Cô Thúy',
		'household',
		'30208',
		'Ấp Long Thành A, Long Hậu cũ',
		'Vườn quýt hồng năm công và lò gói nem ba đời ở Lai Vung.'
	),
	business(
		'hai-huong',
		people.haihuong,
		'Cơ sở mắm Hai Hương',
		'household',
		'28306',
		'Đường Nguyễn Huệ, gần chợ Gò Công',
		'Mắm tôm chà và nước mắm đất Gò, phơi nắng biển, ủ lu sành, làm theo mùa tôm.'
	),
	business(
		'ngheu-tan-thanh',
		people.tamngheu,
		'Tổ hợp tác nghêu Tân Thành',
		'cooperative',
		'28747',
		'Bãi biển Tân Thành',
		'Ba mươi hộ cùng giữ bãi nghêu và vuông tôm, bán nghêu, tôm, cua sống trong ngày.'
	),
	business(
		'ut-muoi',
		people.utmuoi,
		'Cơ sở khô Út Mười',
		'household',
		'30001',
		'Chợ Tràm Chim, dãy khô mắm',
		'Khô cá đồng, mắm và cá tươi vùng Tràm Chim, mua của bà con theo giá chợ mỗi sáng.'
	),
	business(
		'htx-my-thanh',
		people.luamythanh,
		'HTX lúa gạo Mỹ Thành',
		'cooperative',
		'28456',
		'Ấp 4, Mỹ Thành Nam cũ',
		'Cánh đồng 320 công liền thửa, sấy và xay tại chỗ, bán gạo theo lô có ngày xay.'
	),
	business(
		'rau-tan-huong',
		people.sauraumuong,
		'HTX rau an toàn Tân Hương',
		'cooperative',
		'28525',
		'Ấp Tân Thạnh, khu nhà lưới',
		'Nhà lưới rau ăn lá, rau ăn trái và nấm rơm, giao mỗi sáng cho Mỹ Tho và bếp ăn trường học.'
	),
	business(
		'ong-cho-gao',
		people.sauong,
		'Trại ong Chợ Gạo',
		'household',
		'28594',
		'Ấp Bình Hạnh, vườn dừa xen ca cao',
		'Một trăm tám mươi thùng ong dời theo mùa hoa và bốn công ca cao dưới tán dừa.'
	),
	business(
		'ga-binh-ninh',
		people.chinhoang,
		'Trại gà ta Chín Hoàng',
		'household',
		'28648',
		'Ấp Hòa Thành, đường đê',
		'Gà ta Chợ Gạo thả vườn, trứng và thịt có dấu thú y, giao trong tỉnh mỗi sáng.'
	),
	business(
		'tu-tho-sau-nghia',
		people.saunghia,
		'Cơ sở tủ thờ Sáu Nghĩa',
		'household',
		'28729',
		'Đường Võ Duy Linh, làng nghề tủ thờ',
		'Đóng tủ thờ Gò Công ghép mộng, cẩn ốc tay; mười hai thợ, nhận đóng theo kích thước nhà.'
	),
	business(
		'chieu-long-dinh',
		people.nguyetchieu,
		'Tổ dệt chiếu Long Định',
		'cooperative',
		'28543',
		'Ấp Tây, tổ dệt của phụ nữ xã',
		'Sáu mươi khung dệt của phụ nữ Long Định, thêm hàng lục bình, bàng buông và may mặc.'
	),
	business(
		'kieng-sa-dec',
		people.baylanh,
		'Vườn kiểng Bảy Lành',
		'household',
		'29905',
		'Khóm Tân Hiệp, làng hoa Tân Quy Đông',
		'Hoa chậu, kiểng và cây giống Sa Đéc, giàn trên mặt nước, tư vấn cách chăm miễn phí.'
	),
	business(
		'hu-tieu-ba-phuoc',
		people.baphuoc,
		'Lò hủ tiếu Ba Phước',
		'household',
		'28273',
		'Ấp Mỹ Hưng, lò bánh cạnh rạch Gò Cát',
		'Hủ tiếu Mỹ Tho tráng tay từ năm 1982 và các loại bánh quê.'
	),
	business(
		'sen-my-qui',
		people.hieusen,
		'HTX sen Mỹ Quí',
		'cooperative',
		'30055',
		'Ấp Mỹ Tây, nhà sơ chế hợp tác xã',
		'Trồng và chế biến sen Tháp Mười: hạt, trà, ngó, sữa; việc làm cho chín mươi chị em.'
	),
	business(
		'thao-duoc-tan-phuoc',
		people.lienthaoduoc,
		'Cơ sở thảo dược Tân Phước',
		'household',
		'28327',
		'Khu bảo tồn Đồng Tháp Mười, Thạnh Tân cũ',
		'Chưng cất tràm gió, sả và sơ chế dược liệu vùng phèn Tân Phước, mẻ nào có số mẻ đó.'
	),
	business(
		'muoi-thuong',
		people.muoithuong,
		'Điểm du lịch Mười Thương',
		'household',
		'28270',
		'Cồn Thới Sơn, bến số 2',
		'Nhà vườn đón khách trên cồn Thới Sơn: xuồng, cơm nhà, ngủ lại, tuyến nhà cổ và biển Tân Thành.'
	),
	business(
		'song-tien-tech',
		people.khoasongtien,
		'Công ty Công nghệ Sông Tiền',
		'enterprise',
		'28261',
		'Đường Ấp Bắc, khu vườn ươm khởi nghiệp',
		'Thiết bị đo mặn, tưới và truy xuất nguồn gốc cho vườn nhỏ, kỹ sư tại chỗ.'
	)
];

function business(
	key: string,
	owner: Person,
	name: string,
	kind: BusinessKind,
	wardCode: string,
	place: string,
	intro: string
): Business {
	return { id: stableId(`business:${key}`), key, owner, name, kind, intro, wardCode, place };
}
