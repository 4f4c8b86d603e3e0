import { defineCommand } from 'citty';
import { keysLeft, rewrapKeys } from '$lib/server/accounts/key-rotation.ts';
import { newMasterKey } from '$lib/server/boot/master-key.ts';
import { CommandRefused, explained, say, withDatabase, withKeys } from './with-database.ts';

const rotate = defineCommand({
	meta: {
		name: 'rotate',
		description: 'Bọc lại khóa của từng người bằng khóa chính hiện nay (chạy lại được)'
	},
	run: explained(() =>
		withKeys(async ({ db }) => {
			const done = await rewrapKeys(db, new Date().toISOString());
			const left = await keysLeft(db);
			if (left > 0) throw new CommandRefused(`Đã bọc lại ${done} khóa, còn ${left}. Chạy lại lệnh này.`);
			say(`Đã bọc lại ${done} khóa, không còn khóa nào dùng khóa chính cũ.`);
		})
	)
});

const fresh = defineCommand({
	meta: {
		name: 'new',
		description: 'Tạo khóa chính mới cho cơ sở dữ liệu kèm theo; khóa cũ vẫn được giữ để đọc'
	},
	run: explained(() =>
		withDatabase(async ({ config, database }) => {
			if (database.kind === 'external')
				throw new CommandRefused('Khóa chính nằm trong SAN_MASTER_KEY: đổi ở đó, xem docs/operations.md');
			newMasterKey(config.dataDir);
			say('Đã tạo khóa chính mới. Khởi động lại chương trình, rồi chạy: npm run san -- keys rotate');
		})
	)
});

const status = defineCommand({
	meta: { name: 'status', description: 'Còn bao nhiêu khóa dùng khóa chính cũ' },
	run: explained(() =>
		withKeys(async ({ db }) => {
			const left = await keysLeft(db);
			say(left === 0 ? 'Mọi khóa đều dùng khóa chính hiện nay.' : `Còn ${left} khóa dùng khóa chính cũ.`);
		})
	)
});

export const keys = defineCommand({
	meta: { name: 'keys', description: 'Khóa chính niêm phong dữ liệu cá nhân' },
	subCommands: { new: fresh, rotate, status }
});
