import fs from 'node:fs/promises';
import process from 'node:process';
import { defineCommand } from 'citty';
import { isBuilt } from '$lib/server/boot/build.ts';
import type { OpenedDatabase } from '$lib/server/boot/database.ts';
import { backupAge } from '$lib/server/backup/service.ts';
import type { Config } from '$lib/server/config.ts';
import { isMigrated, readMigrations } from '$lib/server/db/migrate.ts';
import { openDb, type Sql } from '$lib/server/db/pool.ts';
import { smtpTransport } from '$lib/server/messages/mail.ts';
import { openDiskStore } from '$lib/server/files/store.ts';
import { explained, say, withDatabase } from './with-database.ts';

/** `no` makes the command fail; `maybe` is worth knowing. */
export type Finding = { readonly of: string; readonly state: 'yes' | 'maybe' | 'no'; readonly words: string };

const clockToleranceMs = 2_000;
const gigabyte = 1024 ** 3;

export const doctor = defineCommand({
	meta: { name: 'doctor', description: 'Kiểm tra cơ sở dữ liệu, kho tệp, đồng hồ, thư, phiên bản' },
	run: explained(() =>
		withDatabase(async ({ config, database }) => {
			const findings = [
				...versions(),
				...(await askDatabase(database)),
				...(await askStore(config.dataDir)),
				await askBackup(config, database),
				...(await askMessages(config))
			];
			const signs = { yes: '✓', maybe: '!', no: '✗' };
			for (const { of, state, words } of findings) say(`${signs[state]} ${of.padEnd(14)} ${words}`);
			if (findings.some(({ state }) => state === 'no')) process.exitCode = 1;
		})
	)
});

function versions(): Finding[] {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const enough = major > 20 || (major === 20 && minor >= 20);
	const built = isBuilt(process.cwd());
	return [
		{
			of: 'Node.js',
			state: enough ? 'yes' : 'no',
			words: enough ? process.version : `${process.version}, cần 20.20 trở lên`
		},
		{
			of: 'bản dựng',
			state: built ? 'yes' : 'maybe',
			words: built ? 'khớp với mã nguồn' : 'cũ hơn mã nguồn, `npm start` sẽ dựng lại'
		}
	];
}

async function askDatabase(database: OpenedDatabase): Promise<Finding[]> {
	const sql = openDb({ url: database.appUrl, role: 'san_app', max: 1, name: 'san-doctor' });
	try {
		const [row] = await sql<{ version: string; number: number }[]>`
			select current_setting('server_version') as version, current_setting('server_version_num')::int as number`;
		const kind = database.kind === 'embedded' ? 'kèm theo' : 'DATABASE_URL';
		const enough = (row?.number ?? 0) >= 170_000;
		const migrated = await isMigrated(sql, readMigrations());
		return [
			{
				of: 'cơ sở dữ liệu',
				state: enough ? 'yes' : 'no',
				words: `PostgreSQL ${row?.version} (${kind})${enough ? '' : ', cần 17 trở lên'}`
			},
			{
				of: 'cấu trúc',
				state: migrated ? 'yes' : 'no',
				words: migrated ? 'đã cập nhật' : 'chưa cập nhật → npm run san -- migrate'
			},
			await ownsNothing(sql),
			await compareClocks(sql)
		];
	} catch (error) {
		return [
			{ of: 'cơ sở dữ liệu', state: 'no', words: error instanceof Error ? error.message : String(error) }
		];
	} finally {
		await sql.end();
	}
}

async function ownsNothing(sql: Sql): Promise<Finding> {
	const [row] = await sql<{ owned: number; superuser: boolean }[]>`
		select (select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner
				where r.rolname in ('san_app', 'san_auth')) as owned,
			(select rolsuper from pg_roles where rolname = session_user) as superuser`;
	const owned = row?.owned ?? 0;
	if (owned > 0)
		return { of: 'quyền', state: 'no', words: `chương trình sở hữu ${owned} bảng, đáng lẽ không bảng nào` };
	if (row?.superuser)
		return {
			of: 'quyền',
			state: 'maybe',
			words: 'đăng nhập bằng tài khoản quản trị cơ sở dữ liệu → đặt DATABASE_APP_URL'
		};
	return { of: 'quyền', state: 'yes', words: 'chương trình không sở hữu gì' };
}

