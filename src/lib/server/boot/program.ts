import path from 'node:path';
import { describeProblems, readConfig, type Config } from '../config.ts';
import { demoPassword } from '../seed/people.ts';
import { StartRefused, type Prepared } from './prepare.ts';
import { closeAll } from './shutdown.ts';

/** One line for the person who started the program. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);
/** A fault nobody foresaw, with its place. What a database repeats of a row is not among it. */
export const complainOfFault = (error: unknown): void =>
	complain(
		`Lỗi không lường trước: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
	);

/**
 * Runs a program until SIGTERM or Ctrl-C: configuration first, all of its problems at once; at the end everything
 * that was registered is closed, the newest first, and nothing is left running.
 */
export async function run(start: (config: Config) => Promise<void>): Promise<void> {
	const read = readConfig(process.env);
	if (!read.ok) {
		complain(
			`Chưa chạy được, cấu hình có ${read.problems.length} chỗ cần sửa:\n${describeProblems(read.problems)}`
		);
		process.exitCode = 1;
		return;
	}
	let stopping = false;
	const stop = async (code: number): Promise<void> => {
		if (stopping) return;
		stopping = true;
		for (const { name, error } of await closeAll()) complain(`Không đóng được ${name}: ${messageOf(error)}`);
		process.exit(code);
	};
	for (const signal of ['SIGTERM', 'SIGINT'] as const)
		process.on(signal, () => {
			if (stopping) return;
			say('\nĐang dừng: trả lời nốt các yêu cầu dở dang…');
			void stop(0);
		});
	// A promise nobody waited for belongs to one request or one job; everybody else goes on.
	process.on('unhandledRejection', (error) => complainOfFault(error));
	process.on('uncaughtException', (error) => {
		complainOfFault(error);
		void stop(1);
	});
	try {
		await start(read.config);
	} catch (error) {
		if (!stopping) complain(explain(error, read.config));
		await stop(1);
	}
}

/** The address, and who can sign in. */
export function welcome(config: Config, prepared: Prepared): void {
	say('');
	say(`  Sàn Tỉnh đang chạy:  ${config.origin}`);
	if (prepared.setupLink !== null) {
		say('');
		say('  Chưa có tài khoản nào. Mở liên kết này (dùng một lần, trong 24 giờ) để tạo quản trị viên:');
		say(`  ${prepared.setupLink}`);
	}
	if (prepared.signIns.length > 0) {
		say('');
		say(`  Đăng nhập thử, mật khẩu chung: ${demoPassword} (cán bộ: trang đăng nhập hiện mã bước hai)`);
		const width = Math.max(...prepared.signIns.map(({ userName }) => userName.length));
		for (const { userName, name, role } of prepared.signIns)
			say(`    ${userName.padEnd(width)}  ${name} (${role})`);
	}
	say('');
	say(`  Dữ liệu: ${shortPath(config.dataDir)} · dừng: Ctrl-C`);
}

function explain(error: unknown, config: Config): string {
	if (error instanceof StartRefused) return error.message;
	const code = error instanceof Error && 'code' in error ? error.code : null;
	if (code === 'EADDRINUSE')
		return `Cổng ${config.port} đang có chương trình khác dùng.\n  → dừng chương trình đó, hoặc đặt PORT khác, ví dụ PORT=${config.port + 1} npm start`;
	if (code === 'EACCES' && config.port < 1024)
		return `Không được phép mở cổng ${config.port}.\n  → đặt PORT từ 1024 trở lên.`;
	return `Không khởi động được: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause instanceof Error ? `\n  do: ${error.cause.message}` : '';
	return `${error.message || error.name}${cause}`;
}

function shortPath(directory: string): string {
	const relative = path.relative(process.cwd(), directory);
	return relative === '' || relative.startsWith('..') ? directory : relative;
}
