import fs from 'node:fs';
import path from 'node:path';
import { clauseIds, projectTests } from './docs/clauses.ts';

/** `npm run clauses`: every clause with the tests that show it; `--missing` lists only those without one. */
// Whoever reads through `head` has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit();
});

const root = path.resolve(import.meta.dirname, '..');
const ids = clauseIds(fs.readFileSync(path.join(root, 'docs/clauses.md'), 'utf8'));
const tests = projectTests(root);
const onlyMissing = process.argv.includes('--missing');

for (const id of ids) {
	const shown = tests.filter((test) => test.ids.includes(id));
	if (onlyMissing && shown.length > 0) continue;
	console.log(
		`${id.padEnd(18)} ${shown.length === 0 ? '·' : `${shown.length} test${shown.length === 1 ? '' : 's'}`}`
	);
	for (const { file, name } of shown) console.log(`    ${name}\n      ${file}`);
}
const covered = ids.filter((id) => tests.some((test) => test.ids.includes(id)));
console.log(`\n${covered.length} of ${ids.length} clauses are shown by ${tests.length} tests.`);

const unknown = tests.filter((test) => test.ids.some((id) => !ids.includes(id)));
for (const { file, name } of unknown) console.error(`unknown clause: ${name} (${file})`);
if (unknown.length > 0) process.exitCode = 1;