/** The server's clock decides deadlines (sync 12), so both must agree. */
async function compareClocks(sql: Sql): Promise<Finding> {
	const before = Date.now();
	const [row] = await sql<{ at: string }[]>`select clock_timestamp() as at`;
	const middle = (before + Date.now()) / 2;
	const apart = Math.round(Date.parse(row?.at ?? '') - middle);
	const fine = Math.abs(apart) <= clockToleranceMs;
	const words = `lệch ${apart} ms so với cơ sở dữ liệu`;
	return {
		of: 'đồng hồ',
		state: fine ? 'yes' : 'no',
		words: fine ? words : `${words} → bật đồng bộ giờ (NTP)`
	};
}

async function askMessages({ messages: { mail, sms } }: Config): Promise<Finding[]> {
	const kept = 'giữ lại, người vận hành xem ở /app/admin/messages';
	const wrong = mail && (await smtpTransport(mail).verify());
	const where = mail ? `${mail.host}:${mail.port}` : '';
	return [
		!mail
			? { of: 'thư', state: 'maybe', words: `chưa có máy chủ thư (SMTP_URL): ${kept}` }
			: wrong === null
				? { of: 'thư', state: 'yes', words: `${where} nhận, gửi từ ${mail.from.address}` }
				: { of: 'thư', state: 'no', words: `${where} không nhận (${wrong}) → xem docs/operations.md` },
		sms
			? { of: 'tin nhắn', state: 'yes', words: `qua ${new URL(sms.url).host}` }
			: { of: 'tin nhắn', state: 'maybe', words: `chưa có cổng nhắn tin (SMS_URL): ${kept}` }
	];
}

const lateMs = 120_000;

async function askBackup({ backupDir }: Config, database: OpenedDatabase): Promise<Finding> {
	const of = 'sao lưu';
	if (database.own === null)
		return { of, state: 'maybe', words: 'do bạn tự làm cho DATABASE_URL; sau khi khôi phục: san restored' };
	if (backupDir === null)
		return { of, state: 'maybe', words: 'chưa có → đặt SAN_BACKUP_DIR tới một thư mục trên đĩa khác' };
	const newest = await backupAge(backupDir, database.masterKey);
	if (!newest) return { of, state: 'maybe', words: `chưa có bản nào trong ${backupDir}, sẽ có khi chạy` };
	const age = Math.round(newest.ms / 1_000);
	if (!newest.keyListed)
		return {
			of,
			state: 'no',
			words: `khóa chính đang dùng không có tên trong ${backupDir} → khởi động lại chương trình`
		};
	const key = newest.keyInside ? 'khóa nằm trong bản sao' : 'khóa cất ở nơi khác';
	// While nothing runs nothing is written, so an old copy may be a complete one.
	return {
		of,
		state: newest.ms < lateMs ? 'yes' : 'maybe',
		words: `${backupDir}, cách đây ${age} giây, ${key}`
	};
}

async function askStore(dataDir: string): Promise<Finding[]> {
	const wrong = await openDiskStore(dataDir).check();
	const { bavail, bsize } = await fs.statfs(dataDir);
	const free = (bavail * bsize) / gigabyte;
	return [
		{
			of: 'kho tệp',
			state: wrong === null ? 'yes' : 'no',
			words: wrong ?? `ghi, đọc, xóa được trong ${dataDir}`
		},
		{ of: 'đĩa', state: free >= 1 ? 'yes' : 'maybe', words: `còn trống ${free.toFixed(1)} GB` }
	];
}
