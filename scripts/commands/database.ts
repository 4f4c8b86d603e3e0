import fs from 'node:fs';
import path from 'node:path';
import { defineCommand } from 'citty';
import { claimDataDir, prepare } from '$lib/server/boot/prepare.ts';
import { closeAll } from '$lib/server/boot/shutdown.ts';
import { destroyEmbedded } from '$lib/server/db/embedded.ts';
import { migrate as runMigrations } from '$lib/server/db/migrate.ts';
import { CommandRefused, configuration, explained, say, withDatabase } from './with-database.ts';

export const migrate = defineCommand({
	meta: { name: 'migrate', description: 'Cập nhật cấu trúc cơ sở dữ liệu' },
	run: explained(() =>
		withDatabase(async ({ database }) => {
			const { applied, total } = await runMigrations({ ownerUrl: database.ownerUrl });
			for (const name of applied) say(`  + ${name}`);
			say(
				applied.length === 0
					? `Đã ở bước mới nhất (${total} bước).`
					: `Đã chạy ${applied.length} bước, có ${total}.`
			);
		})
	)
});

export const seed = defineCommand({
	meta: { name: 'seed', description: 'Tạo dữ liệu mẫu trong cơ sở dữ liệu kèm theo, nếu còn trống' },
	run: explained(async () => {
		const config = configuration();
		if (config.database.kind === 'external')
			throw new CommandRefused(
				'Người và hàng mẫu chỉ có trong cơ sở dữ liệu kèm theo. Bỏ DATABASE_URL để dùng thử.'
			);
		try {
			const { signIns } = await prepare(config, say);
			say(`Đã có dữ liệu mẫu. Đăng nhập thử: ${signIns.map(({ userName }) => userName).join(', ')}`);
		} finally {
			await closeAll();
		}
	})
});

/** What a reset takes away, relative to the data directory; the database itself comes on top. */
const stored = ['files', 'uploads', 'audit', 'demo-sign-ins.json', 'master.key', 'high-water.json'];

export const reset = defineCommand({
	meta: { name: 'reset', description: 'Xóa sạch dữ liệu của cơ sở dữ liệu kèm theo và các tệp' },
	args: { yes: { type: 'boolean', default: false, description: 'Đồng ý xóa, không lấy lại được' } },
	run: explained(async (args) => {
		const config = configuration();
		if (config.database.kind === 'external')
			throw new CommandRefused('Lệnh này chỉ xóa cơ sở dữ liệu kèm theo, không đụng tới DATABASE_URL.');
		if (!args.yes)
			throw new CommandRefused(
				`Sẽ xóa mọi tài khoản, mặt hàng, đơn hàng và ảnh trong ${config.dataDir}, không lấy lại được.\n` +
					'  → nếu chắc chắn: npm run san -- reset --yes'
			);
		claimDataDir(config);
		try {
			await destroyEmbedded(config.dataDir);
			for (const name of stored) fs.rmSync(path.join(config.dataDir, name), { recursive: true, force: true });
			say(`Đã xóa dữ liệu trong ${config.dataDir}. Lần chạy tới sẽ tạo lại dữ liệu mẫu.`);
		} finally {
			await closeAll();
		}
	})
});
