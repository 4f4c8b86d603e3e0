import { z } from 'zod';
import { roles, type Role } from '../../accounts/permissions.ts';
import { toldChanges } from '../../grants/schema.ts';
import { line, link, template, text, type Language } from '../template.ts';

const roleWords: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
	vi: {
		buyer: 'người mua',
		seller: 'người bán',
		officer: 'cán bộ duyệt',
		lead: 'lãnh đạo đơn vị',
		board: 'Ban quản lý sàn',
		agency: 'người của cơ quan phối hợp',
		supervisor: 'giám sát',
		administrator: 'quản trị',
		operator: 'vận hành'
	},
	en: {
		buyer: 'buyer',
		seller: 'seller',
		officer: 'officer',
		lead: 'head of unit',
		board: 'member of the Board',
		agency: 'user of a partner agency',
		supervisor: 'supervisor',
		administrator: 'administrator',
		operator: 'operator'
	}
};

const kind = z.enum(toldChanges);
const change = z.enum(['grant', 'revoke']);
const reason = line(300);
const byName = line(120);

type Changed = {
	readonly kind: z.output<typeof kind>;
	readonly role: Role;
	readonly agency: string;
};
const viDone = ({ kind: what, role, agency }: Changed): string => {
	const post = `vị trí ${roleWords.vi[role]}${agency === '' ? '' : ` tại ${agency}`}`;
	return {
		granted: `Bạn được giao quyền ${roleWords.vi[role]}`,
		revoked: `Quyền ${roleWords.vi[role]} của bạn đã được thu hồi`,
		post_given: `Bạn được giao ${post}`,
		post_ended: `Đã kết thúc ${post} của bạn`
	}[what];
};
const enDone = ({ kind: what, role, agency }: Changed): string => {
	const post = `${roleWords.en[role]}${agency === '' ? '' : ` at ${agency}`}`;
	return {
		granted: `You were made ${roleWords.en[role]}`,
		revoked: `You are no longer ${roleWords.en[role]}`,
		post_given: `You were given the post of ${post}`,
		post_ended: `Your post of ${post} has ended`
	}[what];
};
const gained = (what: z.output<typeof kind>): boolean => what === 'granted' || what === 'post_given';

/** TG-20.1: what people hear when rights change: the one whose rights they are, and those who have to agree. */
export const grantTemplates = {
	/** `agency` is '' where the role belongs to none. */
	rights_changed: template(z.strictObject({ kind, role: z.enum(roles), agency: line(), reason, byName }), {
		vi: (p) => ({
			subject: viDone(p),
			blocks: [
				text(`${viDone(p)}. Người thực hiện: ${p.byName}.`),
				text(`Lý do: ${p.reason}`),
				text(
					gained(p.kind)
						? 'Mở ứng dụng để thấy phần việc mới. Lần đăng nhập tới có thể hỏi thêm bước thứ hai.'
						: 'Những gì chỉ quyền này được thấy sẽ rời khỏi máy của bạn ở lần kết nối tới. Nếu cho là nhầm, hãy liên hệ quản trị của sàn.'
				),
				link('Mở ứng dụng', '/app')
			],
			sms: `${viDone(p)}. Người thực hiện: ${p.byName}. Lý do: ${p.reason}`
		}),
		en: (p) => ({
			subject: enDone(p),
			blocks: [
				text(`${enDone(p)}. Done by ${p.byName}.`),
				text(`Reason: ${p.reason}`),
				text(
					gained(p.kind)
						? 'Open the app to see the new work. The next sign-in may ask for a second step.'
						: 'What only this right showed leaves your devices at their next contact. If this is a mistake, turn to an administrator of the exchange.'
				),
				link('Open the app', '/app')
			],
			sms: `${enDone(p)}. Done by ${p.byName}. Reason: ${p.reason}`
		})
	}),

	/** Four eyes: to every other administrator. Whose rights they are stands in the app and in no letter. */
	rights_proposed: template(z.strictObject({ change, byName, until: line(40) }), {
		vi: (p) => ({
			subject: 'Một đề nghị về quyền quản trị chờ bạn',
			blocks: [
				text(
					`${p.byName} đề nghị ${p.change === 'grant' ? 'giao' : 'thu hồi'} quyền quản trị của một người. Cần một quản trị khác đồng ý trước ${p.until}.`
				),
				link('Xem và trả lời', '/app/admin/people')
			],
			sms: `${p.byName} đề nghị ${p.change === 'grant' ? 'giao' : 'thu hồi'} quyền quản trị. Vào sàn trả lời trước ${p.until}.`
		}),
		en: (p) => ({
			subject: 'A proposal about administrator rights waits for you',
			blocks: [
				text(
					`${p.byName} proposes to ${p.change === 'grant' ? 'make somebody an administrator' : 'take the rights of an administrator'}. Another administrator must agree before ${p.until}.`
				),
				link('See and answer', '/app/admin/people')
			],
			sms: `${p.byName} proposes to ${p.change === 'grant' ? 'make' : 'unmake'} an administrator. Answer on the exchange before ${p.until}.`
		})
	}),

	/** Four eyes: to whoever proposed it. */
	rights_answered: template(z.strictObject({ change, agreed: z.boolean(), byName, reason }), {
		vi: (p) => ({
			subject: p.agreed ? 'Đề nghị của bạn đã được đồng ý' : 'Đề nghị của bạn không được đồng ý',
			blocks: [
				text(
					`${p.byName} ${p.agreed ? 'đã đồng ý' : 'không đồng ý'} đề nghị ${p.change === 'grant' ? 'giao' : 'thu hồi'} quyền quản trị của bạn.${p.agreed ? ' Thay đổi có hiệu lực ngay.' : ' Không có gì thay đổi.'}`
				),
				text(`Lý do bạn đã ghi: ${p.reason}`),
				link('Xem người và quyền', '/app/admin/people')
			],
			sms: `${p.byName} ${p.agreed ? 'đã đồng ý' : 'không đồng ý'} đề nghị ${p.change === 'grant' ? 'giao' : 'thu hồi'} quyền quản trị của bạn.`
		}),
		en: (p) => ({
			subject: p.agreed ? 'Your proposal was agreed to' : 'Your proposal was not agreed to',
			blocks: [
				text(
					`${p.byName} ${p.agreed ? 'agreed' : 'did not agree'} to your proposal to ${p.change === 'grant' ? 'make' : 'unmake'} an administrator. ${p.agreed ? 'It counts from now on.' : 'Nothing has changed.'}`
				),
				text(`The reason you gave: ${p.reason}`),
				link('See people and rights', '/app/admin/people')
			],
			sms: `${p.byName} ${p.agreed ? 'agreed' : 'did not agree'} to your proposal to ${p.change === 'grant' ? 'make' : 'unmake'} an administrator.`
		})
	})
};
