import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * After an install: mends postgres.js 3.4.9 where it lies (decision 050). Each fault is known upstream and in no release.
 * A driver that is written in another way stops the install: see then whether it still has to be mended.
 */
const faults = [
	{
		// A connection that ends while a small statement waits to be written would go on taking it for pending, and
		// opened again never write anything.
		as: '\n    clearImmediate(nextWriteTimer)\n',
		mended: '\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n',
		places: 2
	},
	{
		// The rows that came before a statement failed would be counted with those of the next one.
		as: '\n    result = new Result()\n    connectTimer.cancel()\n',
		mended: '\n    result = new Result()\n    rows = 0\n    connectTimer.cancel()\n',
		places: 1
	},
	{
		// BEGIN as the last statement a connection takes would be sent without the connection being reserved for it.
		as: '\n      return write(toBuffer(q))\n',
		mended:
			'\n      const written = write(toBuffer(q))\n      if (q.options.onexecute) return q.options.onexecute(connection)\n      return written\n',
		places: 1
	}
];

const file = fileURLToPath(new URL('connection.js', import.meta.resolve('postgres')));
const source = fs.readFileSync(file, 'utf8');
const mended = faults.reduce((text, fault) => {
	if (text.split(fault.mended).length === fault.places + 1) return text;
	if (text.split(fault.as).length !== fault.places + 1)
		throw new Error(`postgres.js is written in another way than 3.4.9: ${file} (scripts/mend-postgres.js)`);
	return text.replaceAll(fault.as, fault.mended);
}, source);
if (mended !== source) fs.writeFileSync(file, mended);
