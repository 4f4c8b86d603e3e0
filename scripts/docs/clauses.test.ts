import fs from 'node:fs';
import { expect, test } from 'vitest';
import { clauseIds, clauseTests, projectTests } from './clauses.ts';

test('reads several ids of one row, and a row once', () => {
	const table =
		'| id | duty |\n|---|---|\n| CT-6.1đ VP-21 BP-10.4 (first sentence) | x |\n| LAW-tmdt-keep | TG-1 |\n';
	expect(clauseIds(table)).toEqual(['CT-6.1đ', 'VP-21', 'BP-10.4', 'LAW-tmdt-keep']);
});

test('finds tests by their names, also of each() and with two ids', () => {
	const source = [
		"test('TG-10.2b three days', () => {});",
		"test.each([[1, 'x']])('TG-11.4, TG-13.1 %s follows', () => {});",
		"test('shows TG-12 only in passing', () => {});"
	].join('\n');
	expect(clauseTests('a.test.ts', source).map((found) => found.ids)).toEqual([
		['TG-10.2b'],
		['TG-11.4', 'TG-13.1']
	]);
});

test('every clause a test of this project names is one of docs/clauses.md', () => {
	const known = clauseIds(fs.readFileSync('docs/clauses.md', 'utf8'));
	const tests = projectTests('.');
	expect(known).toContain('TG-10.2b');
	expect(tests.length).toBeGreaterThan(10);
	const unknown = tests.filter((one) => one.ids.length === 0 || one.ids.some((id) => !known.includes(id)));
	expect(unknown.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});
