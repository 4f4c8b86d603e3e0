import { createHash } from 'node:crypto';
import type { PostRole, Role } from '$lib/domain/accounts/permissions.ts';

/** The people of the demo. Tests meet the same ones, so that a story reads alike everywhere. */
export type Person = {
	readonly id: string;
	readonly userName: string;
	readonly name: string;
	readonly phone: string;
	readonly email: string;
	readonly roles: readonly Role[];
	readonly post: { readonly agencyId: string; readonly role: PostRole } | null;
};

export const demoPassword = 'san-tinh-2026';

/** The same id for the same key, in every database. */
export function stableId(key: string): string {
	const hex = createHash('sha256').update(`san-tinh:${key}`).digest('hex');
	const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

let numbered = 0;

function person(userName: string, name: string, roles: readonly Role[], post: Person['post'] = null): Person {
	numbered += 1;
	return {
		id: stableId(`person:${userName}`),
		userName,
		name,
		// 0900 000 0NN reads as invented to everyone.
		phone: `09000000${String(numbered).padStart(2, '0')}`,
		email: `${userName}@san-tinh.example`,
		roles,
		post
	};
}

const seller = (userName: string, name: string) => person(userName, name, ['buyer', 'seller']);
const buyer = (userName: string, name: string) => person(userName, name, ['buyer']);
const officer = (userName: string, name: string, agencyId: string) =>
	person(userName, name, ['officer'], { agencyId, role: 'officer' });
const lead = (userName: string, name: string, agencyId: string) =>
	person(userName, name, ['officer', 'lead'], { agencyId, role: 'lead' });

/** Those every helper, test and picture knows by name. */
export const people = {
	batu: seller('batu', 'Nguyễn Thị Tư'),
	chuba: seller('chuba', 'Nguyễn Văn Ba'),
	chilan: buyer('chilan', 'Trần Ngọc Lan'),
	anhminh: officer('anhminh', 'Lê Quang Minh', 'so-nnmt'),
	chihanh: officer('chihanh', 'Phạm Mỹ Hạnh', 'so-nnmt'),
	bacsau: lead('bacsau', 'Võ Văn Sáu', 'so-nnmt'),
	coyen: officer('coyen', 'Đỗ Hải Yến', 'so-cong-thuong'),
	quantri: person('quantri', 'Huỳnh Quốc Trị', ['administrator']),
	vanhanh: person('vanhanh', 'Bùi Thanh Vận', ['operator']),
	cohoa: officer('cohoa', 'Nguyễn Thị Thu Hòa', 'so-y-te'),
	anhphuc: officer('anhphuc', 'Trương Hồng Phúc', 'so-vhttdl'),
	chithao: officer('chithao', 'Lâm Phương Thảo', 'so-khcn'),
	anhtuan: buyer('anhtuan', 'Ngô Anh Tuấn'),
	comai: buyer('comai', 'Đặng Thị Mai'),
	chuduc: buyer('chuduc', 'Phan Minh Đức'),
	chithuy: buyer('chithuy', 'Hồ Thanh Thủy'),
	hienhoaloc: seller('hienhoaloc', 'Trần Văn Hiền'),
	bayvinhkim: seller('bayvinhkim', 'Lê Thị Bảy'),
	sonchogao: seller('sonchogao', 'Nguyễn Hoàng Sơn'),
	namkhom: seller('namkhom', 'Huỳnh Văn Năm'),
	hongsori: seller('hongsori', 'Trần Thị Hồng'),
	utduathoison: seller('utduathoison', 'Lê Thị Út'),
	vietxoai: seller('vietxoai', 'Võ Quốc Việt'),
	thuylaivung: seller('thuylaivung', 'Phạm Thị Thúy'),
	haihuong: seller('haihuong', 'Nguyễn Thị Hai'),
	tamngheu: seller('tamngheu', 'Đoàn Văn Tám'),
	utmuoi: seller('utmuoi', 'Trần Văn Mười'),
	luamythanh: seller('luamythanh', 'Đinh Công Lúa'),
	sauraumuong: seller('sauraumuong', 'Lý Thị Sáu'),
	sauong: seller('sauong', 'Bùi Văn Ong'),
	chinhoang: seller('chinhoang', 'Nguyễn Hoàng Chín'),
	saunghia: seller('saunghia', 'Trương Văn Nghĩa'),
	nguyetchieu: seller('nguyetchieu', 'Đặng Thị Nguyệt'),
	baylanh: seller('baylanh', 'Nguyễn Văn Lành'),
	baphuoc: seller('baphuoc', 'Phan Thị Phước'),
	hieusen: seller('hieusen', 'Ngô Trung Hiếu'),
	lienthaoduoc: seller('lienthaoduoc', 'Mai Thị Liên'),
	muoithuong: seller('muoithuong', 'Lê Văn Mười'),
	khoasongtien: seller('khoasongtien', 'Nguyễn Đăng Khoa')
} as const satisfies Record<string, Person>;

export type PersonKey = keyof typeof people;
