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
