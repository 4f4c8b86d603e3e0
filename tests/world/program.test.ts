import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from './program.ts';

test('a program that never serves is stopped before the start of it fails', async () => {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'san-never-'));
	fs.symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
	fs.mkdirSync(path.join(root, 'scripts'));
	fs.writeFileSync(
		path.join(root, 'scripts/start.ts'),
		`import fs from 'node:fs';
		process.on('SIGTERM', () => { fs.writeFileSync('stopped', ''); process.exit(0); });
		setInterval(() => undefined, 1_000);
		fs.writeFileSync('started', String(process.pid));`
	);
	try {
		await expect(
			startProgram({ root, dataDir: path.join(root, 'data'), readyWithinMs: 4_000 })
		).rejects.toThrow('Not ready');
		const pid = Number(fs.readFileSync(path.join(root, 'started'), 'utf8'));
		// Asked to end, so that it takes its Postgres along.
		expect(fs.existsSync(path.join(root, 'stopped'))).toBe(true);
		expect(() => process.kill(pid, 0)).toThrow('ESRCH');
	} finally {
		fs.rmSync(root, { recursive: true, force: true });
	}
}, 60_000);
