import type { Role } from '$lib/domain/accounts/permissions.ts';
import type { Locale } from './texts.ts';

/** TG-3.4: what a role is called, the same on every screen. */
export const roleWords: Readonly<Record<Locale, Readonly<Record<Role, string>>>> = {
	vi: {
		buyer: 'Người mua',
		seller: 'Người bán',
		officer: 'Cán bộ duyệt',
		lead: 'Lãnh đạo đơn vị',
		board: 'Ban quản lý sàn',
		agency: 'Người của cơ quan phối hợp',
		supervisor: 'Giám sát',
		administrator: 'Quản trị',
		operator: 'Vận hành'
	},
	en: {
		buyer: 'Buyer',
		seller: 'Seller',
		officer: 'Officer',
		lead: 'Head of unit',
		board: 'Management board',
		agency: 'User of a partner agency',
		supervisor: 'Supervisor',
		administrator: 'Administrator',
		operator: 'Operator'
	}
};
