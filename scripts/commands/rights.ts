import { defineCommand } from 'citty';
import { permissionNames, permissions, roles, type Holders } from '$lib/domain/accounts/permissions.ts';
import { confirmAtMachine } from '$lib/server/grants/service.ts';
import {
	addressRights,
	commandRights,
	permissionsOf,
	procedureRights,
	type Right
} from '$lib/server/rights.ts';
import { CommandRefused, explained, say, withKeys } from './with-database.ts';

const scopes = { own: 'của mình', agency: 'đơn vị', all: 'tất cả' } as const;

/** The whole table of rights as lines: who has which, and everything that stands under each. */
export function describeRights(): string[] {
	const everything: readonly (readonly [string, Right])[] = [
		...Object.entries<Right>(procedureRights).map(([name, right]) => [name, right] as const),
		...Object.entries<Right>(commandRights).map(([name, right]) => [`lệnh ${name}`, right] as const),
		...Object.entries<Right>(addressRights)
	];
	const under = (permission: string) =>
		everything.filter(([, right]) => permissionsOf(right)?.some((one) => one === permission));
	return [
		...permissionNames.flatMap((permission) => {
			const holders: Holders = permissions[permission];
			const who = ([...roles, 'member'] as const).flatMap((role) => {
				const scope = holders[role];
				return scope === undefined
					? []
					: [`${role === 'member' ? 'ai đăng nhập cũng có' : role}: ${scopes[scope]}`];
			});
			return [permission, `    ${who.join(', ')}`, ...under(permission).map(([name]) => `      ${name}`)];
		}),
		'ai cũng hỏi được',
		...everything.flatMap(([name, right]) =>
			typeof right === 'object' && 'anyone' in right ? [`      ${name}: ${right.anyone}`] : []
		)
	];
}

const why: Readonly<Record<string, string>> = {
	not_administrator: 'đã có quản trị khác đang hoạt động: người đó đồng ý trong mục Quản trị',
	proposal_closed: 'đề nghị đã có người trả lời hoặc đã hết hạn',
	proposer_gone: 'người đề nghị không còn là quản trị',
	last_administrator: 'đây là quản trị duy nhất',
	not_active: 'tài khoản đang bị khóa hoặc đã đóng'
};

const confirm = defineCommand({
	meta: {
		name: 'confirm',
		description: 'Đồng ý một đề nghị về quyền quản trị khi sàn mới có một quản trị (TG-20.1)'
	},
	args: { id: { type: 'positional', required: true, description: 'Mã của đề nghị' } },
	run: explained((args) =>
		withKeys(async ({ db }) => {
			if (!/^[0-9a-f-]{36}$/.test(args.id))
				throw new CommandRefused(`"${args.id}" không phải mã của đề nghị`);
			const done = await confirmAtMachine(db, args.id, new Date().toISOString());
			if (!done.ok) {
				const { code, facts } = done.refusal;
				throw new CommandRefused(`Chưa làm: ${why[String(facts?.why)] ?? code}`);
			}
			say(`Đã ghi: ${done.value.change === 'grant' ? 'giao' : 'thu hồi'} quyền quản trị`);
		})
	)
});

const table = defineCommand({
	meta: { name: 'table', description: 'Ai được làm gì, và mọi thứ máy chủ trả lời' },
	run: explained(() => {
		for (const line of describeRights()) say(line);
	})
});

export const rights = defineCommand({
	meta: { name: 'rights', description: 'Bảng quyền: ai được làm gì; đồng ý một đề nghị tại máy chủ' },
	subCommands: { table, confirm },
	default: 'table'
});
