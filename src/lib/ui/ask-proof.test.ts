import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { askProof, proven } from './ask-proof.svelte.ts';

const needed = { ok: false, refusal: { code: 'reauthentication_needed' } } as const;
const good = { ok: true } as const;

test('what needs no proof asks nobody', async () => {
	expect(await proven(async () => good)).toBe(good);
	const no = { ok: false, refusal: { code: 'not_allowed' } } as const;
	expect(await proven(async () => no)).toBe(no);
	expect(askProof.open).toBe(false);
});

test('after a good proof it is done again', async () => {
	let asked = 0;
	const done = proven(async () => (++asked === 1 ? needed : good));
	await expect.poll(() => askProof.open).toBe(true);
	askProof.done(true);
	expect(await done).toBe(good);
	expect([asked, askProof.open]).toEqual([2, false]);
});

test('whoever closes the question keeps the refusal; a second question ends the first', async () => {
	const first = proven(async () => needed);
	await expect.poll(() => askProof.open).toBe(true);
	const second = proven(async () => needed);
	expect(await first).toBe(needed);
	askProof.done(false);
	expect(await second).toBe(needed);
});

const sources = (folder: string): { file: string; code: string }[] =>
	fs
		.readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(?:ts|svelte)$/.test(name) && !/\.test\.ts$/.test(name))
		.map((name) => ({ file: name, code: fs.readFileSync(path.join(folder, name), 'utf8') }));

test('every screen that may be asked for a fresh proof has the question on it', () => {
	const asking = sources('src/lib/features')
		.filter(({ code }) => /import \{[^}]*\bproven\b/.test(code))
		.map(({ file }) => path.basename(file));
	expect(asking.length).toBeGreaterThan(2);
	const screens = sources('src/routes').filter(({ code }) =>
		asking.some((file) => code.includes(`/${file}'`))
	);
	expect(screens.length).toBeGreaterThanOrEqual(asking.length);
	expect(screens.filter(({ code }) => !code.includes('<ProofQuestion />')).map(({ file }) => file)).toEqual(
		[]
	);
});
