import { describe, expect, test } from 'vitest';
import { describeProblems, readConfig } from '../config.ts';

const read = (env: Record<string, string>) => {
	const result = readConfig(env);
	return result.ok ? result.config.messages : result.problems.map(({ name }) => name);
};
const from = 'Sàn Tiền Giang <khong-tra-loi@san.example.vn>';

describe('how messages leave', () => {
	test('nothing set: they are kept', () => expect(read({})).toEqual({ mail: null, sms: null }));

	test('one address, or its parts, say the same', () => {
		const mail = {
			host: 'mail.example.vn',
			port: 465,
			secure: true,
			user: 'san@example.vn',
			password: 'a:b',
			from: { name: 'Sàn Tiền Giang', address: 'khong-tra-loi@san.example.vn' }
		};
		const SMTP_URL = 'smtps://san%40example.vn:a%3Ab@mail.example.vn';
		expect(read({ SMTP_URL, SMTP_FROM: from })).toMatchObject({ mail });
		const parts = { SMTP_HOST: 'mail.example.vn', SMTP_PORT: '465', SMTP_USER: 'san@example.vn' };
		expect(read({ ...parts, SMTP_PASSWORD: 'a:b', SMTP_FROM: from })).toMatchObject({ mail });
	});

	test('the line is upgraded on 587 when nothing else is said', () =>
		expect(read({ SMTP_HOST: 'mail.example.vn', SMTP_FROM: 'san@example.vn' })).toMatchObject({
			mail: { port: 587, secure: false, user: null, from: { name: '', address: 'san@example.vn' } }
		}));

	test.each([
		[{ SMTP_URL: 'smtp://mail.example.vn' }, 'SMTP_FROM'],
		[{ SMTP_URL: 'http://mail.example.vn', SMTP_FROM: from }, 'SMTP_URL'],
		[{ SMTP_URL: 'smtp://a.vn', SMTP_HOST: 'b.vn', SMTP_FROM: from }, 'SMTP_HOST'],
		[{ SMTP_HOST: 'a.vn', SMTP_USER: 'x', SMTP_FROM: from }, 'SMTP_PASSWORD'],
		[{ SMTP_HOST: 'a.vn', SMTP_FROM: 'Sàn\r\nBcc: x@y.z <a@b.vn>' }, 'SMTP_FROM'],
		[{ SMTP_HOST: 'a.vn', SMTP_FROM: 'nobody' }, 'SMTP_FROM'],
		[{ SMS_TOKEN: 'x' }, 'SMS_URL'],
		[{ SMS_URL: 'https://sms.vn', SMS_TEMPLATE: '{"to":"{to}"}' }, 'SMS_TEMPLATE'],
		[{ SMS_URL: 'https://sms.vn', SMS_TEMPLATE: '{to} {text}' }, 'SMS_TEMPLATE']
	])('%j is wrong at %s', (env, name) => expect(read({ ...env })).toEqual([name]));

	test('a password or a token is never repeated', () => {
		const result = readConfig({
			SMTP_URL: 'smtp://san:hunter2@mail.example.vn/x',
			SMTP_PORT: 'x',
			SMS_TOKEN: 'hunter2 hunter3'
		});
		const words = result.ok ? '' : describeProblems(result.problems);
		expect(words).toContain('SMTP_URL');
		expect(words).not.toMatch(/hunter/);
	});
});
