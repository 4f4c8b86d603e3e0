import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { escapeHtml, renderMessage } from './render.ts';
import { mostAttempts, nextTry } from './retries.ts';
import { appPath, languages, line, oneLine } from './template.ts';
import { schemaOf, templateNames, type TemplateName } from './templates.ts';

/** Whatever a schema of parameters takes, hostile where it takes words. */
function given(schema: unknown): fc.Arbitrary<unknown> {
	if (schema instanceof z.ZodObject)
		return fc.record(Object.fromEntries(Object.entries(schema.shape).map(([key, one]) => [key, given(one)])));
	if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return given(schema.unwrap());
	if (schema instanceof z.ZodArray) return fc.array(given(schema.element), { minLength: 1, maxLength: 3 });
	if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
	if (schema instanceof z.ZodBoolean) return fc.boolean();
	if (schema instanceof z.ZodNumber) return fc.integer({ min: 1, max: 100 });
	if (schema instanceof z.ZodPipe) return hostile.map((text) => fitting(schema, text));
	if (schema instanceof z.ZodString)
		return fc.constantFrom(...plain.filter((text) => schema.safeParse(text).success));
	throw new Error('this test does not know that kind of parameter yet');
}
const hostile = fc
	.string({ unit: 'binary', maxLength: 60 })
	.map((noise) => `<img src=x onerror=alert(1)>\r\nBcc: a@b.vn\u2028"'&${noise}`);
const plain = ['482913', '/app/me', '2026-11-23', '3c0e0b4e-0000-4000-8000-000000000001', 'TG-9.2'];
const fitting = (schema: z.ZodType, text: string): string =>
	schema.safeParse(text).success ? text : fitting(schema, text.slice(0, -1));

const sender = { name: 'Sàn "Tỉnh" & <nhà>', origin: 'https://san.example.vn' };
const tags = new Set(['!doctype', 'html', 'head', 'meta', 'title', 'body', 'div', 'p', 'br', 'a']);
const paramsOf = (name: TemplateName) => given(schemaOf(name));

describe.each(templateNames)('%s', (name) => {
	test.each(languages)(
		'in %s is one subject line, and nothing given becomes markup or a header',
		(language) => {
			fc.assert(
				fc.property(paramsOf(name), (given) => {
					const { subject, text, html, sms } = renderMessage(name, language, given, sender);
					expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
					expect(sms).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
					expect(subject.length).toBeGreaterThan(5);
					expect(text).toContain(sender.origin);
					for (const [, tag = ''] of html.matchAll(/<\/?([^\s>]*)/g)) expect(tags).toContain(tag);
					for (const [, href] of html.matchAll(/href="([^"]*)"/g))
						expect(href).toMatch(/^https:\/\/san\.example\.vn\//);
				})
			);
		}
	);

	test('as an SMS has no accents and fits two parts, beside a long name of the exchange', () => {
		fc.assert(
			fc.property(paramsOf(name), (given) => {
				const { sms } = renderMessage(name, 'vi', given, {
					...sender,
					name: 'Sàn giao dịch điện tử Tiền Giang'
				});
				expect(sms).not.toMatch(/[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/i);
				expect(sms.length).toBeLessThanOrEqual(306);
			})
		);
	});
});

test('escaping leaves nothing that HTML reads', () =>
	expect(escapeHtml(`<a href="x" b='y'>&`)).toBe('&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;'));

test('any text becomes one line', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
		})
	);
	expect(line().parse(' a\r\n\tb\u2029c ')).toBe('a b c');
});

test.each(['//evil.example', 'https://evil.example', '/a b', '/a"b', 'javascript:alert(1)', '/\\evil', ''])(
	'%j is no place of the exchange',
	(path) => expect(appPath.safeParse(path).success).toBe(false)
);

test('waits grow, and end', () => {
	const now = '2026-11-23T00:00:00.000Z';
	const waits: number[] = [];
	for (let attempts = 1; ; attempts += 1) {
		const next = nextTry(attempts, now);
		if (next === null) break;
		waits.push(Date.parse(next) - Date.parse(now));
	}
	expect(waits).toEqual([...waits].sort((a, b) => a - b));
	expect(waits.length).toBeLessThan(mostAttempts);
});
