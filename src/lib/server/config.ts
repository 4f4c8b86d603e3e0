import path from 'node:path';
import { z } from 'zod';
import type { IdentitySettings } from './businesses/identity/http.ts';
import { messageSettings, type MessageSettings } from './messages/settings.ts';

/** Where the rows live. `embedded` = this program starts its own Postgres under the data directory. */
export type DatabaseConfig =
	| { readonly kind: 'embedded'; readonly appUrl: string | null }
	| { readonly kind: 'external'; readonly ownerUrl: string; readonly appUrl: string };

export type Config = {
	readonly database: DatabaseConfig;
	readonly port: number;
	readonly host: string;
	/** The public address, without a slash at the end. */
	readonly origin: string;
	/** False when the address was only guessed from the port; then each request's own host is believed. */
	readonly originGiven: boolean;
	/** Absolute. Holds the embedded database, the file store and the generated keys. */
	readonly dataDir: string;
	/** 32 bytes that seal personal fields. `null` = embedded and not generated yet. */
	readonly masterKey: Buffer | null;
	/** Read and never written with: the keys of before a rotation, or the one to come. */
	readonly otherMasterKeys: readonly Buffer[];
	/** Absolute. Where the running program keeps its backup; null = none is kept (sync 13). */
	readonly backupDir: string | null;
	readonly pack: string;
	readonly messages: MessageSettings;
	/** Who says whether a number belongs to a person; null = officers compare by hand (LAW-tmdt-identity). */
	readonly identity: IdentitySettings | null;
	/** How long a one-time code may be used (TG-8). */
	readonly codeMinutes: number;
	readonly log: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

/** One thing wrong with the configuration, and what to do about it. */
export type ConfigProblem = { readonly name: string; readonly problem: string; readonly fix: string };
export type ConfigResult =
	| { readonly ok: true; readonly config: Config }
	| { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const keyFix = `đặt SAN_MASTER_KEY="$(node -p "crypto.randomBytes(32).toString('base64')")" và cất bản sao ở nơi khác máy chủ`;

const fields = {
	DATABASE_URL: {
		schema: postgresUrl,
		fix: 'dùng dạng postgres://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu, hoặc bỏ trống để chương trình tự chạy Postgres'
	},
	DATABASE_APP_URL: {
		schema: postgresUrl,
		fix: 'dùng dạng postgres://… của một tài khoản chỉ thuộc san_app và san_auth, hoặc bỏ trống'
	},
	PORT: {
		schema: z
			.string()
			.regex(/^\d{1,5}$/)
			.transform(Number)
			.pipe(z.int().min(1).max(65535)),
		fix: 'đặt một số từ 1 đến 65535, ví dụ PORT=3000'
	},
	HOST: { schema: z.string().regex(/^[\w.:-]+$/), fix: 'đặt tên máy hoặc địa chỉ IP, ví dụ HOST=0.0.0.0' },
	ORIGIN: {
		schema: z.string().refine(isOrigin),
		fix: 'chỉ ghi giao thức và tên miền, ví dụ ORIGIN=https://san.example.vn'
	},
	SAN_DATA_DIR: {
		schema: z.string().min(1),
		fix: 'đặt một thư mục ghi được, ví dụ SAN_DATA_DIR=/var/lib/san-tinh'
	},
	SAN_BACKUP_DIR: {
		schema: z.string().refine((text) => path.isAbsolute(text)),
		fix: 'đặt đường dẫn đầy đủ tới một thư mục trên đĩa khác, ví dụ SAN_BACKUP_DIR=/mnt/sao-luu/san-tinh, hoặc bỏ trống'
	},
	SAN_MASTER_KEY: {
		schema: z
			.base64()
			.transform((text) => Buffer.from(text, 'base64'))
			.refine((key) => key.length === 32),
		fix: keyFix
	},
	SAN_OTHER_MASTER_KEYS: {
		schema: z
			.string()
			.transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
			.refine((keys) => keys.every((key) => key.length === 32)),
		fix: 'ghi các khóa cũ (hoặc khóa sắp dùng), mỗi khóa 32 byte base64, cách nhau dấu phẩy; hết dùng thì bỏ trống'
	},
	SAN_PACK: {
		schema: z.string().regex(/^[a-z0-9-]+$/),
		fix: 'đặt mã của một bộ quy tắc, ví dụ SAN_PACK=tien-giang'
	},
	IDENTITY_URL: {
		schema: z.url({ protocol: /^https?$/ }),
		fix: 'đặt địa chỉ hỏi định danh, ví dụ IDENTITY_URL=https://dinhdanh.example.vn/verifications, hoặc bỏ trống để cán bộ đối chiếu'
	},
	IDENTITY_SECRET: {
		schema: z.string().min(32),
		fix: 'đặt khóa ký chung với bên định danh, ít nhất 32 ký tự'
	},
	SAN_CODE_MINUTES: {
		schema: z
			.string()
			.regex(/^\d{1,3}$/)
			.transform(Number)
			.pipe(z.int().min(1).max(120)),
		fix: 'đặt số phút một mã dùng một lần còn giá trị, từ 1 đến 120, ví dụ SAN_CODE_MINUTES=15'
	},
	SAN_LOG: {
		schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
		fix: 'chọn một trong: debug, info, warn, error, silent'
	}
} as const;
const secrets: ReadonlySet<string> = new Set([
	'SAN_MASTER_KEY',
	'SMTP_PASSWORD',
	'SMS_TOKEN',
	'IDENTITY_SECRET'
]);

/**
 * Reads the whole configuration at once. Every problem is reported together, each with its fix; nothing is
 * started and nothing is thrown here.
 */
export function readConfig(env: Environment, root: string = process.cwd()): ConfigResult {
	const problems: ConfigProblem[] = [];
	const read = <S extends z.ZodType>(
		name: string,
		field: { readonly schema: S; readonly fix: string }
	): z.output<S> | undefined => {
		const raw = env[name]?.trim();
		if (raw === undefined || raw === '') return undefined;
		const parsed = field.schema.safeParse(raw);
		if (parsed.success) return parsed.data;
		problems.push({ name, problem: `giá trị không hợp lệ (${hide(name, raw)})`, fix: field.fix });
		return undefined;
	};

	const ownerUrl = read('DATABASE_URL', fields.DATABASE_URL);
	const appUrl = read('DATABASE_APP_URL', fields.DATABASE_APP_URL);
	const port = read('PORT', fields.PORT) ?? 3000;
	const host = read('HOST', fields.HOST);
	const origin = read('ORIGIN', fields.ORIGIN);
	const dataDir = read('SAN_DATA_DIR', fields.SAN_DATA_DIR) ?? '.data';
	const backupDir = read('SAN_BACKUP_DIR', fields.SAN_BACKUP_DIR) ?? null;
	const masterKey = read('SAN_MASTER_KEY', fields.SAN_MASTER_KEY) ?? null;
	const otherMasterKeys = read('SAN_OTHER_MASTER_KEYS', fields.SAN_OTHER_MASTER_KEYS) ?? [];
	const pack = read('SAN_PACK', fields.SAN_PACK) ?? 'tien-giang';
	const codeMinutes = read('SAN_CODE_MINUTES', fields.SAN_CODE_MINUTES) ?? 15;
	const identityUrl = read('IDENTITY_URL', fields.IDENTITY_URL) ?? null;
	const identitySecret = read('IDENTITY_SECRET', fields.IDENTITY_SECRET) ?? null;
	const log = read('SAN_LOG', fields.SAN_LOG) ?? 'info';
	const messages = messageSettings(read, (name) => Boolean(env[name]?.trim()), problems);

	const embedded = !env.DATABASE_URL?.trim();
	// Set by the start scripts for the program inside, which never sees the owner's address.
	const prepared = env.SAN_DATABASE === 'embedded' || env.SAN_DATABASE === 'external';
	if (embedded && appUrl !== undefined && !prepared)
		problems.push({
			name: 'DATABASE_APP_URL',
			problem: 'có DATABASE_APP_URL mà không có DATABASE_URL',
			fix: 'đặt thêm DATABASE_URL (tài khoản chủ sở hữu, dùng để cập nhật cấu trúc), hoặc bỏ cả hai'
		});
	if (!embedded && !env.SAN_MASTER_KEY?.trim())
		problems.push({
			name: 'SAN_MASTER_KEY',
			problem: 'chưa đặt, trong khi DATABASE_URL đã đặt',
			fix: keyFix
		});
	if (backupDir !== null && !embedded && !prepared)
		problems.push({
			name: 'SAN_BACKUP_DIR',
			problem: 'chương trình chỉ tự sao lưu cơ sở dữ liệu kèm theo, không sao lưu DATABASE_URL',
			fix: 'bỏ SAN_BACKUP_DIR, sao lưu Postgres của bạn (pg_basebackup và lưu WAL) cùng thư mục SAN_DATA_DIR; xem docs/operations.md'
		});
	if (backupDir !== null && overlap(path.resolve(backupDir), path.resolve(root, dataDir)))
		problems.push({
			name: 'SAN_BACKUP_DIR',
			problem: 'bản sao lưu nằm chung chỗ với dữ liệu (SAN_DATA_DIR), mất thì mất cả hai',
			fix: fields.SAN_BACKUP_DIR.fix
		});
	if (Boolean(env.IDENTITY_URL?.trim()) !== Boolean(env.IDENTITY_SECRET?.trim()))
		problems.push({
			name: 'IDENTITY_SECRET',
			problem: 'IDENTITY_URL và IDENTITY_SECRET phải đặt cùng nhau',
			fix: 'đặt cả hai, hoặc bỏ trống cả hai để cán bộ đối chiếu'
		});
	if (problems.length > 0) return { ok: false, problems };

	return {
		ok: true,
		config: {
			database: ownerUrl
				? { kind: 'external', ownerUrl, appUrl: appUrl ?? ownerUrl }
				: { kind: 'embedded', appUrl: appUrl ?? null },
			port,
			// The embedded database comes with published passwords, so it is offered to this machine alone.
			host: host ?? (ownerUrl ? '0.0.0.0' : '127.0.0.1'),
			origin: (origin ?? `http://localhost:${port}`).replace(/\/$/, ''),
			originGiven: origin !== undefined,
			dataDir: path.resolve(root, dataDir),
			masterKey,
			otherMasterKeys,
			backupDir: backupDir === null ? null : path.resolve(backupDir),
			pack,
			messages,
			identity:
				identityUrl !== null && identitySecret !== null ? { url: identityUrl, secret: identitySecret } : null,
			codeMinutes,
			log
		}
	};
}

/** The problems as people read them in a terminal. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
	return problems.map(({ name, problem, fix }) => `  ✗ ${name}: ${problem}\n      → ${fix}`).join('\n');
}

/** What a running server knows: nothing is optional any more. */
export type ServerConfig = Omit<Config, 'database' | 'masterKey'> & {
	readonly appUrl: string;
	readonly masterKey: Buffer;
	/** True on the embedded database: demo people exist. */
	readonly demo: boolean;
};

let running: ServerConfig | undefined;

/** The configuration of this process, read once. The start scripts have checked and completed the environment. */
export function serverConfig(): ServerConfig {
	running ??= toServerConfig(process.env);
	return running;
}

export function toServerConfig(env: Environment): ServerConfig {
	const read = readConfig(env);
	if (!read.ok) throw new Error(`Cấu hình chưa dùng được:\n${describeProblems(read.problems)}`);
	const { database, masterKey, ...rest } = read.config;
	if (database.appUrl === null || masterKey === null)
		throw new Error('Chưa có cơ sở dữ liệu. Hãy chạy bằng `npm start` hoặc `npm run dev`.');
	return { ...rest, appUrl: database.appUrl, masterKey, demo: env.SAN_DATABASE !== 'external' };
}

/** Whether one directory lies in the other. */
function overlap(one: string, other: string): boolean {
	const inside = (inner: string, outer: string) => !path.relative(outer, inner).startsWith('..');
	return inside(one, other) || inside(other, one);
}

function isOrigin(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const url = new URL(text);
	return /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '');
}

/** Passwords and keys never reach a terminal or a log. */
function hide(name: string, raw: string): string {
	if (secrets.has(name)) return `${raw.length} ký tự`;
	return raw.replace(/:\/\/([^:@/]*):[^@]*@/, '://$1:***@');
}
