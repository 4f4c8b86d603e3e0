import path from 'node:path';
import { defineCommand } from 'citty';
import { backupSource } from '$lib/server/boot/backups.ts';
import { storedMasterKey } from '$lib/server/boot/master-key.ts';
import { claimDataDir } from '$lib/server/boot/prepare.ts';
import { closeAll } from '$lib/server/boot/shutdown.ts';
import { readHighWater } from '$lib/server/boot/high-water.ts';
import { newEpochOf, restoreBackup, RestoreRefused } from '$lib/server/backup/restore.ts';
import { backUpOnce, BackupInUse } from '$lib/server/backup/service.ts';
import { verifyBackup } from '$lib/server/backup/verify.ts';
import { readConfig } from '$lib/server/config.ts';
import { migrate as runMigrations } from '$lib/server/db/migrate.ts';
import { CommandRefused, configuration, explained, say, withDatabase } from './with-database.ts';

const elsewhere =
	'DATABASE_URL là cơ sở dữ liệu bạn tự quản, nên bạn tự sao lưu nó: pg_basebackup và lưu WAL, cùng thư mục SAN_DATA_DIR.\n' +
	'  → sau khi tự khôi phục, trước khi chạy lại chương trình: npm run san -- restored';

const directory = { type: 'positional', required: false, description: 'Thư mục sao lưu' } as const;

function given(words: readonly string[] | undefined): string {
	const [dir] = words ?? [];
	const chosen = dir ?? process.env.SAN_BACKUP_DIR?.trim();
	if (!chosen)
		throw new CommandRefused('Cho biết thư mục sao lưu, ví dụ: npm run san -- backup /mnt/sao-luu');
	return path.resolve(chosen);
}

/** `verify` before the directory reads a copy instead of making one. */
export const backup = defineCommand({
	meta: {
		name: 'backup',
		description: 'Sao lưu vào một thư mục; `backup verify <thư mục>` kiểm tra bản sao'
	},
	args: { directory },
	run: explained(async (args: { _: string[] }) => {
		const [first, ...rest] = args._;
		await (first === 'verify' ? verify(given(rest)) : make(given(args._)));
	})
});

async function make(backupDir: string): Promise<void> {
	if (configuration().database.kind === 'external') throw new CommandRefused(elsewhere);
	await withDatabase(async ({ config, database }) => {
		const source = backupSource(config, database, say);
		if (!source) throw new CommandRefused(elsewhere);
		await runMigrations({ ownerUrl: database.ownerUrl });
		try {
			const { at } = await backUpOnce(backupDir, source);
			say(`Đã sao lưu đến ${at} vào ${backupDir}.`);
		} catch (error) {
			if (!(error instanceof BackupInUse)) throw error;
			throw new CommandRefused(
				`${error.message}\n  → chương trình đang tự sao lưu ở đó; muốn một bản riêng, chọn thư mục khác`
			);
		}
		say(
			source.keys.masterKey === null
				? 'Khóa SAN_MASTER_KEY không nằm trong bản sao: hãy cất nó ở nơi khác.'
				: 'Khóa mở thông tin cá nhân nằm trong bản sao: hãy giữ thư mục này kín như chính dữ liệu.'
		);
	});
}

async function verify(backupDir: string): Promise<void> {
	const read = await verifyBackup(backupDir, keyHere());
	if (!read) throw new CommandRefused(`Trong ${backupDir} không có bản sao lưu nào dùng được.`);
	say(
		`Bản gốc lúc ${read.takenAt}: ${read.clusterFiles} tệp; thay đổi đến ${read.progress.at}: ${read.segments} đoạn.`
	);
	say(`Kho tệp: ${read.files} tệp.`);
	for (const wrong of read.wrong) say(`✗ ${wrong}`);
	if (read.wrong.length > 0)
		throw new CommandRefused(`${read.wrong.length} chỗ hỏng: bản sao này không đủ để khôi phục.`);
	if (read.keyListed === false)
		say(
			'! Khóa chính đang dùng ở đây không có tên trong bản sao: bản sao này chỉ mở được bằng khóa của lúc sao lưu.\n' +
				'  → nếu vừa đổi khóa, khởi động lại chương trình rồi kiểm tra lại'
		);
	say('✓ đọc được trọn vẹn, đúng nội dung.');
}

/** A copy is verified on any machine: only the exchange's own has its key. */
function keyHere(): Buffer | null {
	const read = readConfig(process.env);
	return read.ok ? (read.config.masterKey ?? storedMasterKey(read.config.dataDir)) : null;
}

const endSessions = {
	type: 'boolean',
	default: false,
	description: 'Mọi người phải đăng nhập lại'
} as const;

export const restore = defineCommand({
	meta: { name: 'restore', description: 'Khôi phục từ một thư mục sao lưu' },
	args: {
		directory,
		yes: { type: 'boolean', default: false, description: 'Đồng ý thay dữ liệu đang có' },
		'end-sessions': endSessions
	},
	run: explained(async (args: { _: string[]; yes: boolean; 'end-sessions': boolean }) => {
		const config = configuration();
		if (config.database.kind === 'external') throw new CommandRefused(elsewhere);
		const backupDir = given(args._);
		if (!args.yes)
			throw new CommandRefused(
				`Sẽ đưa dữ liệu trong ${config.dataDir} về đúng lúc sao lưu cuối cùng.\n` +
					'Dữ liệu đang có được dời sang bên cạnh, không bị xóa.\n' +
					`  → nếu chắc chắn: npm run san -- restore ${backupDir} --yes`
			);
		claimDataDir(config);
		try {
			const began = performance.now();
			const done = await restoreBackup({
				backupDir,
				dataDir: config.dataDir,
				masterKey: config.masterKey,
				otherMasterKeys: config.otherMasterKeys,
				endSessions: args['end-sessions'],
				log: say,
				aside: (path) => say(`Dữ liệu cũ: ${path} (xóa khi không cần nữa)`)
			});
			for (const file of done.damaged) say(`✗ tệp hỏng trong bản sao: ${file}`);
			const seconds = Math.round((performance.now() - began) / 1_000);
			say(`Đã khôi phục đến ${done.at}, ${done.files} tệp, trong ${seconds} giây. Chạy lại: npm start`);
			say('Mỗi máy khi có mạng sẽ tự đọc lại và gửi lại những gì bản sao chưa kịp giữ.');
		} catch (error) {
			if (error instanceof RestoreRefused) throw new CommandRefused(error.message);
			throw error;
		} finally {
			await closeAll();
		}
	})
});

export const restored = defineCommand({
	meta: {
		name: 'restored',
		description: 'Sau khi tự khôi phục DATABASE_URL: cho mọi máy đọc lại và gửi lại'
	},
	args: { 'end-sessions': endSessions },
	run: explained((args: { 'end-sessions': boolean }) =>
		withDatabase(async ({ config, database }) => {
			await runMigrations({ ownerUrl: database.ownerUrl });
			const epoch = await newEpochOf(database.ownerUrl, {
				why: 'said by the operator',
				endSessions: args['end-sessions'],
				numbers: readHighWater(config.dataDir)?.numbers
			});
			say(`Kỳ dữ liệu mới: ${epoch}. Mọi máy sẽ đọc lại và gửi lại phần còn giữ.`);
		})
	)
});
