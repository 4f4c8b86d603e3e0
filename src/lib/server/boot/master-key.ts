import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * The key that seals personal fields, made on the first start and kept beside the embedded database, readable by the
 * owner alone. Losing it makes every sealed field unreadable.
 */
export function embeddedMasterKey(dataDir: string): Buffer {
	const file = path.join(dataDir, 'master.key');
	fs.mkdirSync(dataDir, { recursive: true });
	try {
		fs.writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	}
	const key = Buffer.from(fs.readFileSync(file, 'utf8').trim(), 'base64');
	if (key.length !== 32)
		throw new Error(`Tệp khóa ${file} bị hỏng: cần 32 byte base64. Hãy trả lại bản sao lưu.`);
	return key;
}
