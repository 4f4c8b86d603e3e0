import { describe, expect, test } from 'vitest';
import { describeProblems, readConfig, toServerConfig } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');

describe('reading the configuration', () => {
	test('nothing set is a complete configuration: embedded, this machine alone, port 3000', () => {
		const read = readConfig({}, '/srv/san');
		expect(read).toMatchObject({
			ok: true,
			config: {
				database: { kind: 'embedded' },
				port: 3000,
				host: '127.0.0.1',
				origin: 'http://localhost:3000',
				originGiven: false,
				dataDir: '/srv/san/.data',
				pack: 'tien-giang'
			}
		});
	});

	test('every problem is reported at once, each with its fix', () => {
		const read = readConfig({
			DATABASE_URL: 'mysql://me:secret@db/san',
			PORT: '99999',
			ORIGIN: 'https://san.example.vn/path',
			SAN_MASTER_KEY: 'c2hvcnQ=',
			SAN_LOG: 'loud'
		});
		expect(read.ok).toBe(false);
		const problems = read.ok ? [] : read.problems;
		expect(problems.map((problem) => problem.name)).toEqual([
			'DATABASE_URL',
			'PORT',
			'ORIGIN',
			'SAN_MASTER_KEY',
			'SAN_LOG'
		]);
		for (const problem of problems) expect(problem.fix.length).toBeGreaterThan(10);
	});

	test.each([
		'nowhere',
		'ftp://san.example.vn',
		'https://san.example.vn/a',
		'https://san.example.vn?x',
		'https://a:b@san.vn'
	])('%s is no origin', (ORIGIN) =>
		expect(readConfig({ ORIGIN })).toMatchObject({ ok: false, problems: [{ name: 'ORIGIN' }] })
	);

	test('an origin may end with a slash, which is dropped', () => {
		expect(readConfig({ ORIGIN: 'https://san.example.vn/' })).toMatchObject({
			ok: true,
			config: { origin: 'https://san.example.vn', originGiven: true }
		});
	});

	test('a password or a key is never repeated in a message', () => {
		const read = readConfig({ DATABASE_URL: 'mysql://me:hunter2@db/san', SAN_MASTER_KEY: 'my-secret-key' });
		const text = read.ok ? '' : describeProblems(read.problems);
		expect(text).toContain('DATABASE_URL');
		expect(text).not.toMatch(/hunter2|my-secret-key/);
	});

	test('an own database needs its own key, and a login for the app is optional', () => {
		const url = 'postgres://owner:x@db:5432/san';
		expect(readConfig({ DATABASE_URL: url })).toMatchObject({
			ok: false,
			problems: [{ name: 'SAN_MASTER_KEY' }]
		});
		expect(readConfig({ DATABASE_URL: url, SAN_MASTER_KEY: key })).toMatchObject({
			ok: true,
			config: { database: { kind: 'external', ownerUrl: url, appUrl: url }, host: '0.0.0.0' }
		});
	});

	test('a login for the app without a database is a mistake, not a wish', () => {
		expect(readConfig({ DATABASE_APP_URL: 'postgres://app:x@db/san' })).toMatchObject({
			ok: false,
			problems: [{ name: 'DATABASE_APP_URL' }]
		});
	});

	test('a backup lies apart from the data, under a full path, and only for the own database', () => {
		const problems = (env: Record<string, string>) => {
			const read = readConfig({ SAN_DATA_DIR: '/srv/san/data', ...env });
			return read.ok ? read.config.backupDir : read.problems.map(({ name }) => name);
		};
		expect(problems({})).toBeNull();
		expect(problems({ SAN_BACKUP_DIR: '/mnt/backup' })).toBe('/mnt/backup');
		expect(problems({ SAN_BACKUP_DIR: '/srv/san/data-backup' })).toBe('/srv/san/data-backup');
		for (const shared of ['/srv/san/data', '/srv/san/data/backup', '/srv/san', 'backup'])
			expect(problems({ SAN_BACKUP_DIR: shared }), shared).toEqual(['SAN_BACKUP_DIR']);
		const external = { DATABASE_URL: 'postgres://o:x@db/san', SAN_MASTER_KEY: key };
		expect(problems({ ...external, SAN_BACKUP_DIR: '/mnt/backup' })).toEqual(['SAN_BACKUP_DIR']);
	});

	test('white space and empty values count as not set', () => {
		expect(readConfig({ PORT: ' ', DATABASE_URL: '' })).toMatchObject({ ok: true, config: { port: 3000 } });
	});
});

describe('the configuration of the running server', () => {
	test('holds the app’s address only', () => {
		const appUrl = 'postgres://san_login:x@127.0.0.1:1/san';
		const config = toServerConfig({
			DATABASE_APP_URL: appUrl,
			SAN_MASTER_KEY: key,
			SAN_DATABASE: 'external'
		});
		expect(config).toMatchObject({ appUrl, demo: false });
		expect(config.masterKey).toHaveLength(32);
	});

	test('says how to start when nothing was prepared', () => {
		expect(() => toServerConfig({})).toThrow(/npm start/);
	});
});
