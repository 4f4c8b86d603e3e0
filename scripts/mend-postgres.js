import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * After an install: mends postgres.js 3.4.9 where it lies. A connection that ends while a small statement waits for its turn
 * to be written calls that off and goes on taking it for pending: opened again it writes nothing any more, not even its greeting,
 * and this place of the pool is lost until the program is started anew (decision 050). A driver that is
 * written in another way stops the install: see then whether it still has to be mended.
 */
const file = fileURLToPath(new URL('connection.js', import.meta.resolve('postgres')));
const calledOff = '\n    clearImmediate(nextWriteTimer)\n';
const forgotten = `${calledOff}    chunk = nextWriteTimer = null\n`;

const source = fs.readFileSync(file, 'utf8');
const mended = source.split(forgotten).join(calledOff).split(calledOff).join(forgotten);
if (mended.split(forgotten).length !== 3)
	throw new Error(`postgres.js is written in another way than 3.4.9: ${file} (scripts/mend-postgres.js)`);
if (mended !== source) fs.writeFileSync(file, mended);
