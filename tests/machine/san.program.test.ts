import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { destroyEmbedded } from '../../src/lib/server/db/embedded.ts';
import { cleanEnvironment, newDataDir, removeData } from '../world/program.ts';

/** `npm run san -- …` on data of its own. */
const dataDir = newDataDir();
afterAll(async () => {
	await removeData(dataDir);
});

type Ended = { code: number | null; output: string };
function san(args: string, options: { input?: string; env?: Record<string, string> } = {}): Promise<Ended> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/san.ts', ...args.split(' ')], {
		env: { ...cleanEnvironment(), SAN_DATA_DIR: dataDir, ...options.env }
	});
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stdin.end(options.input ?? '');
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describe('the operator’s command line', () => {
	test('doctor says what is not in order, and what to do about it', async () => {
		const { code, output } = await san('doctor');
		expect(code).toBe(1);
		expect(output).toMatch(/✗ cấu trúc .*npm run san -- migrate/);
	});

	test('migrate brings the database up, once', async () => {
		expect(await san('migrate')).toMatchObject({ code: 0, output: expect.stringContaining('+ 0001-') });
		expect((await san('migrate')).output).toContain('Đã ở bước mới nhất');
	});

	test('doctor looks at database, store, clock, mail and versions', async () => {
		const { code, output } = await san('doctor');
		expect(output).not.toContain('✗');
		for (const line of [
			'Node.js',
			'bản dựng',
			'cơ sở dữ liệu',
			'cấu trúc',
			'quyền',
			'đồng hồ',
			'kho tệp',
			'thư'
		])
			expect(output).toMatch(new RegExp(`^[✓!] ${line} `, 'm'));
		expect(code).toBe(0);
	});

	test('TG-19.5: audit verify reads the record against its signed heads', async () => {
		const { code, output } = await san('audit verify');
		expect(output).toContain('✓ Nhật ký nguyên vẹn.');
		expect(code).toBe(0);
	});

	test('user create takes the password from its input, and a name once', async () => {
		const create = 'user create --name Vận --user-name vanhanh --role operator --password-stdin';
		const made = await san(create, { input: 'mot-mat-khau-dai\n' });
		expect(made).toMatchObject({ code: 0, output: expect.stringContaining('Đã tạo Vận (operator)') });
		expect(made.output).not.toContain('mot-mat-khau-dai');
		expect(await san(create, { input: 'mot-mat-khau-dai\n' })).toMatchObject({
			code: 1,
			output: expect.stringContaining('--user-name: đã có người dùng')
		});
		expect(await san('user create --name Minh --role officer')).toMatchObject({
			code: 1,
			output: expect.stringContaining('so-nnmt')
		});
	});

	test('seed and reset keep away from a database of somebody else', async () => {
		const env = {
			DATABASE_URL: 'postgres://host:host@127.0.0.1:1/host',
			SAN_MASTER_KEY: Buffer.alloc(32).toString('base64')
		};
		for (const command of ['seed', 'reset --yes', 'backup /mnt/x', 'restore /mnt/x --yes'])
			expect(await san(command, { env })).toMatchObject({
				code: 1,
				output: expect.stringContaining('DATABASE_URL')
			});
	});

	test('sync 13: backup, verify, restore: rows and key are back, and a damaged copy is told', async () => {
		const backupDir = path.join(path.dirname(dataDir), 'backup');
		expect(await san(`restore ${backupDir} --yes`)).toMatchObject({
			code: 1,
			output: expect.stringContaining('không có bản sao lưu nào')
		});
		expect(await san(`backup ${backupDir}`)).toMatchObject({ code: 0 });
		expect(await san(`backup verify ${backupDir}`)).toMatchObject({
			code: 0,
			output: expect.stringContaining('✓ đọc được trọn vẹn')
		});
		const key = fs.readFileSync(path.join(dataDir, 'master.key'), 'utf8');
		await destroyEmbedded(dataDir);
		fs.rmSync(dataDir, { recursive: true });

		expect(await san(`restore ${backupDir}`)).toMatchObject({
			code: 1,
			output: expect.stringContaining('--yes')
		});
		expect(await san(`restore ${backupDir} --yes`)).toMatchObject({
			code: 0,
			output: expect.stringContaining('Đã khôi phục đến')
		});
		expect(fs.readFileSync(path.join(dataDir, 'master.key'), 'utf8')).toBe(key);
		// The person made before is there, and cannot be made twice.
		const create = 'user create --name Vận --user-name vanhanh --role operator --password-stdin';
		expect((await san(create, { input: 'mot-mat-khau-dai\n' })).output).toContain('đã có người dùng');

		const damaged = fs.readdirSync(path.join(backupDir, 'series'))[0] ?? '';
		const [base = ''] = fs.readdirSync(path.join(backupDir, 'series', damaged, 'base'));
		fs.appendFileSync(path.join(backupDir, 'series', damaged, 'base', base, 'pg', 'PG_VERSION'), 'x');
		expect(await san(`backup verify ${backupDir}`)).toMatchObject({
			code: 1,
			output: expect.stringContaining('✗ base: PG_VERSION')
		});
	});

	test('reset asks first, then leaves nothing', async () => {
		expect(await san('reset')).toMatchObject({ code: 1, output: expect.stringContaining('--yes') });
		expect(fs.existsSync(path.join(dataDir, 'database.json'))).toBe(true);
		expect((await san('reset --yes')).code).toBe(0);
		for (const left of ['database.json', 'pg', 'master.key', 'files'])
			expect(fs.existsSync(path.join(dataDir, left)), left).toBe(false);
	});

	test('TG-10.2b due counts a term without any database', async () => {
		const { code, output } = await san('due --from 2026-11-20T15:00:00+07:00 --working-days 3', {
			env: { SAN_DATA_DIR: '/nowhere' }
		});
		expect(code).toBe(0);
		expect(output).toContain('2026-11-26');
	});
});
