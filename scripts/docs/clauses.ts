import fs from 'node:fs';
import path from 'node:path';

/** A test as it is named, and where it stands. */
export type NamedTest = { readonly file: string; readonly name: string; readonly ids: readonly string[] };

const idPattern = /(?:TG|CT|VP|BP|LA|LAW)-[\p{L}\d]+(?:[.-][\p{L}\d]+)*/gu;
const idsOf = (text: string): string[] => text.match(idPattern) ?? [];

/** Every clause id of docs/clauses.md in its order: the first column of each row, which may hold several. */
export function clauseIds(markdown: string): string[] {
	const ids = markdown
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.flatMap((line) => idsOf(line.split('|')[1] ?? ''));
	return [...new Set(ids)];
}

/** The tests of a source file whose names start with clause ids (`TG-10.2b, TG-19.5 …`). */
export function clauseTests(file: string, source: string): NamedTest[] {
	const names = source.matchAll(
		/(?:\b(?:test|it)(?:\.\w+)*|\))\s*\(\s*(['"`])((?:TG|CT|VP|BP|LA|LAW)-(?:(?!\1).)+)\1/g
	);
	return [...names].map(([, , name = '']) => {
		const lead = /^(?:(?:TG|CT|VP|BP|LA|LAW)-[\p{L}\d.-]+[,;:]?\s*(?:and\s+|và\s+)?)+/u.exec(name)?.[0] ?? '';
		return { file, name, ids: idsOf(lead) };
	});
}

/** All such tests of the project. */
export function projectTests(root: string): NamedTest[] {
	return ['src', 'tests', 'scripts']
		.flatMap((folder) =>
			fs
				.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
				.map((file) => path.join(folder, file))
		)
		.filter((file) => /\.(?:test|journey)\.ts$/.test(file) && !file.endsWith('docs/clauses.test.ts'))
		.sort()
		.flatMap((file) => clauseTests(file, fs.readFileSync(path.join(root, file), 'utf8')));
}
