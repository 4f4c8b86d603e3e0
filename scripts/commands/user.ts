import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { defineCommand } from 'citty';
import { z } from 'zod';
import { roles } from '$lib/domain/accounts/permissions.ts';
import { registerMember } from '$lib/server/accounts/members.ts';
import { resetSecondFactor } from '$lib/server/accounts/second-factor.ts';
import { endAllSessions } from '$lib/server/accounts/sessions.ts';
import { findByName } from '$lib/server/accounts/sign-in.ts';
import { givePost } from '$lib/server/accounts/service.ts';
import { openDb } from '$lib/server/db/pool.ts';
import { loadPack } from '$lib/server/rulepacks/load.ts';
import { write } from '$lib/server/sync/write.ts';
import { CommandRefused, explained, say, withKeys } from './with-database.ts';

const rolesSchema = z.array(z.enum(roles)).min(1);

const create = defineCommand({
	meta: { name: 'create', description: 'Tạo một tài khoản' },
	args: {
		name: { type: 'string', required: true, description: 'Họ và tên' },
		'user-name': { type: 'string', description: 'Tên đăng nhập' },
		phone: { type: 'string', description: 'Số điện thoại' },
		email: { type: 'string', description: 'Thư điện tử' },
		role: {
			type: 'string',
			default: 'buyer',
			description: `Vai trò, cách nhau dấu phẩy: ${roles.join(', ')}`
		},
		agency: { type: 'string', description: 'Mã cơ quan, cho officer và lead' },
		'password-stdin': { type: 'boolean', default: false, description: 'Đọc mật khẩu từ đầu vào chuẩn' }
	},
	run: explained((args) =>
		withKeys(async ({ config, db }) => {
			const wanted = rolesSchema.safeParse(args.role.split(',').map((role) => role.trim()));
			if (!wanted.success) throw new CommandRefused(`--role nhận: ${roles.join(', ')}`);
			const office = wanted.data.includes('lead')
				? 'lead'
				: wanted.data.includes('officer')
					? 'officer'
					: null;
			const agency = findAgency(config.pack, office, args.agency);
			// Never as an argument: those are seen by everyone who lists the processes.
			const typed = args['password-stdin'] ? (await text(process.stdin)).trim() : null;
			const password = typed ?? randomBytes(9).toString('base64url');

			const now = new Date().toISOString();
			const made = await write(db, { actorId: 'system:operator', now }, async (ctx) => {
				const registered = await registerMember(ctx, {
					name: args.name,
					userName: args['user-name'],
					phone: args.phone,
					email: args.email,
					roles: wanted.data,
					password
				});
				if (registered.ok && office && agency) {
					const { accountId } = registered.value;
					await givePost(ctx, { accountId, agencyId: agency, role: office, publicName: args.name });
				}
				return registered;
			});
			if (!made.ok)
				throw new CommandRefused(describeFields(made.refusal.fields ?? { code: made.refusal.code }));
			say(`Đã tạo ${args.name} (${wanted.data.join(', ')}), mã ${made.value.accountId}`);
			if (typed === null) say(`Mật khẩu (chỉ hiện lần này): ${password}`);
		})
	)
});

function findAgency(
	packId: string,
	office: 'officer' | 'lead' | null,
	agencyId: string | undefined
): string | null {
	if (office === null) return null;
	const agencies = loadPack(packId).agencies.map((agency) => agency.id);
	if (agencyId !== undefined && agencies.includes(agencyId)) return agencyId;
	throw new CommandRefused(`Vai trò ${office} cần --agency, một trong: ${agencies.join(', ')}`);
}

const fieldNames: Readonly<Record<string, string>> = {
	userName: '--user-name',
	phone: '--phone',
	email: '--email',
	name: '--name',
	password: 'mật khẩu'
};
const faults: Readonly<Record<string, string>> = {
	taken: 'đã có người dùng',
	too_short: 'quá ngắn',
	invalid_input: 'thiếu hoặc không đúng dạng'
};

const describeFields = (fields: Readonly<Record<string, string>>): string =>
	Object.entries(fields)
		.map(([field, fault]) => `${fieldNames[field] ?? field}: ${faults[fault] ?? fault}`)
		.join('\n');

const resetFactor = defineCommand({
	meta: {
		name: 'reset-second-factor',
		description: 'Xóa mọi cách xác thực bước hai của một tài khoản (mất điện thoại và mã dự phòng)'
	},
	args: {
		name: { type: 'positional', description: 'Số điện thoại, e-mail hoặc tên đăng nhập', required: true }
	},
	run: explained((args) =>
		withKeys(async ({ database, db }) => {
			const auth = openDb({ url: database.appUrl, role: 'san_auth', max: 1, name: 'san-user' });
			try {
				const found = await findByName(auth, args.name);
				if (found === null) throw new CommandRefused(`Không có tài khoản nào tên ${args.name}`);
				await resetSecondFactor({ db }, { accountId: found, now: new Date().toISOString() });
				await endAllSessions(auth, found, 'revoked');
				say('Đã xóa. Các phiên đang mở đã kết thúc; lần đăng nhập tới sẽ đặt lại từ đầu.');
			} finally {
				await auth.end();
			}
		})
	)
});

export const user = defineCommand({
	meta: { name: 'user', description: 'Tài khoản' },
	subCommands: { create, 'reset-second-factor': resetFactor }
});
