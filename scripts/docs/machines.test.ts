import fs from 'node:fs';
import { expect, test } from 'vitest';
import { machinesDocument } from './machines.ts';

test('docs/machines.md shows the state machines as they are (npx tsx scripts/diagrams.ts)', () => {
	expect(fs.readFileSync('docs/machines.md', 'utf8')).toBe(machinesDocument());
});
