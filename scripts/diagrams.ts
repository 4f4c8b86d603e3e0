import fs from 'node:fs';
import path from 'node:path';
import { machinesDocument } from './docs/machines.ts';

/** Writes docs/machines.md anew. */
const file = path.resolve(import.meta.dirname, '../docs/machines.md');
fs.writeFileSync(file, machinesDocument());
console.log(`Written: ${file}`);
